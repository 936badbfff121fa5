"""`kabar publish`, `retract`, `pause`, `resume`, `cancel`, `ledger` and `status`, on a database in a file."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import kabar
from bot.core.outcome import Outcome, Refused, Sent, Unknown
from bot.core.publication import PublicationKind, PublicationState
from bot.errors import NoSuchThing
from bot.samples import samples
from bot.store.database import Database
from tests.databases import new_file
from tests.store.ledger import Ledger


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", new_file(tmp_path))
    (tmp_path / "berita.txt").write_text(samples()[0].text, encoding="utf-8")
    readers = "chat_id\n" + "\n".join(map(str, range(1, 6)))
    assert _kabar("subscribers", "import", "-", stdin=readers).exit_code == 0
    assert _kabar("import", "berita.txt").exit_code == 0


def _kabar(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(kabar, [str(argument) for argument in arguments], input=stdin)


def _send(*outcomes: Outcome) -> None:
    """What a running bot does: plans, and sends to as many as there are outcomes."""

    async def sending() -> None:
        database = await Database.open("sqlite:///kabar.db")
        ledger = Ledger(database)
        try:
            for publication_id in await ledger.publications.planned():
                await ledger.fill(publication_id)
            for delivery, outcome in zip(await ledger.take(limit=len(outcomes)), outcomes, strict=True):
                await ledger.close(delivery.id, outcome)
            await ledger.workers.dismiss(
                await ledger.worker(), again=frozenset(PublicationKind), now=datetime.now(UTC)
            )
            await ledger.publications.finish(now=datetime.now(UTC))
        finally:
            await database.close()

    asyncio.run(sending())


def test_the_ledger_shows_who_lacks_the_article_and_tries_again() -> None:
    _send(Sent(11), Unknown("no answer"), Refused("too long"), Sent(14), Sent(15))
    shown = _kabar("ledger", 1)
    assert shown.exit_code == 0
    first, *rest = shown.output.splitlines()
    assert first == ("publication 1, regular, revision 1: done; 3 sent, 1 unknown, 1 refused")
    assert [line.split()[:2] for line in rest] == [["2", "unknown"], ["3", "refused"]]
    assert "no answer" in rest[0]
    everyone = _kabar("ledger", "--all", 1).output
    assert "message 14" in everyone
    retried = _kabar("ledger", "--retry", 1)
    assert "2 deliveries are tried again" in retried.output
    _send(Sent(12), Sent(13))
    assert "5 sent" in _kabar("ledger", 1).output


def test_the_ledger_shows_times_of_the_newspaper_s_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIME_ZONE", "Pacific/Kiritimati")
    _send(Sent(11))
    finished = json.loads(_kabar("ledger", "--json", 1).output.splitlines()[0])["finished_at"]
    there = datetime.fromisoformat(finished).astimezone(ZoneInfo("Pacific/Kiritimati"))
    assert f"{there:%Y-%m-%d %H:%M:%S}" in _kabar("ledger", "--all", 1).output


def test_the_ledger_is_one_json_object_for_each_recipient() -> None:
    _send(Sent(11), Unknown("no answer"))
    lines = [json.loads(line) for line in _kabar("ledger", "--json", 1).output.splitlines()]
    assert [line["chat_id"] for line in lines] == [1, 2, 3, 4, 5]
    assert (lines[0]["state"], lines[0]["message_id"], lines[1]["cause"]) == ("sent", 11, "no answer")
    assert datetime.fromisoformat(lines[0]["finished_at"]).tzinfo is not None


def test_nobody_knows_how_long_it_takes_before_the_recipients_are_written_down() -> None:
    shown = _kabar("status").output
    assert "approved" in shown
    assert "0:00:00" not in shown


def test_a_publication_is_paused_resumed_and_cancelled() -> None:
    _send(Sent(11))
    assert "publication 1 is paused" in _kabar("pause", 1).output
    assert "the newsroom asked for it" in _kabar("status").output
    assert "publication 1 is running" in _kabar("resume", 1).output
    assert "publication 1 is cancelled" in _kabar("cancel", 1).output
    resumed = _kabar("resume", 1)
    assert resumed.exit_code == 1
    assert "publication 1 is cancelled" in resumed.output
    assert "`kabar publish 1` sends the article" in resumed.output
    assert f"is {PublicationState.CANCELLED.value}" in _kabar("resume", 1).output


def test_a_retracted_article_is_published_again() -> None:
    _send(*(Sent(10 + number) for number in range(5)))
    assert _kabar("retract", 1).exit_code == 0
    assert "retraction" in _kabar("status").output
    assert isinstance(_kabar("retract", 1).exception, NoSuchThing)
    assert "publication 3: article 1, breaking" in _kabar("publish", "--breaking", 1).output


def test_status_shows_what_is_under_way_and_promises_nothing_unmeasured() -> None:
    _send(Sent(11), Sent(12))
    shown = _kabar("status").output
    assert "2/5" in shown
    assert "running" in shown
    assert "5 active subscribers of 5" in shown
    assert "/s" not in shown


@pytest.mark.parametrize("command", ["publish", "retract", "ledger", "pause", "resume", "cancel"])
def test_a_number_that_there_is_not_is_named_with_what_to_do(command: str) -> None:
    result = _kabar(command, 99)
    assert isinstance(result.exception, NoSuchThing)
    assert "99" in str(result.exception)
    assert "kabar" in str(result.exception)
