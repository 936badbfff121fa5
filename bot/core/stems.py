"""An Indonesian word without its inflection: pronouns, particles and voice go, derivation stays.

`menangkap`, `ditangkap`, `tertangkap` are one word, `penangkapan` and `tangkapan` are others. There is no
dictionary of roots: what an affix may stand before, a few words for each doubtful case, and the length that
must be left decide.
"""

import re
from functools import lru_cache

_FEWEST = 4
"""Letters that a root has at least; the shorter ones that verbs are made of are listed."""

_PARTICLE = re.compile(r"(?!be|di|me|pe|se|te)([a-z]{5,})(?:(?<!ul)lah|kah|pun|ku|mu)")
_KAN_AFTER_CONSONANT = re.compile(r"([a-z]{2,}[^aeiou])kan")
_I_AFTER_CONSONANT = re.compile(r"([a-z]{3,}[^aeious])i")

_MONOSYLLABLES = frozenset(("bom", "cat", "cek", "las", "rem", "sah", "tes"))
_ACTIVE = re.compile(
    r"menge(?=(?:bom|cat|cek|las|rem|sah|tes)(?:kan)?$)|meny(?=[aeiou])|meng(?=[aeioughkq])|"
    r"mem(?=[aeioubfv]|p[rl])|men(?=[aeioucdjzs]|t[rw])|me(?=[lrwy][aeiou])"
)
_PASSIVE = re.compile(r"(?:di|ter)(?=(?:[b-df-hj-np-tv-z]|sy|kh|ny|[bfgkpdt][lr])?[aeiou])")
_BER = re.compile(r"ber(?=[a-z]{6})")

_ROOT_BEGINS = {"mem": "p", "men": "t", "meny": "s"}
"""What a root has lost between such a prefix and its vowel; after `meng` most have lost nothing."""

_BEGINS_OTHERWISE = {"mem": "m", "men": "n", "meny": "ny", "meng": "k"}
"""What the roots listed below begin with instead."""

_KEEPS_M = """
    maaf mabuk main maju makam makan maki makna maksud malu mandat mandi manfaat manipulasi mantap marah
    marak masak masuk mati melek menang milik minat minta minum mobilisasi moderasi modifikasi monitor
    monopoli motivasi muat mudah mula mulai mulia muntah musnah musuh mutasi
"""
_KEEPS_N = """
    nafkah naik nama nanti nasihat nasionalisasi naung negosiasi nihil nikah nikmat nilai nista nobat
    noda nominasi nomor nonaktif normalisasi
"""
_KEEPS_NY = "nyala nyaman nyanyi nyata nyenyak"
_LOSES_K = """
    kabar kabul kabur kagum kait kaji kalah kalkulasi kampanye kandang kandas kandung kantong karang
    karantina kategori kawal kecam kecewa kecil kecoh kejar kejut kelabu kelola keluar keluh kemas
    kembali kembang kemudi kemuka kenal kenang kendali kendara kendur kepung kerah keras kering kerja
    keruk kesan ketahui ketat ketik ketua kibar kikis kirim kisah kobar kolaborasi koleksi komandan
    komentar kompensasi komunikasi konfirmasi konsolidasi konsultasi konsumsi kontak konversi koordinasi
    kopi korban korek koreksi korupsi kosong kritik kuak kuasa kuat kubur kucil kucur kudeta kukuh
    kuliti kumpul kunci kunjung kurang kuras kurung kutip kutuk
"""
_OTHERWISE = {
    prefix: frozenset(roots.split())
    for prefix, roots in (("mem", _KEEPS_M), ("men", _KEEPS_N), ("meny", _KEEPS_NY), ("meng", _LOSES_K))
}

_KEPT_WORDS = """
    alami bukti bunyi energi ganti jalani jalankan janji kunci monopoli nanti nyanyi rayakan resmi rinci
    saksikan subsidi tangani teliti utarakan
"""
_KEPT = frozenset(_KEPT_WORDS.split())
"""Roots that only seem to have a suffix, and verbs that mean another thing with it (`alam`, `mengalami`)."""

