"""`kabar parse`, `analyse` and `render` as other programs use them: lines in, lines out, exit codes."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import kabar
from bot.samples import samples
from tests.core.pages import PAGE, SECOND_PAGE

PARSED_KEYS = [
    "file", "url", "title", "kicker", "section", "published_at", "byline", "captions", "paragraphs",
    "subheads", "related", "page", "has_next", "channel_link", "subhead_places",
]  # fmt: skip


def _kabar(*arguments: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(kabar, [str(argument) for argument in arguments], input=stdin)


def _lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "berita.txt"
    file.write_text(samples()[0].text, encoding="utf-8")
    return file


def test_parse_prints_one_object_with_every_key(article: Path) -> None:
    result = _kabar("parse", "--url", samples()[0].url, article)
    assert result.exit_code == 0
    (line,) = _lines(result)
    assert list(line) == PARSED_KEYS
    assert line["file"] == str(article)
    assert line["url"] == samples()[0].url
    assert line["section"] == "ekonomi-bisnis"
    assert line["page"] == 1


def test_parse_joins_the_pages_of_a_split_article_in_whatever_order_they_come(
    tmp_path: Path, article: Path
) -> None:
    first, second = tmp_path / "satu.txt", tmp_path / "dua.txt"
    first.write_text(PAGE[: PAGE.index("Biaya Pembangunan")] + " Selanjutnya \n", encoding="utf-8")
    second.write_text(SECOND_PAGE, encoding="utf-8")
    for order in ((first, article, second), (second, article, first)):
        other, joined = _lines(_kabar("parse", *order))
        assert (other["file"], joined["file"]) == (str(article), str(first))
        assert joined["paragraphs"][-1] == "Mereka kini tak perlu memutar."
        assert (joined["page"], joined["has_next"]) == (1, False)
    alone = _kabar("parse", second)
    assert alone.exit_code == 0
    assert [line["page"] for line in _lines(alone)] == [2]


def test_parse_reads_the_real_article(shared: Path) -> None:
    (line,) = _lines(_kabar("parse", *(shared / "articles").glob("*.txt")))
    assert line["title"] == "Kim Jong Un Tiba Di Rusia, Siap Jumpa Putin Di Tengah Ancaman AS"
    assert line["published_at"] == "2023-09-12T11:54:00+07:00"
    assert len(line["paragraphs"]) == 16
    assert line["subheads"] == ["Pasokan Senjata Korea Utara"]
    assert len(line["captions"]) == 1
    assert len(line["related"]) == 3
    assert line["channel_link"] == "https://t.me/officialrakyatmerdeka"
    assert not any(
        "Dark/Light" in paragraph or "Google News" in paragraph for paragraph in line["paragraphs"]
    )


def test_one_bad_file_in_a_hundred_does_not_stop_the_ninety_nine(tmp_path: Path) -> None:
    for number in range(99):
        (tmp_path / f"{number:03}.txt").write_text(samples()[number % 10].text, encoding="utf-8")
    (tmp_path / "050-rusak.txt").write_text("Cuma Judul", encoding="utf-8")
    result = _kabar("parse", tmp_path)
    assert result.exit_code == 1
    lines = _lines(result)
    assert len(lines) == 100
    (failed,) = [line for line in lines if "error" in line]
    assert list(failed) == ["file", "error"]
    assert failed["file"].endswith("050-rusak.txt")
    assert "050-rusak.txt" in result.stderr


@pytest.mark.parametrize("content", [b"", b"\x00\xff\x00\xfe binary", b"Judul Saja"])
def test_what_is_no_article_says_what_is_missing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(content)
    result = _kabar("parse", file)
    assert result.exit_code == 1
    (line,) = _lines(result)
    assert line["error"]
    assert "Traceback" not in result.stderr


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = _kabar("parse", tmp_path / "hilang.txt")
    assert result.exit_code == 1
    assert "hilang.txt" in result.stderr
    assert _lines(result)[0]["error"]


def test_parse_analyse_and_render_read_from_each_other(article: Path) -> None:
    parsed = _kabar("parse", "-", stdin=article.read_bytes())
    analysed = _kabar("analyse", stdin=parsed.stdout)
    assert analysed.exit_code == 0
    (found,) = _lines(analysed)
    assert list(found) == ["id", "summary", "quotes", "vox_pops", "keywords"]
    assert all(list(quote) == ["text", "speaker", "role", "cue", "paragraph"] for quote in found["quotes"])
    paragraphs = _lines(parsed)[0]["paragraphs"]
    assert all(quote["text"] in paragraphs[quote["paragraph"]] for quote in found["quotes"])
    assert all(any(sentence in paragraph for paragraph in paragraphs) for sentence in found["summary"])
    rendered = _kabar("render", "--template", "push", "--lang", "en", stdin=parsed.stdout)
    assert rendered.exit_code == 0
    (message,) = _lines(rendered)
    assert list(message) == ["html", "length"]
    assert 0 < message["length"] <= 4096
    assert found["summary"][0] in message["html"]


def test_paragraphs_alone_are_enough() -> None:
    line = json.dumps({"id": 7, "paragraphs": ["Warga memanen kakao pada hari Senin di kebun bersama."]})
    (found,) = _lines(_kabar("analyse", stdin=line))
    assert found["id"] == 7
    assert found["summary"]
    (message,) = _lines(_kabar("render", stdin=line))
    assert "kakao" in message["html"]


def test_lines_come_in_order_and_a_bad_one_does_not_stop_the_rest() -> None:
    good = [json.dumps({"id": number, "paragraphs": ["Satu kalimat."]}) for number in range(3)]
    result = _kabar("analyse", stdin="\n".join([good[0], "bukan json", '{"id": 1}', good[1], good[2]]))
    assert result.exit_code == 1
    lines = _lines(result)
    assert [line["id"] for line in lines if "error" not in line] == [0, 1, 2]
    assert [index for index, line in enumerate(lines) if "error" in line] == [1, 2]
    assert "line 2" in result.stderr
    assert '"paragraphs"' in result.stderr


def test_lines_stream_each_answered_before_the_next_is_sent() -> None:
    command = [sys.executable, "-m", "bot", "analyse", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "paragraphs": ["Satu kalimat."]}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait() == 0


def test_a_pipe_that_is_closed_early_ends_the_run_without_a_word(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"{number:03}.txt").write_text(samples()[0].text, encoding="utf-8")
    command = [sys.executable, "-m", "bot", "parse", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


def test_an_unknown_template_or_language_names_the_known_ones(article: Path) -> None:
    parsed = _kabar("parse", article).stdout
    language = _kabar("render", "--lang", "xx", stdin=parsed)
    assert language.exit_code == 2
    assert "id" in language.stderr
    template = subprocess.run(
        [sys.executable, "-m", "bot", "render", "--template", "poster"],
        input=parsed.encode(),
        capture_output=True,
        check=False,
    )
    assert template.returncode == 1
    assert b"push" in template.stderr
    assert b"Traceback" not in template.stderr


def test_version_and_help_are_answered() -> None:
    assert _kabar("--version").stdout.startswith("kabar 0.")
    listed = _kabar("--help").stdout
    for command in (
        "parse",
        "analyse",
        "render",
        "import",
        "simulator",
        "demo",
        "run",
        "check",
        "subscribers",
    ):
        assert command in listed
        assert _kabar(command, "--help").exit_code == 0


def test_a_stray_line_among_lines_of_json_costs_no_other_article() -> None:
    good = '{"id": 1, "paragraphs": ["Jembatan Kertasari dibuka untuk umum setelah dua tahun dibangun."]}'
    done = CliRunner().invoke(kabar, ["analyse", "-"], input=f"mulai\nsekarang\n{good}\nselesai\n{good}\n")
    assert done.exit_code == 1
    assert done.stdout.count('"summary"') == 2
    assert done.stderr.count("this is not JSON") == 2


def test_an_article_text_given_to_analyse_is_one_error_that_says_what_to_do(tmp_path: Path) -> None:
    text = tmp_path / "berita.txt"
    text.write_text(samples()[0].text, encoding="utf-8")
    done = CliRunner().invoke(kabar, ["analyse", str(text)])
    assert done.exit_code == 1
    assert done.stderr.count("this is not JSON") == 1
    assert "kabar parse" in done.stderr
