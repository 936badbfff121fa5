import asyncio

from bot.simulator.events import BACKLOG, Events


async def test_nothing_is_made_for_nobody() -> None:
    def content() -> dict[str, object]:
        raise AssertionError("nobody listens")

    Events().publish("message", content)


async def test_every_listener_gets_every_event_in_order() -> None:
    events = Events()
    with events.listen() as first, events.listen() as second:
        events.publish("a", lambda: {"teks": "é\n"})
        events.publish("b", dict)
        for listener in (first, second):
            assert await listener.get() == 'event: a\ndata: {"teks": "é\\n"}\n\n'.encode()
            assert await listener.get() == b"event: b\ndata: {}\n\n"


async def test_a_listener_that_falls_behind_is_cut_off() -> None:
    events = Events()
    with events.listen() as listener:
        for _ in range(BACKLOG + 2):
            events.publish("a", dict)
        frames = [listener.get_nowait() for _ in range(listener.qsize())]
    assert frames[-1] is None
    assert len(frames) == BACKLOG


async def test_closing_ends_all_listening() -> None:
    events = Events()
    with events.listen() as listener:
        events.close()
        assert await asyncio.wait_for(listener.get(), 1) is None
