"""The samples are what the demo shows: in RM.id's form, plainly invented, and read without a mistake."""

import re
from datetime import date

import pytest

from bot.core.analysis import analyse
from bot.core.article import Analysis, Article
from bot.core.rmid import parse_page
from bot.samples import Sample, correction, samples

MARK = "Contoh: semua nama, tempat, dan peristiwa dalam tulisan ini rekaan."
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = {"Maret": 3, "April": 4, "Mei": 5}
DATE_LINE = re.compile(
    r"^(?P<weekday>\w+), (?P<day>\d+) (?P<month>\w+) 2026 \d\d:\d\d (?:WIB|WITA|WIT)$", re.MULTILINE
)
# The day in brackets after a weekday in the text: `Kamis (30/4)`.
DAY_IN_TEXT = re.compile(rf"({'|'.join(WEEKDAYS)}) \((\d+)/(\d+)\)")
COLUMNS = {"kolom", "ngopi"}

# For each article its quotations in printed order: their first words, and who said them by the fullest name
# that the article gives. Names of motifs, songs and slogans stand between marks too, and nobody says them.
SAID: dict[str, list[tuple[str, str | None]]] = {
    "1001": [
        ("Dulu biji basah", "Pandega Sastrowilis"),
        ("Kami tidak pakai sulap", "Pandega Sastrowilis"),
        ("Baru kali ini saya tidur nyenyak", "Ratmini Kusumajelita"),
        ("Harga bagus jangan bikin", "Anggoro Brajamukti"),
        ("Atlet kampung", "Pandega Sastrowilis"),
    ],
    "1002": [
        ("Jangan dorong-dorong", None),
        ("Biasanya saya sampai kantor", "Melati Raraswangi"),
        ("Kalau sampai Mei", "Rengganis Wirapati"),
        ("Tarif ini tidak akan naik", "Rengganis Wirapati"),
        ("Kanal milik warga", "Rengganis Wirapati"),
        ("Kami angkat 400 kilogram", "Teguh Sangkara Wening"),
        ("Trem airnya bagus", "Tirtaningrum Ayu Sasmaya"),
        ("Rem kapal tidak sepakem", None),
    ],
    "1003": [
        ("Kaki kiri saya", "Yosafat Riuwatu"),
        ("Puncak itu licin", "Bramantyo Kuncoroseto"),
        ("Masih ada sembilan laga", "Bramantyo Kuncoroseto"),
        ("Saya cuma menempelkan klasemen", "Bramantyo Kuncoroseto"),
        ("Empat menit tambahan", "Milosh Varentz"),
        ("Tetapi kami juga bodoh", "Milosh Varentz"),
    ],
    "1004": [
        ("Kami sudah terlalu lama bertengkar", "Oriel Tamask"),
        ("Membuka gerbang itu gampang", "Sevrin Daldoe"),
        ("Yang susah menjaganya", "Sevrin Daldoe"),
        ("Jatahnya memang sama", "Bertil Onsgar"),
        ("Setiap kapal akan membawa", None),
        ("Kalau satu musim saja", "Ilse Corvanta"),
        ("Sebelas tahun kami hanya bisa", "Annika Roswold"),
    ],
    "1005": [
        ("Kalau saya mati besok", "Sumilah Kertoatmaja"),
        ("Rekam saja", "Sumilah Kertoatmaja"),
        ("Mbah Sumilah tidak pernah", "Gading Manahapsari"),
        ("Yang kami simpan bukan kain", "Adimas Tunggulwarsa"),
        ("Satu motif bisa memerlukan", "Adimas Tunggulwarsa"),
        ("Tanahnya sudah dihibahkan", "Lastri Wonokembang"),
    ],
    "1006": [
        ("Pintu dibuka untuk semua", "Kartika Gandasari"),
        ("Sepuluh tahun cukup", "Damarjati Wiraguna"),
        ("Boleh beda calon", "Damarjati Wiraguna"),
        ("Iuran kader", "Larasmaya Tejakusuma"),
        ("Partai ini jangan jadi", "Jatmiko Wanengpati"),
        ("Tantangannya bukan siapa", "Nastiti Purnamadewi"),
    ],
    "1007": [
        ("Bapak saya nelayan", "Immanuel Lakatoru"),
        ("Percobaan pertama gagal", "Wahdaniyah Borasamba"),
        ("Nilai mereka saya potong", "Desmon Palewangi"),
        ("Kacanya berat", "Desmon Palewangi"),
        ("Sekolah jangan jadi menara", "Yuliana Marengkalo"),
        ("Rasanya sama", "Sahril Tanrakila"),
    ],
    "1008": [
        ("Selama ini warung", "Wening Abiyasa"),
        ("Ada yang kaget", "Wening Abiyasa"),
        ("Dulu saya pinjam ke 'bank keliling'", "Sulastini Parijata"),
        ("Sekarang cicilannya", "Sulastini Parijata"),
        ("Kalau pembeli mulai beralih", "Galih Parasdya"),
        ("Petugas koperasi pun", "Wening Abiyasa"),
    ],
    "1009": [
        ("Itu kursi Bapak", "Darsono"),
        ("Beliau yang menyuruh", "Darsono"),
        ("Orang ke sini", "Painah"),
        ("Kalau saya sedang malas", "Darsono"),
    ],
    "1010": [
        ("Akhirnya ada penghijauan", "@contoh_pejalan"),
        ("Tolong jangan ditambal", "@contoh_dapur"),
        ("Dari rumah ke pasar", "@contoh_ojek"),
        ("Bulan lalu saya menolong", "@contoh_bidan"),
        ("Usul, lubangnya", "@contoh_kanal"),
        ("Kami salah", "Wirastuti Kenangalaya"),
        ("Sudah kami pindahkan", "Wirastuti Kenangalaya"),
        ("Siap, alarm", "@contoh_dapur"),
    ],
    "1011": [
        ("Romo, kenapa", "Petruk"),
        ("Karena mereka mengira", "Semar"),
        ("Lapar kok pakai stempel", "Bagong"),
        ("Saya mau menukar tempat", "Gareng"),
        ("Silakan berdiri", "Gareng"),
    ],
    "1012": [
        ("Negara jangan cuma menunggu", "Jayengrana Puspowiryo"),
        ("Asal datanya lengkap", "Anindhita Pramuwardana"),
        ("Nanti saya pamerkan", "Dulmanan Kerticala"),
        ("Tempel di tiap balai desa", "Mustajab Wiranegari"),
        ("Kalau ada petugas minta uang", "Jayengrana Puspowiryo"),
    ],
    "1013": [
        ("Saya kira gempa", "Karsinah Dukuhmoro"),
        ("Alhamdulillah", "Wulandari Sekarjagat"),
        ("Barang bisa dicari lagi", "Wulandari Sekarjagat"),
        ("Jangan ada pengungsi", "Jayengrana Puspowiryo"),
        ("Selimut dan popok bayi", "Rofi'i Sadalawi"),
        ("Saya pukul terus", None),
    ],
    "1014": [
        ("Sejak pagi kami isi", "Wulandari Sekarjagat"),
        ("Tutupan ini sifatnya sementara", "Wulandari Sekarjagat"),
        ("Kalau hujan besar datang", "Wulandari Sekarjagat"),
        ("Saya tidak mau tanggul", "Jayengrana Puspowiryo"),
        ("Akar masalahnya", "Haryo Danuwangsa"),
        ("Kulkas saya ketemu", "Karsinah Dukuhmoro"),
        ("Telurnya utuh semua", "Karsinah Dukuhmoro"),
    ],
    "1015": [
        ("Kami dulu menunggu nasabah", "Prasasti Wilangjati"),
        ("Uang di laci", "Sarmidi Tegalwuni"),
        ("Kalau di bank", "Sarmidi Tegalwuni"),
        ("Petugasnya jangan sering", "Roswita Manikam"),
        ("Satu korsleting", "Hestu Wiryadanta"),
        ("Kami tidak mau nasabah", "Prasasti Wilangjati"),
    ],
}