_AFTER_BER = frozenset(("damai", "demo", "judi", "puasa", "unjuk", "utang"))
"""Short roots that `ber-` makes verbs of the same matter from; with other short ones it means another."""

_WHOLE_WORDS = """
    berangkat berkorban berlangsung bersangkutan bertanya dialog difabel digital dimensi dinamika
    dinasti dinding dingin diploma diplomasi diplomat direksi direktorat direktur disabilitas ditanya
    divisi jangankan melainkan melalui melati melayu member memori menang menantu menara mengapa
    mengenai meninggal menurut merapi mereka meriah merupakan penanya perbankan sedangkan terakhir
    terapi terbang terdakwa terhadap terigu terima terminal ternyata teroris terorisme terpidana
    tersangka tersebut
"""
_WHOLE = frozenset(_WHOLE_WORDS.split())
"""Words that only look inflected, and inflected ones with a meaning of their own (`tersangka`)."""

_DOUBLED_WORDS = """
    alun cumi gado gerak hati kuda kupu kura laki langit mata ondel paru sia tiba ubun undang
"""
_DOUBLED = frozenset(_DOUBLED_WORDS.split())
"""Words that mean something else when they are doubled (`undang-undang`)."""

_GROWN_ON = frozenset(("nya", "lah", "kah", "pun", "ku", "mu", "an"))


@lru_cache(maxsize=65_536)
def stems(word: str) -> tuple[str, ...]:
    """The root of a folded ``word``; several for words that a hyphen joins, one for a doubled word."""
    if "-" not in word:
        return (_stem(word),)
    parts = word.split("-")
    first, last = _without_pronoun(parts[0]), _without_pronoun(parts[-1])
    if len(parts) == 2:
        if last in _GROWN_ON:
            return (_stem(first),)
        if first == last and first in _DOUBLED:
            return (f"{first}-{first}",)
        if _stem(first) == _stem(last):
            return (_stem(first),)
    return tuple(map(_stem, parts))


def _stem(word: str) -> str:
    word = _without_pronoun(word)
    return word if word in _WHOLE else _without_voice(word)


def _without_pronoun(word: str) -> str:
    if word in _WHOLE:
        return word
    if word.endswith("nya") and len(word) > len("nya") + 2:
        return word[:-3]
    particle = _PARTICLE.fullmatch(word)
    return particle[1] if particle else word


def _without_voice(word: str) -> str:
    if active := _ACTIVE.match(word):
        root = _after_active(active[0], word[active.end() :])
    elif passive := _PASSIVE.match(word):
        root = _without_suffix(word[passive.end() :])
    elif _BER.match(word) or (word.startswith("ber") and word[3:] in _AFTER_BER):
        return word[3:]
    elif imperative := _KAN_AFTER_CONSONANT.fullmatch(word):
        root = imperative[1]
    elif word.endswith("kan") and word[:-3] in _KEPT:
        root = word[:-3]
    else:
        return word
    return root if len(root) >= _FEWEST or root in _MONOSYLLABLES else word


def _after_active(prefix: str, rest: str) -> str:
    if rest[0] not in "aeiou" or prefix not in _OTHERWISE:
        return _without_suffix(rest)
    other = _without_suffix(_BEGINS_OTHERWISE[prefix] + rest)
    return other if other in _OTHERWISE[prefix] else _without_suffix(_ROOT_BEGINS.get(prefix, "") + rest)


def _without_suffix(word: str) -> str:
    if word in _KEPT:
        return word
    if word.endswith("kan") and (len(word) >= _FEWEST + 3 or word[:-3] in _MONOSYLLABLES):
        return word[:-3]
    suffix = _I_AFTER_CONSONANT.fullmatch(word)
    return suffix[1] if suffix else word
