from bot.sources.found import Found
from bot.sources.index import read_index
from bot.sources.profiles import load_profiles
from tests.sources.pages import document

SECTION = "https://harian.example/ekonomi"
DAY = "https://rm.id/menu_rmid/data_ajaxin_aja.php?jenis=data_load_index&row=0&tanggal=01-07-2026"


def test_a_day_of_rm_id_is_read_by_its_profile() -> None:
    (profile,) = load_profiles(None)
    cards = """<div class="card-body"><a href="baca-berita/zona-sport/12/garuda-menang">
    <h5>Garuda Menang &amp; Pulang</h5></a></div>
    <div class="card-body"><a href="rmtv/5/x"><h5>Video</h5></a></div>"""
    listing = read_index(document(cards, DAY), profile=profile)
    address = "https://rm.id/baca-berita/zona-sport/12/garuda-menang"
    assert listing.found == (Found(address, title="Garuda Menang & Pulang", section="zona-sport"),)


def test_links_of_rm_id_outside_cards_are_found_too() -> None:
    (profile,) = load_profiles(None)
    page = '<html><ul><li><a href="https://rm.id/baca-berita/kolom/9/musim-mangga">Musim Mangga</a></ul>'
    (found,) = read_index(document(page, "https://rm.id/kolom"), profile=profile).found
    assert (found.title, found.section) == ("Musim Mangga", "kolom")


def test_without_a_profile_the_shape_of_a_link_tells() -> None:
    page = """<html><head><title>Ekonomi &amp; Bisnis</title></head><body>
    <nav><a href="/">Beranda</a><a href="/ekonomi">Ekonomi</a>
    <a href="/tag/harga-beras-di-pasar">Harga</a></nav>
    <a href="/ekonomi/2026/07/01/pasar-senja-wanakarta-ramai"><img src="x.jpg" alt=""></a>
    <a href="/ekonomi/2026/07/01/pasar-senja-wanakarta-ramai#komentar">12 komentar</a>
    <h3><a href="/ekonomi/2026/07/01/pasar-senja-wanakarta-ramai">Pasar Senja Wanakarta Ramai</a></h3>
    <a href="/read/123456/kopi">Harga Kopi Turun Lagi Pekan Ini</a>
    <a href="https://lain.example/berita/pasar-lain-yang-ramai">Berita di situs yang lain</a>
    <a href="/gambar/pasar-senja-wanakarta-ramai.jpg">Gambar</a><a href="javascript:void(0)">x</a>
    <a href="//[rusak">x</a><a>tanpa alamat</a></body></html>"""
    listing = read_index(document(page, SECTION))
    assert listing.title == "Ekonomi & Bisnis"
    assert listing.found == (
        Found(
            "https://harian.example/ekonomi/2026/07/01/pasar-senja-wanakarta-ramai",
            title="Pasar Senja Wanakarta Ramai",
        ),
        Found("https://harian.example/read/123456/kopi", title="Harga Kopi Turun Lagi Pekan Ini"),
    )


def test_an_address_made_of_bars_and_hyphens_is_judged_at_once() -> None:
    page = f"<html><body><a href='/a{'_a' * 900}-'>Sebuah judul yang cukup panjang</a></body></html>"
    (found,) = read_index(document(page, SECTION)).found
    assert found.title == "Sebuah judul yang cukup panjang"


def test_a_base_element_is_heeded() -> None:
    page = '<base href="https://harian.example/arsip/"><a href="satu-dua-tiga-empat-lima">x</a>'
    assert read_index(document(page, SECTION)).found[0].address.startswith("https://harian.example/arsip/")