# Who is known by a role alone: the article's number, the quotation's first words, a word of the role.
ROLE_ONLY = [
    ("1002", "Jangan dorong-dorong", "petugas"),
    ("1002", "Rem kapal", "juru mudi"),
    ("1004", "Setiap kapal", "juru bicara"),
    ("1013", "Saya pukul", "penjaga pintu air"),
]

SAMPLES = {sample.name.split(".")[0]: sample for sample in samples()}
ALL_PAGES = [*samples(), correction()]

each_page = pytest.mark.parametrize("sample", ALL_PAGES, ids=lambda sample: sample.name)


def article_of(sample: Sample) -> Article:
    return parse_page(sample.text, name=sample.name, url=sample.url)


def analysis_of(sample: Sample) -> Analysis:
    article = article_of(sample)
    return analyse(article.paragraphs, title=article.title)


def section_of(sample: Sample) -> str:
    return sample.url.split("/")[4]


@each_page
def test_a_sample_is_a_whole_article_of_newspaper_length(sample: Sample) -> None:
    article = article_of(sample)

    assert article.url == sample.url
    assert 6 <= len(article.paragraphs) <= 14
    assert 200 <= len(" ".join(article.paragraphs).split()) <= 450
    assert not article.has_next


@each_page
def test_a_sample_has_the_section_of_its_address(sample: Sample) -> None:
    assert article_of(sample).section == section_of(sample)


