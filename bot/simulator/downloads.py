"""Files over HTTP: what getFile promised to a bot, and what the page shows of uploads."""

from pathlib import Path

from aiohttp import web

from bot.simulator.control_request import guarded
from bot.simulator.errors import ControlRefusal, Refusal
from bot.simulator.files import MAX_DOWNLOAD
from bot.simulator.images import image_type
from bot.simulator.media import StoredFile
from bot.simulator.simulator import Simulator
from bot.simulator.wire import refusal

_PLAYED = ("audio/", "video/")
_HEADERS = {
    "Cache-Control": "no-cache",
    # A bot may send any file: whatever it holds, it must not act for the page.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def add_downloads(app: web.Application, simulator: Simulator, host: str) -> None:
    """Puts ``/file/bot<token>/<path>`` for bots and ``/sim/files/<id>`` for the page into ``app``."""
    downloads = _Downloads(simulator)
    app.router.add_get("/file/bot{token:[^/]*}/{path:.*}", downloads.for_bot)
    app.router.add_get("/sim/files/{unique_id}", guarded(downloads.for_page, host))


class _Downloads:
    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator

    async def for_bot(self, request: web.Request) -> web.StreamResponse:
        bot = self.simulator.bot_of(request.match_info["token"])
        if bot is None:
            return _refused(Refusal(401, "Unauthorized"))
        file = self.simulator.files.at_path(request.match_info["path"])
        if file is None or file.content is None or file.size > MAX_DOWNLOAD:
            return _refused(Refusal(404, "Not Found"))
        return _sent(file, "application/octet-stream")

    async def for_page(self, request: web.Request) -> web.StreamResponse:
        unique_id = request.match_info["unique_id"]
        file = self.simulator.files.of_unique_id(unique_id)
        if file is None or file.content is None:
            raise ControlRefusal(404, f"there is no file {unique_id!r}")
        media_type = image_type(_head(file.content)) or (
            file.mime_type if file.mime_type.startswith(_PLAYED) else None
        )
        return _sent(file, media_type or "application/octet-stream")


def _head(content: bytes | Path) -> bytes:
    if isinstance(content, bytes):
        return content[:16]
    with content.open("rb") as opened:
        return opened.read(16)


def _refused(refused: Refusal) -> web.Response:
    return web.Response(body=refusal(refused), status=refused.code, content_type="application/json")


def _sent(file: StoredFile, media_type: str) -> web.StreamResponse:
    headers = _HEADERS | {"Content-Type": media_type}
    if media_type == "application/octet-stream":
        headers["Content-Disposition"] = "attachment"
    if isinstance(file.content, Path):
        return web.FileResponse(file.content, headers=headers)
    return web.Response(body=file.content, headers=headers)
