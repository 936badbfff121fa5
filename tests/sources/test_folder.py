import os
from pathlib import Path

import pytest

from bot.errors import NotAnArticle
from bot.sources.folder import LARGEST_PAGE, LINES, TEXTS, article_files, read_page


def test_only_articles_that_are_not_hidden_are_found_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.TXT", ".c.txt", "d.part", "e.jsonl", "sub/f.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [path.name for path in article_files(tmp_path)] == ["a.TXT", "b.txt", "f.txt"]
    assert [path.name for path in article_files(tmp_path, LINES)] == ["e.jsonl"]
    assert len(list(article_files(tmp_path, TEXTS | LINES))) == 4


@pytest.mark.parametrize("before", ["", "\ufeff", "\n  \n"])
def test_a_first_line_that_is_an_address_is_the_pages_own(tmp_path: Path, before: str) -> None:
    file = tmp_path / "a.txt"
    url = "https://rm.id/baca-berita/nasional/1/feri"
    file.write_text(f"{before}{url}\r\nJudul\n", encoding="utf-8")
    page = read_page(file)
    assert (page.url, page.content) == (url, b"Judul\n")


@pytest.mark.parametrize("first", ["https://rm.id/a b", "Baca https://rm.id/a", "rm.id/a", "ftp://rm.id/a"])
def test_any_other_first_line_is_text(tmp_path: Path, first: str) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"{first}\nJudul\n", encoding="utf-8")
    page = read_page(file)
    assert page.url is None
    assert page.content.startswith(first.encode())


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "rahasia.txt"
    secret.write_text("rahasia")
    folder = tmp_path / "masuk"
    folder.mkdir()
    (folder / "a.txt").symlink_to(secret)
    (folder / "b.txt").symlink_to("../rahasia.txt")
    (folder / "c.txt").symlink_to("/etc/passwd")
    for name in ("a.txt", "b.txt", "c.txt"):
        with pytest.raises(NotAnArticle, match="leads out of its folder"):
            read_page(folder / name, folder=folder)


def test_a_link_within_the_folder_is_read_and_so_is_one_that_a_person_names(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("isi")
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert read_page(tmp_path / "b.txt", folder=tmp_path).content == b"isi"
    inner = tmp_path / "dalam"
    inner.mkdir()
    (inner / "c.txt").symlink_to("../a.txt")
    assert read_page(inner / "c.txt").content == b"isi"


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (real / "a.txt").write_text("isi")
    (tmp_path / "masuk").symlink_to(real)
    assert read_page(tmp_path / "masuk" / "a.txt", folder=tmp_path / "masuk").content == b"isi"


def test_links_in_a_circle_are_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    with pytest.raises((OSError, NotAnArticle)):
        read_page(tmp_path / "a.txt", folder=tmp_path)


def test_a_file_that_is_too_large_is_no_article(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    with file.open("wb") as stream:
        os.truncate(stream.fileno(), LARGEST_PAGE + 1)
    with pytest.raises(NotAnArticle, match="larger than 1 MB"):
        read_page(file)
