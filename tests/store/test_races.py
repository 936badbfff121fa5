"""Several processes on one database: each step is done by one of them, and none is lost."""

import asyncio
import json
import sys
from typing import Any

from bot.core.publication import DeliveryState, PublicationState
from tests.store.ledger import Ledger
from tests.store.samples import reader

PROCESSES = 2
PARPOL = frozenset({"parpol"})


async def _run(body: str, url: str, *arguments: object) -> list[Any]:
    """What each process prints as JSON after all began ``body`` at one moment."""
    script = "\n".join(
        (
            "import asyncio, json, sys",
            "from dataclasses import replace",
            "from bot.core.outcome import Sent",
            "from tests.store.ledger import Ledger",
            "from tests.store.samples import NOTHING_FOUND, NOW, article, minutes_later",
            "from tests.store.servers import opened",
            "async def main(number, url, *arguments):",
            "    async with opened(url) as database:",
            "        ledger = Ledger(database)",
            "        print('ready', flush=True)",
            "        await asyncio.to_thread(sys.stdin.readline)",
            *(f"        {line}" for line in body.strip().splitlines()),
            "        print(json.dumps(found))",
            "asyncio.run(main(int(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:])))",
        )
    )
    pipe = asyncio.subprocess.PIPE
    running = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", script, str(number), url, *map(str, arguments)),
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
        )
        for number in range(PROCESSES)
    ]
    for process in running:
        assert process.stdout is not None
        first = await process.stdout.readline()
        assert first == b"ready\n", (await process.communicate())[1].decode()
    answers = await asyncio.gather(*(process.communicate(b"go\n") for process in running))
    assert [err.decode() for _, err in answers] == [""] * PROCESSES
    return [json.loads(out) for out, _ in answers]


async def test_articles_stored_by_several_processes_at_once_are_each_kept_once(
    ledger: Ledger, database_url: str
) -> None:
    body = """
found = []
for place in range(12):
    stored = await ledger.archive.store(
        article(f"Judul {place}", url=None if number else f"https://koran.example/judul-{place}"),
        NOTHING_FOUND, now=NOW)
    found.append((stored.change, stored.archived.id))
"""
    answers = await _run(body, database_url)
    for place in range(12):
        changes = sorted(answer[place][0] for answer in answers)
        assert changes == ["new", "unchanged"]
        assert len({answer[place][1] for answer in answers}) == 1
    assert (await ledger.archive.search("judul", limit=1)).total == 12


async def test_a_publication_planned_by_several_processes_has_one_row_for_each_reader(
    ledger: Ledger, database_url: str
) -> None:
    await ledger.join(range(500))
    publication_id = await ledger.announce()
    body = """
found = await ledger.fill(arguments[0], chunk=20)
"""
    await _run(body, database_url, publication_id)
    assert await ledger.recipients(publication_id) == list(range(500))
    assert await ledger.state(publication_id) is PublicationState.RUNNING


async def test_deliveries_worked_off_by_several_processes_are_each_taken_once(
    ledger: Ledger, database_url: str
) -> None:
    publication_id = await ledger.publish(range(300))
    body = """
async def send(due):
    if not await ledger.attempt(due.id):
        return None
    await ledger.close(due.id, Sent(due.chat_id))
    return due.chat_id
found = []
while due := await ledger.claim(limit=40):
    found += [chat for chat in await asyncio.gather(*map(send, due)) if chat is not None]
"""
    taken = [chat_id for answer in await _run(body, database_url) for chat_id in answer]
    assert sorted(taken) == list(range(300))
    assert (await ledger.publications.progress(publication_id))[DeliveryState.SENT] == 300
    assert {row["attempts"] for row in await ledger.rows()} == {1}


async def test_readers_who_come_and_go_everywhere_at_once_are_counted_right(
    ledger: Ledger, database_url: str
) -> None:
    await ledger.subscribers.import_many(reader(chat_id, sections=PARPOL) for chat_id in range(30))
    body = """
for chat_id in range(30):
    await ledger.subscribers.toggle_section(chat_id, "parpol")
    await ledger.subscribers.set_silent(chat_id, bool(number))
found = (await ledger.subscribers.count()).total
"""
    assert await _run(body, database_url) == [30] * PROCESSES
    # Toggled by two: a toggle that was lost would leave some without it.
    assert {found.sections async for found in ledger.subscribers.export()} == {PARPOL}
