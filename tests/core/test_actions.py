import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.actions import (
    DATA_LIMIT,
    Action,
    Open,
    Search,
    SetLanguage,
    SetSilent,
    SetSubscribed,
    Show,
    ToggleSection,
    View,
    read,
    read_payload,
    write,
    write_payload,
)

IDS = st.integers(1, 10**15)
SLUGS = st.text(string.ascii_lowercase + "-", min_size=1, max_size=40)

ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.builds(Show, IDS, st.sampled_from(View)),
    st.builds(Open, IDS, st.sampled_from(View)),
    st.builds(Search, st.text(min_size=1, max_size=12), st.integers(0, 9999)),
    st.builds(SetLanguage, st.sampled_from(["id", "en", "jv"])),
    st.builds(SetSubscribed, st.booleans()),
    st.builds(SetSilent, st.booleans()),
    st.builds(ToggleSection, st.none() | SLUGS),
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


@pytest.mark.parametrize("view", [View.SUMMARY, View.FULL, View.QUOTATIONS])
def test_a_deep_link_opens_the_view_it_was_written_for(view: View) -> None:
    assert read_payload(write_payload(Open(12, view))) == Open(12, view)


@given(st.text())
def test_strange_payloads_never_raise(payload: str) -> None:
    assert read_payload(payload) is None or payload[1] == "_"


@pytest.mark.parametrize("payload", ["a_0", "a_-1", "x_1", "a_", "a_1 ", "a_" + "9" * 40])
def test_a_payload_that_names_no_article_is_nothing(payload: str) -> None:
    assert read_payload(payload) is None