@each_page
def test_a_sample_has_one_caption_or_is_a_column_with_an_author(sample: Sample) -> None:
    article = article_of(sample)

    if section_of(sample) in COLUMNS:
        assert article.byline
        assert article.captions == ()
    else:
        assert len(article.captions) == 1
        assert article.captions[0].endswith("(Foto: Contoh)")


@each_page
def test_a_sample_tells_its_readers_last_of_all_that_it_is_invented(sample: Sample) -> None:
    assert article_of(sample).paragraphs[-1] == MARK


@each_page
def test_a_sample_stands_on_a_host_that_cannot_exist(sample: Sample) -> None:
    assert re.fullmatch(r"https://contoh\.example/baca-berita/[a-z-]+/\d+/[a-z0-9-]+", sample.url)


@each_page
def test_the_weekday_of_a_sample_agrees_with_its_date(sample: Sample) -> None:
    (printed,) = DATE_LINE.finditer(sample.text)
    day = date(2026, MONTHS[printed["month"]], int(printed["day"]))

    assert WEEKDAYS[day.weekday()] == printed["weekday"]
    assert article_of(sample).published_at.date() == day


@each_page
def test_every_weekday_in_the_text_of_a_sample_agrees_with_the_day_beside_it(sample: Sample) -> None:
    for weekday, day, month in DAY_IN_TEXT.findall(sample.text):
        assert WEEKDAYS[date(2026, int(month), int(day)).weekday()] == weekday


def test_the_samples_come_in_the_order_of_their_times() -> None:
    times = [article_of(sample).published_at for sample in samples()]

    assert times == sorted(set(times))


def test_there_are_samples_for_many_sections() -> None:
    assert len(samples()) >= 14
    assert len({section_of(sample) for sample in samples()}) >= 12


def test_what_a_sample_says_to_read_too_arrived_before_it() -> None:
    arrived: set[str] = set()
    recommended = 0
    for sample in samples():
        article = article_of(sample)
        assert set(article.related) <= arrived
        recommended += len(article.related)
        arrived.add(article.title)
    assert recommended >= 10


def test_one_story_goes_on_hours_later_in_a_second_article() -> None:
    first, second = article_of(SAMPLES["1013"]), article_of(SAMPLES["1014"])

    assert first.title in second.related
    assert second.published_at.date() == first.published_at.date()


