"""A call on the wire: the arguments out of a request in any form that Telegram takes, the answer as JSON."""

import json
import zlib
from typing import cast
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, http_exceptions, web

from bot.simulator.errors import BadRequest, Refusal
from bot.simulator.fields import JsonObject, parse_json
from bot.simulator.uploads import Upload

MAX_BODY = 16 * 1024 * 1024
"""Bytes of a request that are read, its files aside."""

MAX_UPLOADS = 50 * 1024 * 1024
"""Bytes of all files of a request."""

BROKEN_OFF = (ConnectionError, web.RequestPayloadError)
"""What reading a body raises when the client goes away in the middle or packs it wrongly."""

_MAX_ARGUMENTS = 1000
_CHUNK = 2**16


async def read_arguments(request: web.Request, files: dict[str, Upload]) -> dict[str, str]:
    """The arguments of a request by name: from the address first, then from a form, JSON or multipart body.

    What is no text in a JSON body is kept as its JSON (true, 5, [..]). Uploads are put into ``files``, which
    the caller closes, also when the request is refused.
    """
    values: dict[str, str] = {}
    if sent := request.rel_url.raw_query_string:
        values = _form(sent.encode())
    if not request.can_read_body:
        return values
    try:
        body = await _body(request, files)
    except web.HTTPRequestEntityTooLarge as error:
        raise Refusal(413, "Request Entity Too Large") from error
    except BROKEN_OFF as error:
        raise BadRequest("the request is broken off or cannot be unpacked") from error
    return body | values


async def _body(request: web.Request, files: dict[str, Upload]) -> dict[str, str]:
    match request.content_type:
        case "application/json":
            return _json(await request.read())
        case "application/x-www-form-urlencoded":
            return _form(await request.read())
        case "multipart/form-data":
            return await _multipart(request, files)
        case _:
            await request.read()
            return {}


def arguments_in(content_type: str, body: bytes) -> dict[str, str]:
    """The arguments in the answer of a webhook: a form or JSON; none in anything else."""
    match content_type:
        case "application/json":
            return _json(body)
        case "application/x-www-form-urlencoded":
            return _form(body)
        case _:
            return {}


def _form(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MAX_ARGUMENTS
        )
    except UnicodeDecodeError as error:
        raise BadRequest("strings must be encoded in UTF-8") from error
    except ValueError as error:
        raise BadRequest("too many parameters") from error
    values: dict[str, str] = {}
    for name, value in pairs:
        values.setdefault(name, value)
    return values


def _json(body: bytes) -> dict[str, str]:
    if not body:
        return {}
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise BadRequest("strings must be encoded in UTF-8") from error
    try:
        value = parse_json(text)
    except ValueError as error:
        raise BadRequest(f"can't parse JSON object: {error}") from error
    if not isinstance(value, dict):
        raise BadRequest("JSON object expected")
    return {name: _argument(held) for name, held in cast("JsonObject", value).items()}


def _argument(value: object) -> str:
    if type(value) is int:
        return str(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadRequest("strings must be encoded in UTF-8") from error
    return text


async def _multipart(request: web.Request, files: dict[str, Upload]) -> dict[str, str]:
    values: dict[str, str] = {}
    left = MAX_BODY
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise BadRequest("can't parse multipart/form-data: parts of parts")
            if len(values) + len(files) >= _MAX_ARGUMENTS:
                raise BadRequest("too many parameters")
            if part.filename is not None:
                await _file(part, files)
                continue
            content = await _part(part, left)
            left -= len(content)
            if part.name:
                values.setdefault(part.name, content.decode())
    except UnicodeDecodeError as error:
        raise BadRequest("strings must be encoded in UTF-8") from error
    except (ValueError, RuntimeError, zlib.error, http_exceptions.HttpProcessingError) as error:
        raise BadRequest(f"can't parse multipart/form-data: {error}") from error
    return values


async def _file(part: BodyPartReader, files: dict[str, Upload]) -> None:
    """Takes in a file; of two by one name the first is kept, as with other arguments."""
    upload = Upload(part.filename or "", part.headers.get("Content-Type", ""))
    before = sum(file.size for file in files.values())
    kept = part.name is not None and files.setdefault(part.name, upload) is upload
    try:
        while chunk := await part.read_chunk(_CHUNK):
            upload.add(part.decode(bytes(chunk)))
            if before + upload.size > MAX_UPLOADS:
                raise Refusal(413, "Request Entity Too Large")
    finally:
        if not kept:
            upload.close()


async def _part(part: BodyPartReader, limit: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk():
        content += chunk
        if len(content) > limit:
            raise Refusal(413, "Request Entity Too Large")
    return bytes(part.decode(content))


def answer(result: object, description: str | None = None) -> bytes:
    """The body of a call that went well."""
    body: JsonObject = {"ok": True, "result": result}
    if description is not None:
        body["description"] = description
    return _dumped(body)


def refusal(refused: Refusal) -> bytes:
    """The body of a refused call."""
    body: JsonObject = {"ok": False, "error_code": refused.code, "description": refused.description}
    if refused.parameters is not None:
        body["parameters"] = refused.parameters
    return _dumped(body)


def _dumped(body: JsonObject) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
