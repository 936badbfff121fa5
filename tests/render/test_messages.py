from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.core.actions import (
    Keep,
    Open,
    Search,
    SetSubscribed,
    Show,
    ShowQuotation,
    View,
    read,
)
from bot.core.analysis import analyse
from bot.core.article import Analysis, ArchivedArticle, ArchivedQuotation, QuotationKey
from bot.core.choices import MuteStory
from bot.core.listing import Listing
from bot.core.message import Message, text_length
from bot.core.rmid import parse_page
from bot.errors import BadFilter, TemplateFault
from bot.render.view import ArticleView
from bot.simulator.finding import find_entities
from bot.simulator.html import parse_html
from tests.render.telegram_html import parse
from tests.render.values import (
    ADDRESS,
    ARCHIVED,
    ARTICLE,
    MOMENT,
    headline,
    messages,
    paragraph,
    quotation,
)


def labels(message: Message) -> list[list[str]]:
    return [[button.label for button in row] for row in message.buttons]


def asked(message: Message) -> list[object]:
    """What the buttons ask for, in order; addresses are left out."""
    return [read(button.data) for row in message.buttons for button in row if button.data is not None]


def addresses(message: Message) -> list[str]:
    return [button.url for row in message.buttons for button in row if button.url is not None]


def with_quotations(*said: object) -> ArchivedArticle:
    return replace(ARCHIVED, analysis=Analysis(("Ringkas.",), said, ()))  # type: ignore[arg-type]


def test_the_push_of_the_real_article_reads_like_a_newspapers_message(real_page: str) -> None:
    article = parse_page(real_page)
    archived = ArchivedArticle(1, 1, article, analyse(article.paragraphs, title=article.title), MOMENT, 1)
    parsed = parse(messages().push(archived, "id").html)
    assert parsed.inside("b")[0] == article.title
    assert "Selasa, 12 September 2023, 11.54 WIB" in parsed.text
    assert len(parsed.inside("blockquote")) == 4
    assert [text for text in parsed.inside("b") if "Sullivan" in text] == ["Jake Sullivan", "Jake Sullivan"]


def test_a_push_has_kicker_headline_section_date_summary_and_quotations() -> None:
    assert messages().push(ARCHIVED, "id").html == (
        "<i>Kabar Baik</i>\n"
        "<b>Pasar Contoh Dibuka Lagi</b>\n"
        "Ekonomi &amp; Bisnis · Selasa, 12 September 2023, 11.54 WIB\n"
        "\n"
        "Pasar itu dibuka lagi, Selasa.\n"
        "\n"
        "<blockquote><b>Sari Contoh</b> — Kepala Dinas\n“Kami siap”</blockquote>"
    )


def test_a_push_in_english_has_english_words_around_the_article() -> None:
    message = messages().push(ARCHIVED, "en")
    assert "Economy &amp; Business · Tuesday, 12 September 2023, 11:54 WIB" in message.html
    assert labels(message) == [
        ["📖 Full story", "💬 Quotations (1)"],
        ["Timeline", "🔖 Save", "WhatsApp"],
    ]


def test_an_article_without_kicker_section_summary_and_quotations_leaves_no_holes() -> None:
    bare = replace(
        ARCHIVED, article=replace(ARTICLE, kicker=None, section=None), analysis=Analysis((), (), ())
    )
    assert messages().push(bare, "id").html == (
        "<b>Pasar Contoh Dibuka Lagi</b>\nSelasa, 12 September 2023, 11.54 WIB"
    )


def test_a_second_revision_says_when_it_was_updated() -> None:
    updated = replace(ARCHIVED, revision=2, stored_at=datetime(2023, 9, 12, 6, 30, tzinfo=UTC))
    assert "Diperbarui Selasa, 12 September 2023, 13.30 WIB" in messages().push(updated, "id").html


def test_a_long_quotation_is_folded_in_a_push_and_whole_by_itself() -> None:
    short, long = quotation("Kami siap. " * 14), quotation("Kami siap. " * 15)
    assert "expandable" not in messages().push(with_quotations(short), "id").html
    assert "<blockquote expandable>" in messages().push(with_quotations(long), "id").html
    found = ArchivedQuotation(QuotationKey(7, 1, 0), long, "Pasar", None, MOMENT, None)
    assert "expandable" not in messages().reading.quotation(found, "id").html


