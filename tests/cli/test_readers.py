"""`kabar subscribers` and `kabar import`, against a database in a file."""

import csv
import io
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import kabar
from bot.samples import samples
from tests.databases import new_file


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", new_file(tmp_path))


def _kabar(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(kabar, [str(argument) for argument in arguments], input=stdin)


def test_what_is_exported_can_be_imported_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    header = "chat_id,language,silent,sections,joined_at"
    rows = f"{header}\n7,en,yes,nasional parpol,2024-01-31T08:00:00+00:00\n8,,,,\n"
    first = _kabar("subscribers", "import", "-", stdin=rows)
    assert first.exit_code == 0
    assert "added 2" in first.stdout
    exported = _kabar("subscribers", "export").stdout
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/other.db")
    (tmp_path / "readers.csv").write_text(exported, encoding="utf-8")
    assert _kabar("subscribers", "import", "readers.csv").exit_code == 0
    assert _kabar("subscribers", "export").stdout == exported
    seven, eight = csv.DictReader(io.StringIO(exported))
    assert seven["language"] == "en"
    assert seven["silent"] == "yes"
    assert seven["sections"] == "nasional parpol"
    assert eight["language"] == "id"
    assert eight["subscribed"] == "yes"


def test_known_readers_keep_their_own_settings() -> None:
    _kabar("subscribers", "import", "-", stdin="chat_id,language\n7,en\n")
    again = _kabar("subscribers", "import", "-", stdin="chat_id,language\n7,id\n9,id\n")
    assert "added 1, already known 1" in again.stdout
    assert "7,private,en" in _kabar("subscribers", "export").stdout


def test_faulty_rows_are_named_and_the_others_taken() -> None:
    rows = "chat_id;silent;kind\n1;ya;private\nabc;;\n2;mungkin;\n3;;channel\n\n4;tidak;group\n"
    result = _kabar("subscribers", "import", "-", stdin=rows)
    assert result.exit_code == 1
    assert "added 2" in result.stdout
    assert "line 3: chat_id 'abc' is not a number" in result.stderr
    assert "line 4: silent 'mungkin'" in result.stderr
    assert "line 5: channels" in result.stderr


def test_a_csv_without_chat_ids_is_refused_whole() -> None:
    result = CliRunner().invoke(kabar, ["subscribers", "import", "-"], input="nama,umur\nx,1\n")
    assert result.exit_code != 0
    assert "chat_id" in str(result.exception)


def test_import_tells_new_from_unchanged_and_names_what_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(samples()[0].text, encoding="utf-8")
    (tmp_path / "b.txt").write_text("bukan artikel", encoding="utf-8")
    (tmp_path / "c.txt").write_text(samples()[1].text, encoding="utf-8")
    first = _kabar("import", tmp_path)
    assert first.exit_code == 1
    assert first.stdout.count("new: article") == 2
    assert "b.txt" in first.stderr
    second = _kabar("import", tmp_path / "a.txt", tmp_path / "c.txt")
    assert second.exit_code == 0
    assert second.stdout.count("unchanged: article") == 2


def test_a_reader_who_asks_for_it_is_forgotten() -> None:
    _kabar("subscribers", "import", "-", stdin="chat_id\n7\n8\n")
    assert _kabar("subscribers", "forget", 7).exit_code == 0
    exported = _kabar("subscribers", "export").stdout
    assert "\n8," in exported
    assert "\n7," not in exported


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    result = _kabar("subscribers", "export", tmp_path / "hilang" / "x.csv")
    assert result.exit_code != 0
    assert "cannot be written" in str(result.exception)


@pytest.mark.parametrize("command", ["import", "parse"])
def test_an_address_that_is_none_or_names_a_folder_is_refused(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.txt").write_text(samples()[0].text, encoding="utf-8")
    assert _kabar(command, "--url", "bukan url", tmp_path / "a.txt").exit_code == 2
    assert _kabar(command, "--url", samples()[0].url, tmp_path).exit_code == 2


def test_arrivals_by_campaigns_are_shown_newest_day_first(tmp_path: Path) -> None:
    assert _kabar("campaigns").stdout == ""
    connection = sqlite3.connect(tmp_path / "kabar.db")
    rows = [("2026-03-01", "radio", 7), ("2026-03-02", "poster", 12)]
    connection.executemany("INSERT INTO campaign_arrivals (day, campaign, count) VALUES (?, ?, ?)", rows)
    connection.commit()
    connection.close()
    assert _kabar("campaigns").stdout == "2026-03-02       12 poster\n2026-03-01        7 radio\n"
