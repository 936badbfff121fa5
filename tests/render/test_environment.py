from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.article import Analysis
from bot.errors import TemplateFault
from bot.render.environment import TEMPLATES, Templates
from bot.render.languages import Languages
from bot.render.messages import Messages
from tests.render.values import ARCHIVED, MOMENT

ZONES = {"Asia/Jakarta": "11.54 WIB", "Asia/Makassar": "12.54 WITA", "Asia/Jayapura": "13.54 WIT"}


def own(folder: Path, zone: str = "Asia/Jakarta", **files: str) -> Templates:
    """Templates with a newspaper's own ``files`` (name without ``.html``) in front of ours."""
    for name, text in files.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return Templates(Languages(), newspaper="Rakyat Merdeka", zone=zone, own=folder)


def test_the_newspapers_own_template_replaces_ours_and_leaves_the_others(tmp_path: Path) -> None:
    house = Messages(own(tmp_path, push="<u>{{ view.title }}</u>"), bot_username=None)
    assert house.push(ARCHIVED, "id").html == "<u>Pasar Contoh Dibuka Lagi</u>"
    assert house.full_story(ARCHIVED, "id").html.startswith("<i>Kabar Baik</i>")


def test_the_newspapers_own_part_is_used_by_our_templates(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    ours = (TEMPLATES / "parts" / "article.html").read_text(encoding="utf-8")
    (tmp_path / "parts" / "article.html").write_text(ours.replace(" · ", " | "), encoding="utf-8")
    assert (
        "Ekonomi &amp; Bisnis | Selasa"
        in Messages(own(tmp_path), bot_username=None).push(ARCHIVED, "id").html
    )


def test_the_newspapers_own_template_may_use_our_parts_and_translations(tmp_path: Path) -> None:
    text = (
        '{% from "parts/article.html" import head %}{{ head(view) }}'
        "<i>{% trans %}Share{% endtrans %}: {{ newspaper }}</i>"
    )
    html = Messages(own(tmp_path, push=text), bot_username=None).push(ARCHIVED, "id").html
    assert html.endswith("<i>Bagikan: Rakyat Merdeka</i>")


def test_each_language_has_its_own_words_where_a_template_asks_for_the_same_in_all(tmp_path: Path) -> None:
    templates = own(tmp_path, words='{{ 510 | clock }}, {{ "ekonomi-bisnis" | section }}')
    assert templates.render("words", "id", {}) == "08.30, Ekonomi &amp; Bisnis"
    assert templates.render("words", "en", {}) == "08:30, Economy &amp; Business"


def test_a_template_that_does_not_compile_is_named_with_its_line_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match=r"push\.html:2: .*endif"):
        own(tmp_path, push="<b>\n{% if view.title %}x")


def test_a_filter_that_does_not_exist_is_named_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match=r"push\.html:1: No filter named 'loud'"):
        own(tmp_path, push="{{ view.title | loud }}")


def test_a_template_that_is_not_utf_8_is_named_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "push.html").write_bytes("é".encode("latin-1"))
    with pytest.raises(TemplateFault, match=r"push\.html is not UTF-8"):
        own(tmp_path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x\n{{ view.titel }}", r"push\.html:2: .*no attribute 'titel'"),
        ("x\n\n{{ headline }}", r"push\.html:3: 'headline' is undefined"),
        ("{{ 1 // 0 }}", r"push\.html:1: .*zero"),
        ('{% include "lost.html" %}', r"push\.html:1: .*lost\.html"),
        ("{{ view.__class__.__mro__ }}", r"push\.html:1: .*unsafe"),
        ("{% trans %}By {{ name }}{% endtrans %}", r"push\.html:1: 'name' is undefined"),
    ],
)
def test_a_template_that_asks_for_what_does_not_exist_is_named_with_its_line(
    tmp_path: Path, text: str, reason: str
) -> None:
    house = Messages(own(tmp_path, push=text), bot_username=None)
    with pytest.raises(TemplateFault, match=reason):
        house.push(ARCHIVED, "id")


def test_a_fault_in_a_part_names_the_part(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "foot.html").write_text("\n{{ nothing }}", encoding="utf-8")
    house = Messages(own(tmp_path, push='{% include "parts/foot.html" %}'), bot_username=None)
    with pytest.raises(TemplateFault, match=r"parts/foot\.html:2: 'nothing' is undefined"):
        house.push(ARCHIVED, "id")


