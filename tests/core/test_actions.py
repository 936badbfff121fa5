import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.actions import (
    DATA_LIMIT,
    Action,
    Campaign,
    CardShape,
    DrawCard,
    Keep,
    Kept,
    Open,
    Said,
    Search,
    SetLanguage,
    SetSilent,
    SetSubscribed,
    Show,
    ShowQuotation,
    Target,
    Topic,
    Topics,
    View,
    read,
    read_payload,
    write,
    write_payload,
)
from bot.core.article import QuotationKey
from bot.core.choices import (
    Ask,
    Change,
    DropKeyword,
    Forget,
    MuteStory,
    Page,
    Prompt,
    ShowPage,
    ToggleSection,
    mark_of,
)
from bot.core.preferences import Setting

IDS = st.integers(1, 10**15)
SLUGS = st.text(string.ascii_lowercase + "-", min_size=1, max_size=40)

KEYS = st.builds(QuotationKey, IDS, st.integers(1, 999_999), st.integers(0, 9999))

TARGETS: st.SearchStrategy[Target] = st.one_of(
    st.builds(Open, IDS, st.sampled_from([View.SUMMARY, View.FULL, View.QUOTATIONS])),
    st.builds(ShowQuotation, KEYS),
    st.builds(Topic, SLUGS),
    st.builds(Campaign, st.from_regex(r"[A-Za-z0-9-]{1,40}", fullmatch=True)),
)

ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.builds(Show, IDS, st.sampled_from(View), st.integers(0, 9999)),
    st.builds(ShowQuotation, KEYS),
    st.builds(DrawCard, KEYS, st.sampled_from(CardShape)),
    st.builds(Topics),
    st.builds(Topic, SLUGS, st.integers(0, 9999)),
    st.builds(Said, st.text(min_size=1, max_size=12), st.integers(0, 9999)),
    st.builds(Keep, IDS),
    st.builds(Kept, st.integers(0, 9999)),
    st.builds(Open, IDS, st.sampled_from(View)),
    st.builds(Search, st.text(min_size=1, max_size=12), st.integers(0, 9999)),
    st.builds(SetLanguage, st.sampled_from(["id", "en", "jv"])),
    st.builds(SetSubscribed, st.booleans()),
    st.builds(SetSilent, st.booleans()),
    st.builds(ToggleSection, st.none() | SLUGS, st.sampled_from([Page.TOPICS, Page.FIRST_TOPICS])),
    st.builds(ShowPage, st.sampled_from(Page)),
    st.builds(Ask, st.sampled_from(Prompt)),
    st.builds(DropKeyword, st.text().map(mark_of)),
    st.builds(MuteStory, IDS),
    st.builds(Forget, st.booleans()),
    st.builds(
        Change,
        st.sampled_from(Setting),
        st.sampled_from(["0", "1", "1410", "22-6", "wita", "Asia/Tokyo"]),
        st.sampled_from(Page),
    ),
)


@given(ACTIONS)
def test_what_a_button_writes_it_reads_again(action: Action) -> None:
    data = write(action)
    assert data is not None
    assert len(data.encode()) <= DATA_LIMIT
    assert read(data) == action


@given(st.text())
def test_strange_callback_data_never_raises(data: str) -> None:
    action = read(data)
    assert action is None or write(action) is not None or len(data.encode()) > DATA_LIMIT


def test_a_search_too_long_for_a_button_is_not_cut() -> None:
    assert write(Search("kata " * 20, 1)) is None


@given(TARGETS)
def test_a_deep_link_opens_what_it_was_written_for(target: Target) -> None:
    payload = write_payload(target)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert read_payload(payload) == target


@given(st.text())
def test_strange_payloads_never_raise(payload: str) -> None:
    assert read_payload(payload) is None or payload[1] == "_"


@pytest.mark.parametrize(
    "payload", ["a_0", "a_-1", "x_1", "a_", "a_1 ", "a_" + "9" * 40, "k_1_0_0", "k_1_1", "c_", "c_ä", "t_A"]
)
def test_a_payload_that_names_no_article_is_nothing(payload: str) -> None:
    assert read_payload(payload) is None
