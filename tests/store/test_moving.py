from dataclasses import replace

from bot.core.audience import ChatKind, Keyword
from bot.core.channels import Channel, Style
from bot.core.matching import keyword_key
from bot.core.outcome import Moved, Sent
from bot.core.preferences import Quiet, newcomer
from bot.core.publication import DeliveryState
from bot.store.channels import Channels
from bot.store.publications import Filling
from bot.store.rights import Rights
from tests.store.ledger import Ledger
from tests.store.samples import NOW, reader, seconds_later

GROUP = -12345
SUPERGROUP = -1001234567890


async def test_the_settings_follow_to_the_new_id(ledger: Ledger) -> None:
    await ledger.join([GROUP, 7])
    await ledger.subscribers.set_language(GROUP, "en")
    await ledger.subscribers.toggle_section(GROUP, "nasional")
    await ledger.subscribers.set_reachable(GROUP, False, cause="pindah", now=NOW)
    for _ in range(2):
        await ledger.subscribers.move(GROUP, SUPERGROUP)
        assert await ledger.subscribers.get(GROUP) is None
        moved = replace(reader(SUPERGROUP, sections=frozenset({"nasional"})), language="en")
        assert await ledger.subscribers.get(SUPERGROUP) == moved
    assert await ledger.subscribers.get(7) == reader(7)


async def test_what_was_chosen_and_how_it_is_written_to_follows_to_the_new_id(ledger: Ledger) -> None:
    await ledger.join([GROUP])
    await ledger.announce()
    word = Keyword(keyword_key("harga beras"), "harga beras", muted=False)
    wants = replace(newcomer("Asia/Makassar"), quiet=Quiet(1320, 360))
    channels = Channels(ledger.database)
    described = Channel("@warga", "id", photo=True)
    await channels.describe(GROUP, ChatKind.GROUP, described, zone="Asia/Jakarta")
    await ledger.subscribers.prefer(GROUP, lambda _: wants)
    await ledger.subscribers.add_keyword(GROUP, word, most=5)
    await ledger.subscribers.mute_story(GROUP, 1)
    await channels.add_topic(GROUP, "nasional", 17)
    await ledger.subscribers.move(GROUP, SUPERGROUP)
    moved = await ledger.subscribers.get(SUPERGROUP)
    assert moved is not None
    assert moved.preferences == wants
    assert await ledger.subscribers.keywords(SUPERGROUP) == (word,)
    assert len((await Rights(ledger.database).kept_about(SUPERGROUP)).muted_stories) == 1
    assert await channels.style(SUPERGROUP) == Style(photo=True, threads={"nasional": 17})


async def test_a_new_chat_that_was_met_before_the_move_gets_the_old_settings(ledger: Ledger) -> None:
    old = replace(reader(GROUP, sections=frozenset({"nasional"}), silent=True), joined_at=seconds_later(-60))
    await ledger.subscribers.import_many([old, reader(SUPERGROUP, sections=frozenset({"parpol"}))])
    await ledger.subscribers.move(GROUP, SUPERGROUP)
    assert await ledger.subscribers.get(SUPERGROUP) == replace(old, chat_id=SUPERGROUP)
    assert await ledger.subscribers.get(GROUP) is None


async def test_a_wish_to_stop_in_either_chat_is_kept(ledger: Ledger) -> None:
    await ledger.join([GROUP, SUPERGROUP])
    await ledger.subscribers.leave(SUPERGROUP)
    await ledger.subscribers.move(GROUP, SUPERGROUP)
    moved = await ledger.subscribers.get(SUPERGROUP)
    assert moved is not None
    assert not moved.subscribed


async def test_moving_to_itself_changes_nothing(ledger: Ledger) -> None:
    await ledger.join([GROUP])
    await ledger.subscribers.move(GROUP, GROUP)
    assert await ledger.subscribers.get(GROUP) == reader(GROUP)


async def test_what_is_still_to_be_sent_follows_and_what_was_sent_stays(ledger: Ledger) -> None:
    sent = await ledger.publish([GROUP])
    (delivery,) = await ledger.take()
    await ledger.close(delivery.id, Sent(1))
    waiting = await ledger.announce("Lain")
    await ledger.fill(waiting)
    await ledger.subscribers.move(GROUP, SUPERGROUP)
    assert await ledger.recipients(sent) == [GROUP]
    assert await ledger.recipients(waiting) == [SUPERGROUP]
    assert [delivery.chat_id for delivery in await ledger.claim()] == [SUPERGROUP]


async def test_a_send_answered_with_the_new_id_is_due_there_at_once(ledger: Ledger) -> None:
    await ledger.publish([GROUP])
    (first,) = await ledger.take()
    await ledger.close(first.id, Moved(SUPERGROUP))
    assert await ledger.subscribers.get(GROUP) is None
    assert await ledger.subscribers.get(SUPERGROUP) == reader(SUPERGROUP)
    (again,) = await ledger.claim()
    assert (again.id, again.chat_id, again.attempts) == (first.id, SUPERGROUP, 1)


async def test_a_send_under_way_can_still_be_closed_after_the_move(ledger: Ledger) -> None:
    publication_id = await ledger.publish([GROUP])
    (delivery,) = await ledger.take()
    await ledger.subscribers.move(GROUP, SUPERGROUP)
    await ledger.close(delivery.id, Moved(SUPERGROUP))
    (again,) = await ledger.take()
    assert again.chat_id == SUPERGROUP
    await ledger.close(again.id, Sent(5))
    assert (await ledger.publications.progress(publication_id))[DeliveryState.SENT] == 1


async def test_both_ids_in_one_publication_become_one_delivery(ledger: Ledger) -> None:
    publication_id = await ledger.publish([GROUP, SUPERGROUP])
    old, new = sorted(await ledger.take(), key=lambda delivery: -delivery.chat_id)
    assert old.chat_id == GROUP
    await ledger.close(old.id, Moved(SUPERGROUP))
    assert await ledger.recipients(publication_id) == [SUPERGROUP]
    await ledger.close(new.id, Sent(5))
    assert await ledger.publications.finish(now=NOW) == (publication_id,)


async def test_a_group_that_moves_behind_the_planning_is_not_skipped(ledger: Ledger) -> None:
    await ledger.join([-1002000000000, -1000000000001, GROUP, 7])
    publication_id = await ledger.announce()
    assert await ledger.publications.fill(publication_id, chunk=2, now=NOW) is Filling.MORE
    await ledger.subscribers.move(GROUP, SUPERGROUP)
    await ledger.fill(publication_id, chunk=1)
    assert sorted(await ledger.recipients(publication_id)) == sorted(
        [-1002000000000, -1000000000001, SUPERGROUP, 7]
    )


async def test_a_group_that_moves_ahead_of_the_planning_is_planned_once(ledger: Ledger) -> None:
    await ledger.join([-1002000000000, GROUP, 7])
    publication_id = await ledger.announce()
    assert await ledger.publications.fill(publication_id, chunk=1, now=NOW) is Filling.MORE
    await ledger.subscribers.move(GROUP, SUPERGROUP)
    await ledger.fill(publication_id, chunk=1)
    assert await ledger.recipients(publication_id) == [-1002000000000, SUPERGROUP, 7]
