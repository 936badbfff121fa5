from datetime import date
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.sources.profiles import Profile, load_profiles, profile_for

ARTICLE = "https://rm.id/baca-berita/zona-sport/12/garuda-menang"

OWN = """
name = "Harian Kertasari"
hosts = ["harian.example"]
time_zone = "Asia/Makassar"
[[pages]]
name = "sekarang"
body = "div.isi"
"""


@pytest.fixture
def rmid() -> Profile:
    (profile,) = load_profiles(None)
    return profile


def test_rm_id_is_known_by_its_usual_and_its_mobile_host(rmid: Profile) -> None:
    for address in (ARTICLE, "http://www.rm.id/x", "https://m.rm.id/x"):
        assert profile_for(address, [rmid]) is rmid
    for address in ("https://firm.id/x", "https://rm.id.contoh.example/x", "rm.id", ""):
        assert profile_for(address, [rmid]) is None


def test_rm_id_has_a_feed_for_all_news_and_for_each_section(rmid: Profile) -> None:
    assert rmid.feeds["all"] == "https://rm.id/rss-rakyat-merdeka"
    assert rmid.feeds["zona-sport"] == "https://rm.id/rss-rakyat-merdeka/zona-sport"


def test_rm_id_s_addresses_tell_section_page_and_the_page_after(rmid: Profile) -> None:
    assert rmid.section_of(ARTICLE) == "zona-sport"
    assert (rmid.page_of(ARTICLE), rmid.page_of(f"{ARTICLE}/2")) == (1, 2)
    assert rmid.page_after(ARTICLE) == f"{ARTICLE}/2"
    assert rmid.page_after(f"{ARTICLE}/2/") == f"{ARTICLE}/3"
    assert rmid.is_article(f"{ARTICLE}?utm_source=x")
    assert not rmid.is_article("https://rm.id/nasional")
    assert rmid.section_of("https://rm.id/nasional") is None
    assert rmid.page_after("https://rm.id/nasional") is None


def test_rm_id_s_list_of_a_day_is_found_by_its_date(rmid: Profile) -> None:
    address = rmid.index_of(date(2026, 7, 1), offset=12)
    assert address is not None
    assert address.endswith("row=12&data_per_hal=12&tanggal=01-07-2026")


def test_the_newspaper_s_own_profiles_come_before_ours(tmp_path: Path) -> None:
    (tmp_path / "kertasari.toml").write_text(OWN)
    (tmp_path / "rm.toml").write_text(OWN.replace("harian.example", "rm.id"))
    profiles = load_profiles(tmp_path)
    assert [profile.name for profile in profiles] == ["Harian Kertasari", "Harian Kertasari", "RM.id"]
    known = profile_for(ARTICLE, profiles)
    assert known is not None
    assert known.name == "Harian Kertasari"
    assert known.index_of(date(2026, 7, 1)) is None
    assert known.section_of(ARTICLE) is None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("name = ", "the profile is not TOML"),
        (OWN.replace('name = "Harian Kertasari"', ""), r"name: is missing; write it"),
        (OWN + 'isi = "div"', r"pages\.0\.isi: is unknown; remove it or mend its name"),
        (OWN.replace("div.isi", "div..isi"), r"pages\.0\.body: 'div\.\.isi' is neither CSS nor XPath"),
        (OWN.replace("div.isi", "//div["), r"pages\.0\.body: '//div\[' is neither CSS nor XPath"),
        (OWN.replace('"div.isi"', "5"), r"pages\.0\.body: "),
        (
            OWN.replace("Makassar", "Kertasari"),
            "time_zone: there is no time zone 'Asia/Kertasari'; write one such",
        ),
        (
            OWN.replace("harian.example", "https://harian.example/"),
            "hosts: 'https://harian.example/' is no host",
        ),
        (
            OWN.replace("[[pages]]", '[feeds]\nall = "rss"\n[[pages]]'),
            "feeds: all: 'rss' is no address such as",
        ),
        (OWN + "[address]\npath = '('", r"address\.path: '\(' is no regular expression"),
        (OWN + "[address]\npath = '(?P<id>x)'", "address.path: its groups may be article, section and page"),
        (OWN + "[address]\npath = 'x'\nnext_page = '{nomor}'", "address.next_page: it may hold"),
        (OWN + "[index]\nitem='a'\nlink='a'\nby_day='{hari}'", "index.by_day: it may hold {day}"),
    ],
)
def test_a_bad_profile_is_named_by_file_and_key_with_what_to_do(
    tmp_path: Path, written: str, said: str
) -> None:
    (tmp_path / "kertasari.toml").write_text(written)
    with pytest.raises(SettingsError, match=said) as refused:
        load_profiles(tmp_path)
    assert str(refused.value).startswith(str(tmp_path / "kertasari.toml"))


def test_a_folder_of_profiles_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere: this folder of profiles is missing; make it"):
        load_profiles(tmp_path / "nowhere")


def test_a_profile_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"a\.toml: the profile is not TOML"):
        load_profiles(tmp_path)


def test_the_profile_in_the_documentation_is_one(tmp_path: Path) -> None:
    written = (Path(__file__).parents[2] / "docs" / "profiles.md").read_text(encoding="utf-8")
    (tmp_path / "kertasari.toml").write_text(written.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    profile = load_profiles(tmp_path)[0]
    address = "https://harian.example/ekonomi/2026/pasar-senja"
    assert (profile.section_of(address), profile.page_after(address)) == ("ekonomi", f"{address}/2")
    assert profile.index_of(date(2026, 7, 1)) == "https://harian.example/indeks?tgl=2026-07-01&dari=0"