def test_tags_that_telegram_refuses_are_named_with_the_template(tmp_path: Path) -> None:
    house = Messages(own(tmp_path, push="<p>{{ view.title }}</p>"), bot_username=None)
    with pytest.raises(TemplateFault, match=r"push\.html: Telegram would refuse this: <p>"):
        house.push(ARCHIVED, "id")


def test_the_newspapers_own_template_is_shortened_too(tmp_path: Path) -> None:
    house = Messages(own(tmp_path, push="<b>{{ view.title * 500 }}</b>"), bot_username=None)
    html = house.push(ARCHIVED, "id").html
    assert html.endswith(" …</b>")
    assert len(html) <= 4096 + len("<b></b>")


def test_a_template_cannot_change_what_it_is_shown(tmp_path: Path) -> None:
    house = Messages(own(tmp_path, help="{{ commands.append(1) }}"), bot_username=None)
    with pytest.raises(TemplateFault, match=r"help\.html:1: .*unsafe"):
        house.help("id", [("cari", "Cari")])


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match=r"no folder of templates at .*/lost"):
        Templates(Languages(), newspaper="x", own=tmp_path / "lost")


def test_an_unknown_template_is_refused_with_the_known_ones() -> None:
    templates = Templates(Languages(), newspaper="x")
    with pytest.raises(
        TemplateFault, match=r"no template 'pusj'; there are: card, desk, digest, .*errors/bad_filter, .*push"
    ):
        templates.render("pusj", "id", {})


@pytest.mark.parametrize(("zone", "hour"), ZONES.items())
def test_dates_are_in_the_newspapers_zone_and_name_it(tmp_path: Path, zone: str, hour: str) -> None:
    templates = own(tmp_path, zone, push="{{ moment | date }}")
    assert templates.render("push", "id", {"moment": MOMENT}) == f"Selasa, 12 September 2023, {hour}"


def test_a_zone_outside_indonesia_has_its_own_name(tmp_path: Path) -> None:
    templates = own(tmp_path, "Europe/Berlin", push="{{ moment | date }}")
    assert templates.render("push", "en", {"moment": MOMENT}) == "Tuesday, 12 September 2023, 06:54 CEST"


def test_the_day_changes_with_the_zone(tmp_path: Path) -> None:
    templates = own(tmp_path, push="{{ moment | day }}")
    late = datetime(2023, 8, 31, 17, 30, tzinfo=UTC)
    assert templates.render("push", "id", {"moment": late}) == "1 Sep 2023"


@pytest.mark.parametrize(
    ("slug", "indonesian", "english"),
    [
        ("internasional", "Internasional", "International"),
        ("ekonomi-bisnis", "Ekonomi &amp; Bisnis", "Economy &amp; Business"),
        ("gaya-hidup", "Gaya Hidup", "Gaya Hidup"),
    ],
)
def test_sections_have_readable_names(tmp_path: Path, slug: str, indonesian: str, english: str) -> None:
    templates = own(tmp_path, push="{{ slug | section }}")
    assert templates.render("push", "id", {"slug": slug}) == indonesian
    assert templates.render("push", "en", {"slug": slug}) == english


def test_what_is_missing_has_no_date_and_no_section(tmp_path: Path) -> None:
    templates = own(tmp_path, push="[{{ none | date }}{{ none | day }}{{ none | section }}]")
    assert templates.render("push", "id", {}) == "[]"


def test_optional_parts_leave_no_holes(tmp_path: Path) -> None:
    templates = own(tmp_path, push="\n\na  \n\n \n\nb\n  \n\n")
    assert templates.render("push", "id", {}) == "a\n\nb"


def test_an_article_without_anything_said_fills_a_strict_template_of_ones_own(tmp_path: Path) -> None:
    text = "{% for said in view.quotations %}{{ said.text }}{% else %}{{ view.title }}{% endfor %}"
    house = Messages(own(tmp_path, push=text), bot_username=None)
    assert house.push(ARCHIVED, "id").html == "Kami siap"
    silent = replace(ARCHIVED, analysis=Analysis((), (), ()))
    assert house.push(silent, "id").html == "Pasar Contoh Dibuka Lagi"
