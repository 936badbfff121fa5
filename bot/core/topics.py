"""What an article is about in one word: its section's topic, else what its words leave no doubt of."""

from collections.abc import Set

from bot.core.matching import keyword_key

_OF_SECTION = {
    "nasional": "nasional",
    "internasional": "internasional",
    "ekonomi-bisnis": "ekonomi",
    "bank-finance": "perbankan",
    "indonesianomics": "ekonomi",
    "etalase-bisnis": "ekonomi",
    "megapolitan": "megapolitan",
    "parpol": "politik",
    "pemilu": "pemilu",
    "government-action": "pemerintahan",
    "zona-sport": "olahraga",
    "humaniora": "humaniora",
    "education": "pendidikan",
    "vox-populi": "opini",
    "kolom": "opini",
    "ngopi": "opini",
}
"""RM.id's sections (https://rm.id/baca-berita/<section>/...); several may have one topic."""

_SPORTS = """
    arema | arsenal | asian games | atlet | babak | barcelona | basket | bayern muenchen | bek | bola voli
    | bulu tangkis | bursa transfer | cedera | chelsea | final | formula 1 | ganda campuran | ganda putra
    | gawang | gelandang | gol | grand prix | hat-trick | juara | juventus | kartu merah | kiper |
    klasemen | klub | la liga | laga | liga | liga champions | liga inggris | liverpool | manchester
    united | medali | milan | moto gp | motogp | nba | olimpiade | pebalap | pebulu tangkis | pelatih |
    pemain | penalti | penyerang | perempat final | persib | persija | pertandingan | petenis | petinju |
    piala dunia | pssi | real madrid | sea games | semifinal | sepak bola | serie a | sirkuit | skor |
    skuad | stadion | striker | suporter | tenis | timnas | tinju | tunggal putra | tunggal putri |
    turnamen | uefa | ufc | wasit
"""
_ENTERTAINMENT = """
    adegan | akting | aktor | aktris | album | artis | bioskop | bollywood | box office | drakor | duet |
    film | gitaris | grammy | hollywood | infotainment | k-pop | komedian | konser | kpop | lagu | layar
    lebar | marvel | musik | musisi | netflix | oscar | pemeran | penggemar | penyanyi | pesinetron |
    rapper | selebritas | selebriti | serial | sinetron | soundtrack | sutradara | syuting | trailer |
    video klip | vokalis
"""
_TECHNOLOGY = """
    4g | android | app store | apple | baterai | browser | chip | chipset | cloud | drone | emoji | fitur
    | gadget | galaxy | gamer | gawai | gigabyte | google | google play | hacker | hardware | huawei | ios
    | ipad | iphone | kecerdasan buatan | laptop | malware | megapiksel | megapixel | memori internal |
    microsoft | oppo | peranti | peretas | play store | ponsel | ponsel pintar | prosesor | ram |
    ransomware | samsung | sistem operasi | smartphone | smartwatch | software | tablet | unduh | vivo |
    whatsapp | wifi | windows | xiaomi
"""


def _keys(words: str) -> frozenset[str]:
    return frozenset(keyword_key(word) for word in words.split("|"))


_SIGNS = {"olahraga": _keys(_SPORTS), "hiburan": _keys(_ENTERTAINMENT), "teknologi": _keys(_TECHNOLOGY)}
_FEWEST, _TIMES_THE_NEXT = 4, 2


def topic_of(section: str | None, keys: Set[str] = frozenset()) -> str | None:
    """The topic of an article, in Indonesian and lower-case; None where its words leave a doubt.

    ``section`` is the site's slug; an unknown one is its own topic, its words parted by spaces. Without a
    section the article's ``keys`` (``matching.printed_keys``) decide, for topics in which they hardly err:
    sports, entertainment, technology.
    """
    if section:
        return _OF_SECTION.get(section) or " ".join(section.replace("-", " ").split()) or None
    signs = sorted(((len(keys & words), topic) for topic, words in _SIGNS.items()), reverse=True)
    (most, topic), (next_most, _) = signs[:2]
    return topic if most >= max(_FEWEST, _TIMES_THE_NEXT * next_most) else None
