"""The readable names of the newspaper's sections. The list is RM.id's; other slugs are made readable."""

from bot.core.message import one_line, shorten_text
from bot.render.languages import N_

SECTIONS = {
    "nasional": N_("National"),
    "internasional": N_("International"),
    "ekonomi-bisnis": N_("Economy & Business"),
    "bank-finance": N_("Banking & Finance"),
    "indonesianomics": N_("Indonesianomics"),
    "megapolitan": N_("Metropolitan"),
    "parpol": N_("Political Parties"),
    "pemilu": N_("Elections"),
    "government-action": N_("Government Action"),
    "zona-sport": N_("Sports"),
    "humaniora": N_("Humanities"),
    "education": N_("Education"),
    "etalase-bisnis": N_("Business Showcase"),
    "vox-populi": N_("Vox Populi"),
    "kolom": N_("Columns"),
    "ngopi": N_("Coffee Break"),
}
"""The site's slugs (https://rm.id/baca-berita/<section>/...) with their names, to be translated."""

NAME_LIMIT = 60
"""Characters of a section's name."""


def readable(slug: str) -> str:
    """The name of a section, in English where SECTIONS has it, else its words with capitals."""
    return SECTIONS.get(slug) or shorten_text(one_line(slug.replace("-", " ")), NAME_LIMIT).title()
