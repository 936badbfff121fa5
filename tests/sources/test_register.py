from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.sources.register import Source, SourceKind, add_sources, make_source, read_sources, remove_source

FEED = "https://koran.example/rss"

WRITTEN = """\
# What we read; the section feeds are checked by the night desk.
[[source]]
address = "https://koran.example/rss"   # everything
name = "Koran Contoh"
backfill = 3

[[source]]
address = "artikel"
kind = "folder"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "sources.toml"
    file.write_text(WRITTEN, encoding="utf-8")
    return file


def test_the_file_is_read_in_its_order(file: Path) -> None:
    assert read_sources(file) == (
        Source(FEED, name="Koran Contoh", backfill=3),
        Source("artikel", kind=SourceKind.FOLDER),
    )


def test_without_a_file_there_are_no_sources(tmp_path: Path) -> None:
    assert read_sources(tmp_path / "sources.toml") == ()


def test_what_is_added_stands_at_the_end_and_the_newsrooms_own_words_stay(file: Path) -> None:
    new = Source("https://lain.example/sitemap.xml", kind=SourceKind.SITEMAP, section="ekonomi", at_once=80)
    assert add_sources(file, (new, Source(FEED))) == (new,)
    assert file.read_text(encoding="utf-8").startswith(WRITTEN)
    assert read_sources(file)[-1] == new


def test_the_first_source_makes_the_file(tmp_path: Path) -> None:
    file = tmp_path / "new" / "sources.toml"
    add_sources(file, (Source(FEED), Source(FEED)))
    assert read_sources(file) == (Source(FEED),)
    assert [path.name for path in file.parent.iterdir()] == ["sources.toml"]


@pytest.mark.parametrize("name", [FEED, "Koran Contoh"])
def test_a_source_is_removed_by_its_address_or_its_name(file: Path, name: str) -> None:
    assert remove_source(file, name)
    assert [source.address for source in read_sources(file)] == ["artikel"]
    assert "night desk" in file.read_text(encoding="utf-8")
    assert not remove_source(file, name)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[source]]\nname = 'x'", "source 1: the address is missing"),
        ("[[source]]\naddress = 5", "address must be a text"),
        ("[[source]]\naddress = 'ftp://x'", "neither https"),
        ("[[source]]\naddress = 'https://x.example'\nkind = 'folder'", "neither https"),
        ("[[source]]\naddress = 'artikel'\nkind = 'feed'", "neither https"),
        (
            "[[source]]\naddress = 'https://x.example'\nkind = 'rss'",
            "kind 'rss' is not known; there are: feed",
        ),
        ("[[source]]\naddress = 'https://x.example'\nadress = 'y'", "'adress' is not known"),
        ("[[source]]\naddress = 'https://x.example'\nbackfill = -1", "from 0 to 1000, not -1"),
        ("[[source]]\naddress = 'https://x.example'\nbackfill = true", "from 0 to 1000, not True"),
        ("[[source]]\naddress = 'https://x.example'\nat_once = 0", "from 1 to 1000, not 0"),
        (f"[[source]]\naddress = '{FEED}'\n" * 2, "source 2: https://koran.example/rss is there twice"),
        ("[source]\naddress = 'https://x.example'", r"\[\[source\]\]"),
        ("sources = []", r"\[\[source\]\]"),
        ("[[source]", "sources.toml: "),
    ],
)
def test_a_fault_in_the_file_is_named_with_what_to_write(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=told):
        read_sources(file)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"sources\.toml cannot be read"):
        read_sources(file)


def test_an_address_on_the_command_line_is_held_to_the_same_rules() -> None:
    assert make_source(FEED, kind=None, backfill=2) == Source(FEED, backfill=2)
    with pytest.raises(SettingsError, match="neither https"):
        make_source("gopher://x")


def test_an_address_with_a_password_is_refused_and_not_repeated() -> None:
    with pytest.raises(SettingsError, match="user name or password") as refused:
        make_source("https://redaksi:rahasia@koran.example/rss")
    assert "rahasia" not in str(refused.value)
    assert make_source("https://koran.example/@redaksi/rss").address.endswith("/@redaksi/rss")


def test_the_whole_disk_is_no_folder_of_articles() -> None:
    with pytest.raises(SettingsError, match="whole disk"):
        make_source("/")


@given(
    st.lists(
        st.text(min_size=1).filter(lambda text: "@" not in text).map(lambda text: f"https://{text.strip()}x"),
        unique=True,
    )
)
def test_any_address_comes_back_as_it_was_written(addresses: list[str]) -> None:
    import tempfile  # noqa: PLC0415 - a folder for each example

    sources = tuple(make_source(address) for address in addresses if address.strip() == address)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "sources.toml")
        add_sources(file, sources)
        assert read_sources(file) == sources
