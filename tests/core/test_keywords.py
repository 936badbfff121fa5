from bot.core.keywords import find_keywords
from bot.core.rmid import parse_page


def test_the_real_article_is_about_whom_it_is_about(real_page: str) -> None:
    article = parse_page(real_page)
    keywords = find_keywords(article.paragraphs, title=article.title)
    assert 3 <= len(keywords) <= 5
    assert {"Kim Jong Un", "Rusia", "Korea Utara"} <= set(keywords)


def test_short_forms_count_to_the_full_name() -> None:
    keywords = find_keywords(
        [
            "Wali Kota Kertasari Damar Wibisana membuka jembatan di Wanakarta.",
            "Damar senang. Warga Wanakarta memuji Damar.",
            "Badan Sungai Nasional (BSN) membantu. Menurut Damar, BSN bekerja baik.",
        ]
    )
    assert keywords[0] == "Damar Wibisana"
    assert "Damar" not in keywords
    assert "BSN" not in keywords


def test_a_name_in_the_title_counts_more() -> None:
    paragraphs = ["Damar Wibisana, Laras Ayuningtyas, dan Tirta Wardana hadir.", "Damar dan Tirta pulang."]
    assert find_keywords(paragraphs, title="Laras Ayuningtyas Hadir")[0] == "Laras Ayuningtyas"


def test_days_offices_and_words_that_begin_sentences_are_no_keywords() -> None:
    keywords = find_keywords(
        ["Selasa, Wali Kota datang. Potensi besar. Potensi banjir ada, kata Presiden, Rabu."]
    )
    assert not {"Selasa", "Rabu", "Presiden", "Potensi"} & set(keywords)


def test_a_text_that_names_nobody_gives_its_terms() -> None:
    assert "banjir" in find_keywords(["hujan dan banjir, banjir lagi, banjir terus"])


def test_an_empty_article_has_none() -> None:
    assert find_keywords([]) == ()
    assert find_keywords(["", " "]) == ()