def test_a_quotation_without_a_speaker_stands_alone() -> None:
    html = messages().push(with_quotations(quotation(speaker=None, role=None)), "id").html
    assert "<blockquote>“Kami siap”</blockquote>" in html


def test_a_speaker_known_by_role_only_is_named_by_it() -> None:
    html = messages().push(with_quotations(quotation(speaker=None, role="mantan ketua")), "id").html
    assert "<blockquote><b>Mantan ketua</b>\n“Kami siap”</blockquote>" in html


def test_a_role_is_not_repeated_while_the_same_person_speaks() -> None:
    other = quotation("Lain", "Budi Contoh", None)
    again = quotation("Lagi", role="kepala dinas itu")
    html = messages().push(with_quotations(quotation(), again, other, quotation()), "id").html
    assert html.count("<b>Sari Contoh</b> — Kepala Dinas") == 2
    assert "<b>Sari Contoh</b>\n“Lagi”" in html


def test_a_role_that_comes_with_a_later_quotation_is_kept() -> None:
    html = messages().push(with_quotations(quotation(role=None), quotation("Lagi")), "id").html
    assert "<b>Sari Contoh</b> — Kepala Dinas\n“Lagi”" in html


def test_a_push_has_five_quotations_at_most_and_the_button_counts_them_all() -> None:
    message = messages().push(with_quotations(*(quotation(str(number)) for number in range(9))), "id")
    assert parse(message.html).text.count("“") == 5
    assert labels(message)[0][1] == "💬 Kutipan (9)"


def test_the_buttons_of_a_push_show_the_other_views_in_place() -> None:
    message = messages().push(ARCHIVED, "id")
    assert labels(message) == [
        ["📖 Baca lengkap", "💬 Kutipan (1)"],
        ["Lini masa", "🔖 Simpan", "WhatsApp"],
    ]
    assert asked(message) == [
        Show(7, View.FULL),
        Show(7, View.QUOTATIONS),
        Show(7, View.TIMELINE),
        Keep(7),
    ]


def test_there_is_no_button_for_quotations_where_there_are_none() -> None:
    assert labels(messages().push(with_quotations(), "id"))[0] == ["📖 Baca lengkap"]
    assert labels(messages().push(with_quotations(), "id", channel=True))[0] == ["📖 Baca lengkap"]


def test_a_channels_post_has_addresses_only() -> None:
    message = messages().push(ARCHIVED, "id", channel=True)
    assert asked(message) == []
    assert addresses(message) == [
        "https://t.me/contoh_bot?start=f_7",
        "https://t.me/contoh_bot?start=q_7",
        ADDRESS,
        "https://t.me/contoh_bot?start=c_channel",
    ]


def test_a_channels_post_of_a_bot_without_a_name_links_to_the_newspaper_only() -> None:
    nameless = messages(bot_username=None)
    assert addresses(nameless.push(ARCHIVED, "id", channel=True)) == [ADDRESS]
    pageless = replace(ARCHIVED, article=replace(ARTICLE, url=None))
    assert nameless.push(pageless, "id", channel=True).buttons == ()


def test_sharing_offers_the_newspapers_page_with_the_headline() -> None:
    shared = parse_qs(urlsplit(addresses(messages().full_story(ARCHIVED, "id"))[0]).query)
    assert shared == {"url": [ADDRESS], "text": ["Pasar Contoh Dibuka Lagi"]}


def test_sharing_an_article_without_a_page_offers_the_bot() -> None:
    pageless = replace(ARCHIVED, article=replace(ARTICLE, url=None))
    shared = parse_qs(urlsplit(addresses(messages().full_story(pageless, "id"))[0]).query)
    assert shared["url"] == ["https://t.me/contoh_bot?start=a_7"]
    assert labels(messages(bot_username=None).push(pageless, "id"))[1:] == [
        ["Lini masa", "🔖 Simpan"],
    ]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://localhost/x", "http://[x", "rm.id", "https://a b.c/"]
)
def test_an_address_that_telegram_refuses_is_never_offered(url: str) -> None:
    strange = replace(ARCHIVED, article=replace(ARTICLE, url=url, has_next=True))
    for message in (messages().push(strange, "id", channel=True), messages().full_story(strange, "id")):
        assert url not in message.html
        assert url not in addresses(message)
    assert messages().push(strange, "id").preview is None


