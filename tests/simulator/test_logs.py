import logging

import pytest
from aiohttp.http_exceptions import BadHttpMessage

from bot.simulator.logs import server_log


def test_the_bytes_of_a_broken_request_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        server_log.error("no request from %s", "127.0.0.1", exc_info=BadHttpMessage("GET /bot1:rahasia/x"))
    assert "no request from 127.0.0.1: BadHttpMessage" in caplog.text
    assert "rahasia" not in caplog.text


def test_other_faults_are_logged_with_their_traceback(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        server_log.error("failed", exc_info=ValueError("sebab"))
    assert "ValueError: sebab" in caplog.text