def test_the_correction_changes_figures_under_the_same_address_title_and_time() -> None:
    corrected = article_of(correction())
    (earlier,) = [article_of(sample) for sample in samples() if sample.url == correction().url]

    assert correction() not in samples()
    assert (corrected.title, corrected.published_at) == (earlier.title, earlier.published_at)
    assert "1.240" in earlier.paragraphs[0]
    assert "1.420" in corrected.paragraphs[0]
    notes = [text for text in corrected.paragraphs if text.startswith("Koreksi: ")]
    assert len(notes) == 1
    assert len(corrected.paragraphs) == len(earlier.paragraphs) + 1


def test_some_samples_have_a_kicker_over_their_title() -> None:
    kickers = {number: article_of(sample).kicker for number, sample in SAMPLES.items()}

    assert {number: kicker for number, kicker in kickers.items() if kicker} == {
        "1003": "Liga Nusa Raya",
        "1004": "Mulai Akur",
        "1006": "Jelang Musyawarah Besar",
        "1008": "Selamat Tinggal, Buku Utang",
        "1014": "Banjir Sagarawana",
        "1015": "Seribu Sehari",
    }


def test_one_sample_was_printed_in_the_zone_of_central_indonesia() -> None:
    zones = {number: article_of(sample).published_at.tzname() for number, sample in SAMPLES.items()}

    assert [number for number, zone in zones.items() if zone == "WITA"] == ["1007"]


def test_two_samples_were_printed_without_the_footer() -> None:
    links = [article_of(sample).channel_link for sample in samples()]

    assert links.count(None) == 2
    assert set(links) == {None, "https://t.me/officialrakyatmerdeka"}


def test_no_furniture_of_the_page_is_left_in_the_text_of_a_sample() -> None:
    furniture = re.compile(
        r"Dark/Light|RM\.id|Baca juga|Update berita|Dapatkan juga|Catatan :|Ngopi -|\[[A-Z]+\]|■|\xa0"
    )
    for sample in ALL_PAGES:
        article = article_of(sample)
        for text in (article.title, *article.captions, *(block.text for block in article.blocks)):
            assert not furniture.search(text), sample.name


@pytest.mark.parametrize("number", SAMPLES)
def test_the_quotations_of_a_sample_are_found_and_nothing_else(number: str) -> None:
    texts = [quotation.text for quotation in analysis_of(SAMPLES[number]).said]
    starts = [start for start, _ in SAID[number]]

    assert [next(filter(text.startswith, starts), text) for text in texts] == starts


@pytest.mark.parametrize("number", SAMPLES)
def test_the_quotations_of_a_sample_have_who_said_them(number: str) -> None:
    found = analysis_of(SAMPLES[number]).said
    said = {
        start: next((one.speaker for one in found if one.text.startswith(start)), "not found")
        for start, _ in SAID[number]
    }

    assert said == dict(SAID[number])


@pytest.mark.parametrize(("number", "start", "role"), ROLE_ONLY)
def test_a_speaker_without_a_name_is_known_by_the_role(number: str, start: str, role: str) -> None:
    (quotation,) = [one for one in analysis_of(SAMPLES[number]).said if one.text.startswith(start)]

    assert quotation.speaker is None
    assert quotation.role is not None
    assert role in quotation.role.lower()


@each_page
def test_a_quotation_stands_word_for_word_in_its_paragraph(sample: Sample) -> None:
    paragraphs = article_of(sample).paragraphs
    for quotation in analysis_of(sample).said:
        assert _stands_in(quotation.text, paragraphs[quotation.paragraph])


def _stands_in(text: str, paragraph: str) -> bool:
    """Whether ``text`` is printed there, whole or parted once by its attribution."""
    parted = (at for at, character in enumerate(text) if character == " ")
    return text in paragraph or any(
        text[:at] in paragraph and text[at + 1 :] in paragraph[paragraph.index(text[:at]) :]
        for at in parted
        if text[:at] in paragraph
    )


def test_the_correction_has_the_quotations_of_the_earlier_version() -> None:
    def said(sample: Sample) -> list[tuple[str, str | None]]:
        return [(quotation.text, quotation.speaker) for quotation in analysis_of(sample).said]

    assert said(correction()) == said(SAMPLES["1013"])