def test_the_push_shows_the_preview_of_the_newspapers_page() -> None:
    assert messages().push(ARCHIVED, "id").preview == ADDRESS
    assert messages().full_story(ARCHIVED, "id").preview is None


def test_the_latest_story_reads_like_its_push_and_leads_to_its_neighbours() -> None:
    message = messages().latest(ARCHIVED, "id", older=3, newer=9)
    assert message.html == messages().push(ARCHIVED, "id").html
    assert labels(message)[2] == ["‹ Lebih lama", "Lebih baru ›"]
    assert asked(message)[4:] == [Show(3), Show(9)]


def test_the_only_story_has_no_way_to_neighbours() -> None:
    assert len(messages().latest(ARCHIVED, "id", older=None, newer=None).buttons) == 2


def test_the_full_story_has_caption_subheads_and_paragraphs_in_order() -> None:
    message = messages().full_story(ARCHIVED, "id")
    assert message.html.partition("WIB\n\n")[2] == (
        "<i>Suasana pasar. (Foto: Ist)</i>\n"
        "\n"
        "Pasar itu dibuka lagi, Selasa.\n"
        "\n"
        "<b>Harga Turun</b>\n"
        "\n"
        "“Kami siap,” kata Sari Contoh, Kepala Dinas."
    )
    assert labels(message) == [
        ["‹ Ringkasan", "💬 Kutipan (1)"],
        ["Berita terkait", "Lini masa"],
        ["🔖 Simpan", "Bagikan", "WhatsApp"],
        ["Baca di Rakyat Merdeka"],
    ]
    assert asked(message) == [
        Show(7, View.SUMMARY),
        Show(7, View.QUOTATIONS),
        Show(7, View.RELATED),
        Show(7, View.TIMELINE),
        Keep(7),
    ]


def test_a_columns_author_is_named() -> None:
    column = replace(ARCHIVED, article=replace(ARTICLE, byline="Sari Contoh"))
    assert "\nOleh Sari Contoh\n" in messages().full_story(column, "id").html


def long_story(*, url: str | None = ADDRESS, has_next: bool = False) -> ArchivedArticle:
    blocks = tuple(
        paragraph(f"Alinea {number} ini panjang. " + "Isinya terus bertambah. " * 20) for number in range(20)
    )
    return replace(ARCHIVED, article=replace(ARTICLE, blocks=blocks, url=url, has_next=has_next))


def test_a_long_story_is_turned_page_by_page_and_nothing_is_lost() -> None:
    story = long_story()
    pages = [messages().full_story(story, "id", page) for page in range(3)]
    for number, page in enumerate(pages, 1):
        assert page.html.endswith(f"<i>halaman {number} dari 3</i>")
        assert text_length(page.html) <= 4096
    told = "".join(page.html for page in pages)
    assert all(told.count(f"Alinea {number} ini panjang.") == 1 for number in range(20))
    assert told.count("Suasana pasar.") == 1
    assert labels(pages[1])[0] == ["‹ Sebelumnya", "Berikutnya ›"]
    assert asked(pages[1])[:2] == [Show(7, View.FULL, 0), Show(7, View.FULL, 2)]
    assert labels(pages[0])[0] == ["Berikutnya ›"]
    assert labels(pages[2])[0] == ["‹ Sebelumnya"]


def test_a_page_beyond_the_last_is_the_last() -> None:
    assert messages().full_story(long_story(), "id", 99) == messages().full_story(long_story(), "id", 2)


