"""Indonesian sentences of a newsroom, with links, names, tags and addresses in and around them."""

import random

_WORDS = [
    "Harga", "kakao", "di", "Sulawesi", "naik", "dua", "kali", "lipat", "kata", "petani", "itu", "kepada",
    "RM.id", "pada", "Senin", "(15/9/2023)", "pukul", "10.30", "WIB,", "Rp1.500.000", "Rp 25,5 juta",
    "naik 3,5%",
    "“Gudang kami penuh,”", "ujarnya.", "dan/atau", "U.S.", "dll.", "dsb.,", "No.12", "Jl.Sudirman",
    "selesai.Di",
    "selesai.Ini", "bulan.id", "A.H.", "S.H.,", "M.Si.", "e-KTP", "60+", "#1", "pasal 5(2)", "AC/DC", "24/7",
    "co.id", "Rp.5.000/kg", "COVID-19", "naik...", "…", "«kutipan»", "itu—katanya", "C++", "x@y", "½", "km²",
    "10:30", "5.4.3.2", "3.14", "1.2.3.4", "lihat:", "é", "😀", "日本", "²", "Ⅷ",
]  # fmt: skip
_HOSTS = [
    "contoh.id", "rm.id", "www.contoh.co.id", "CONTOH.ID", "Contoh.id", "contoh.Id", "contoh.COM", "t.me",
    "contoh.id.", "a_b.id", "a.b_c.id", "a-.id", "-a.id", "contoh.museum", "contoh.takada", "contoh.xn--p1ai",
    "contoh.xn--", "contoh.рф", "пример.рф", "10.0.0.1", "256.1.1.1", "01.2.3.4", "localhost", "contoh.i",
    ".id",
    "teiegram.org", "contoh..id", "contoh.id-x", "contoh.id_x", "kopi~susu.id", "é.id", "x" * 64 + ".id",
    "é" * 32 + ".id", "contoh.kopi", "contoh.bank", "contoh。id", "ⅷ.id", "😀.id", "contoh\u2011a.id",
]  # fmt: skip
_PATHS = [
    "", "", "/", "/berita/harga-kakao-naik", "/a(b)", "/a(b))", "/(a", "/a]b", "/{a}", "?q=1&r=2", "#atas",
    "?",
    "#", "/a.", "/a,b.", "/a?!", "/a’s", "/a`b`", "/a'b", "/«a»", "/a\u2014b", "/a;b:", ":80/a", ":0",
    ":65535",
    ":65536/a", ":080", ":8080", ":", ":99999999/a", "/é/日本", "/a\u200bb", "/a\u200db", "//", "/a@b",
    "/@kabar",
]  # fmt: skip
_SCHEMES = [
    "", "", "", "http://", "https://", "HTTPS://", "ftp://", "tftp://", "sftp://", "shttp://", "xhttp://",
    "tg://",
    "ton://", "tonsite://", "atg://", "://", "//", "/", "éhttp://", "é://", "mailto:", "MAILTO:", "rtsp://",
    "budi@", "budi.s+x@", "budi:rahasia@", "@", "a@b@", "http://budi:x@", "http://@", "#", "(", "“", "x.",
    "_",
]  # fmt: skip
_NAMES = [
    "@budi", "@budi_s", "@Kabar_bot", "@ab", "@abc", "@pic", "@GIF", "@wiki", "@" + "a" * 32, "@" + "a" * 33,
    "@budi²", "@budié", "x@budi", "@@budi", "#@budi", "/start", "/start@kabar_bot", "/start@ab", "/start@",
    "/a@b_c@",
    "//start", "/start/", "</start>", "/" + "a" * 64, "/" + "a" * 65, "/é", "dan/atau", "#berita",
    "#berita#utama",
    "##berita", "x#berita", "#2023", "#2023a", "#kabar_hari_ini", "#é", "#a²", "#Ⅷa", "#a\u200cb", "#a·b",
    "²#berita", "#" + "a" * 256, "#" + "a" * 257, "#" + "1" * 256 + "a", "#\u0d9a", "$IDR", "$idr", "$BBCA,",
    "$1INCH", "$1INCHX", "$ABCDEFGH", "$ABCDEFGHI", "$$IDR", "$IDR$", "x$IDR", "$IDR5", "$IDR\u00b7",
    "Rp$IDR",
    "redaksi@contoh.id", "redaksi.desk+x@contoh.co.id", "redaksi@contoh.internasional", "redaksi@a_b.id",
    "r@1.id", "r@contoh.i", "redaksi@contoh", "redaksi@-a.id", "a" * 36 + "@contoh.id",
    "a.b.c.d.e.f.g.h.i.j.k@x.id",
    "a.b.c.d.e.f.g.h.i.j.k.l@x.id", "redaksi@contoh.id/a", "redaksi@contoh.id.", "r@é.id", "é@contoh.id",
]  # fmt: skip
_JOINTS = [
    " ",
    " ",
    " ",
    " ",
    "\n",
    ", ",
    ". ",
    ".",
    ",",
    ": ",
    ":",
    "-",
    "(",
    ")",
    "“",
    "”",
    "/",
    "",
    "_",
    "\u00a0",
]

PIECES = sorted({*_WORDS, *_HOSTS, *_PATHS, *_SCHEMES, *_NAMES, *_JOINTS, *"ab1.:/@#$?()[]_-~ é²"})
"""What the texts are made of."""


def prose(source: random.Random) -> str:
    """A few words of which every third or so is something that Telegram may find."""
    parts = []
    for _ in range(source.randint(1, 8)):
        kind = source.random()
        if kind < 0.6:
            parts.append(source.choice(_WORDS))
        elif kind < 0.85:
            parts += [source.choice(_SCHEMES), source.choice(_HOSTS), source.choice(_PATHS)]
        else:
            parts.append(source.choice(_NAMES))
        parts.append(source.choice(_JOINTS))
    return "".join(parts)