def test_a_paragraph_longer_than_a_message_is_divided_at_sentences() -> None:
    body = " ".join(f"Kalimat nomor {number} berdiri di sini." for number in range(300))
    story = replace(ARCHIVED, article=replace(ARTICLE, blocks=(paragraph(body),)))
    pages = [messages().full_story(story, "id", page).html for page in range(3)]
    assert len(set(pages)) == 3
    assert all("nomor 150 " in page for page in pages if "nomor 151 " in page)
    assert all(f"Kalimat nomor {number} berdiri di sini." in "".join(pages) for number in range(300))


def test_a_split_article_without_its_next_page_links_to_it_at_the_end() -> None:
    story = long_story(has_next=True)
    link = f'<a href="{ADDRESS}">Baca selengkapnya di Rakyat Merdeka</a>'
    assert link not in messages().full_story(story, "id").html
    assert link in messages().full_story(story, "id", 2).html


def test_a_split_article_without_an_address_says_that_it_goes_on() -> None:
    pageless = replace(ARCHIVED, article=replace(ARTICLE, url=None, has_next=True))
    assert messages().full_story(pageless, "id").html.endswith("belum ada pada kami.</i>")


def test_the_first_page_of_a_split_article_links_to_the_rest() -> None:
    split = replace(ARCHIVED, article=replace(ARTICLE, has_next=True))
    assert "Baca selengkapnya" in messages().full_story(split, "id").html


def test_the_quotations_have_pages_of_their_own_with_a_button_for_each() -> None:
    said = with_quotations(*(quotation(str(number)) for number in range(9)))
    message = messages().quotations(said, "id")
    parsed = parse(message.html)
    assert len(parsed.inside("blockquote")) == 8
    assert parsed.text.endswith("halaman 1 dari 2")
    assert [label for row in labels(message)[:2] for label in row] == [f"💬 {n}" for n in range(1, 9)]
    assert asked(message)[:2] == [ShowQuotation(QuotationKey(7, 1, 0)), ShowQuotation(QuotationKey(7, 1, 1))]
    assert asked(message)[8:] == [Show(7, View.QUOTATIONS, 1), Show(7, View.SUMMARY), Show(7, View.FULL)]
    last = messages().quotations(said, "id", 1)
    assert "9. <b>Sari Contoh</b>" in last.html
    assert asked(last)[0] == ShowQuotation(QuotationKey(7, 1, 8))


def test_a_button_opens_the_quotation_that_has_its_number_also_between_vox_pops() -> None:
    official = replace(quotation("Resmi"), paragraph=4)
    resident = replace(quotation("Warga", "Laras", "warga"), paragraph=1)
    analysis = Analysis(("Ringkas.",), (official,), (), vox_pops=(resident,))
    message = messages().quotations(replace(ARCHIVED, analysis=analysis), "id")
    assert message.html.index("1. <b>Laras") < message.html.index("2. <b>Sari")
    # The archive keeps the quotations before the vox pops.
    assert asked(message)[:2] == [ShowQuotation(QuotationKey(7, 1, 1)), ShowQuotation(QuotationKey(7, 1, 0))]


def test_the_page_of_quotations_differs_from_the_push() -> None:
    assert messages().quotations(ARCHIVED, "id").html != messages().push(ARCHIVED, "id").html
    assert "1. <b>Sari Contoh</b>" in messages().quotations(ARCHIVED, "id").html


def test_every_one_of_many_quotations_is_on_one_page() -> None:
    said = with_quotations(*(quotation(f"Kata ke-{number}. " + "Lagi. " * 60) for number in range(40)))
    first = messages().quotations(said, "en").html
    pages = int(first.rpartition("of ")[2].removesuffix("</i>"))
    told = "".join(messages().quotations(said, "en", page).html for page in range(pages))
    assert all(told.count(f"Kata ke-{number}.") == 1 for number in range(40))


def test_a_handle_is_text_and_no_link_to_whoever_bears_it() -> None:
    assert find_entities("Kata @orang_lain begitu")
    said = with_quotations(quotation("Kata @orang_lain begitu", "@warga_contoh", None))
    for message in (messages().push(said, "id"), messages().quotations(said, "id")):
        assert find_entities(parse_html(message.html).text) == []
        assert "@\u2060orang_lain" in message.html


def test_the_quotation_marks_around_a_query_are_not_doubled() -> None:
    found = messages().results('"harga beras"', [headline()], total=1, page=0, page_size=8, language="id")
    assert "“harga beras”" in found.html
    assert "“harga beras”" in messages().nothing_found("“harga beras”", "id").html


def test_sections_stand_in_the_order_of_their_names() -> None:
    sections = ["ekonomi-bisnis", "internasional", "zona-sport"]
    english = messages().reading.topics(sections, "en")
    assert labels(english) == [["Economy & Business"], ["International", "Sports"]]
    indonesian = messages().reading.topics(["humaniora", "zona-sport", "bank-finance"], "id")
    flat = [label for row in labels(indonesian) for label in row]
    assert flat == sorted(flat, key=str.casefold)


def test_what_is_shared_goes_by_telegram_and_by_whatsapp() -> None:
    telegram, whatsapp = addresses(messages().quotations(ARCHIVED, "id"))
    assert parse_qs(urlsplit(telegram).query) == {"url": [ADDRESS], "text": [ARTICLE.title]}
    assert parse_qs(urlsplit(whatsapp).query) == {"text": [f"{ARTICLE.title} {ADDRESS}"]}


def test_an_article_without_quotations_says_so() -> None:
    assert "Tidak ada kutipan" in messages().quotations(with_quotations(), "id").html


def test_related_stories_are_listed_and_open_in_a_new_message() -> None:
    message = messages().related(ARCHIVED, [headline(3, "Harga Cabai"), headline(4, "Harga Beras")], "id")
    assert "2. <b>Harga Beras</b>\nNasional · 12 Sep 2023" in message.html
    assert asked(message) == [Open(3), Open(4), Show(7), Show(7, View.FULL), Show(7, View.QUOTATIONS)]


def test_an_article_that_stands_alone_says_so_and_leads_back() -> None:
    message = messages().related(ARCHIVED, [], "id")
    assert "Belum ada berita lain" in message.html
    assert asked(message)[0] == Show(7)


def test_a_list_has_a_button_with_the_number_of_each_story() -> None:
    for count, rows in ((0, []), (5, [5]), (6, [3, 3]), (8, [4, 4]), (12, [4, 4, 4])):
        lines = [headline(number) for number in range(1, count + 1)]
        shown = labels(messages().reading.popular(lines, "id", days=3))
        assert [len(row) for row in shown] == rows
        assert [label for row in shown for label in row] == [str(line.id) for line in lines]


def test_the_first_story_of_an_event_has_no_button_to_itself() -> None:
    alone = messages().reading.timeline(ARCHIVED, [headline(7)], "id")
    assert asked(alone) == [Show(7), Show(7, View.FULL), Show(7, View.QUOTATIONS), MuteStory(7)]


def test_what_a_person_said_stands_with_its_source_below() -> None:
    found = ArchivedQuotation(QuotationKey(7, 1, 0), quotation(), "Pasar Dibuka", None, MOMENT, ADDRESS)
    message = messages().reading.said("sari", Listing((found,), False), page=0, first=1, language="id")
    assert "“Kami siap”</blockquote>\nPasar Dibuka · 12 Sep 2023" in message.html


def test_days_that_end_before_they_begin_are_named_as_they_were_written() -> None:
    fault = BadFilter("until", "2019", "dari:2020")
    assert "“until:2019” berakhir sebelum “dari:2020” dimulai" in messages().bad_filter(fault, "id").html


def test_results_are_numbered_through_the_pages() -> None:
    message = messages().results(
        "harga", [headline(3), headline(4)], total=30, page=1, page_size=8, language="id"
    )
    assert message.html.startswith("<b>30</b> berita dengan “harga” · halaman 2 dari 4\n\n9. ")
    assert asked(message) == [Open(3), Open(4), Search("harga", 0), Search("harga", 2)]


def test_results_on_one_page_have_no_pages_to_turn() -> None:
    message = messages().results("harga", [headline(3)], total=1, page=0, page_size=8, language="en")
    assert message.html.startswith("<b>1</b> story with “harga”\n\n1. ")
    assert asked(message) == [Open(3)]


def test_a_search_too_long_for_a_button_says_how_to_see_more() -> None:
    message = messages().results("harga " * 40, [headline(3)], total=30, page=0, page_size=8, language="id")
    assert asked(message) == [Open(3)]
    assert "kata kunci yang lebih pendek" in message.html
    assert "halaman 1" not in message.html


def test_free_text_offers_a_search_for_it() -> None:
    message = messages().free_text("harga\nberas", "id")
    assert labels(message) == [["Cari “harga beras”"]]
    assert asked(message) == [Search("harga beras", 0)]


@pytest.mark.parametrize("text", ["", " \n", "harga " * 40])
def test_free_text_that_fits_no_button_offers_none(text: str) -> None:
    assert messages().free_text(text, "id").buttons == ()


def test_help_lists_the_commands_it_is_given() -> None:
    html = messages().help("id", [("terbaru", "Berita terbaru"), ("cari", "Cari & temukan")]).html
    assert "/terbaru – Berita terbaru\n/cari – Cari &amp; temukan\n" in html


def test_whoever_stops_can_come_back_with_one_press() -> None:
    assert asked(messages().stopped("id")) == [SetSubscribed(wanted=True)]


def test_the_newsroom_is_told_what_failed_and_why() -> None:
    html = messages().desk_unreadable("a<b.txt", "no date line & no title", "en").html
    assert html == (
        "<b>This could not be read as an article</b>\na&lt;b.txt\n\n"
        "Reason: <code>no date line &amp; no title</code>"
    )
    assert "menolak" in messages().desk_refused("Judul", "message is too long", "id").html


def test_what_becomes_of_a_source_is_told_with_what_to_do() -> None:
    desk = messages()
    assert "<code>no &lt;answer&gt;</code>" in desk.desk_source_dead("Koran", "no <answer>", "en").html
    assert desk.desk_source_back("Koran", "en").html == "<b>This source answers again</b>\nKoran"
    flood = desk.desk_source_flood("Koran", "https://koran.example/rss", 60, "en").html
    assert "60 new articles" in flood
    assert "<code>kabar sources release https://koran.example/rss</code>" in flood
    assert "60 artikel" in desk.desk_source_flood("Koran", "x", 60, "id").html


def test_notices_fit_into_the_small_window() -> None:
    house = messages()
    for language in house.languages:
        for say in (
            house.notice_saved,
            house.notice_gone,
            house.notice_unknown_button,
            house.notice_only_administrators,
            house.notice_failure,
        ):
            assert 0 < len(say(language)) <= 200


def test_an_unknown_language_is_answered_in_the_default_one() -> None:
    assert messages().privacy("de").html == messages().privacy("id").html


def test_an_article_renders_from_paragraphs_alone() -> None:
    view = ArticleView(
        blocks=(paragraph("Satu kalimat."),), summary=("Satu kalimat.",), quotations=(quotation(),)
    )
    assert messages().render_article("push", view, "id").startswith("Satu kalimat.\n\n<blockquote")
    assert messages().render_article("story", view, "id") == "Satu kalimat."
    for template in ("latest", "quotations"):
        assert messages().render_article(template, view, "en")


def test_an_unknown_article_template_is_refused_with_the_known_ones() -> None:
    with pytest.raises(TemplateFault, match="'pusj'; there are: push, latest, story, quotations"):
        messages().render_article("pusj", ArticleView(), "id")


def test_where_not_all_quotations_fit_who_speaks_for_something_goes_first() -> None:
    met = quotation("Air masuk dapur kami.", speaker="Laras", role="warga")
    officials = [quotation(f"Keterangan nomor {n}.", speaker="Bima", role="kepala dinas") for n in range(5)]
    article = with_quotations(*officials)
    html = messages().push(replace(article, analysis=replace(article.analysis, vox_pops=(met,))), "id").html
    assert "Air masuk dapur kami." not in html
    assert [said.text in html for said in officials] == [True] * 5
    late = [replace(said, paragraph=9) for said in officials[:2]]
    article = with_quotations(*late)
    few = messages().push(replace(article, analysis=replace(article.analysis, vox_pops=(met,))), "id").html
    assert few.index("Air masuk dapur kami.") < few.index("Keterangan nomor 0.")
