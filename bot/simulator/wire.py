"""A call on the wire: the arguments out of a request in any form that Telegram takes, the answer as JSON."""

import json
from typing import cast
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from bot.simulator.errors import BadRequest, Refusal
from bot.simulator.fields import JsonObject, parse_json

MAX_BODY = 16 * 1024 * 1024
"""Bytes of a request that are read."""

BROKEN_OFF = (ConnectionError, web.RequestPayloadError)
"""What reading a body raises when the client goes away in the middle or packs it wrongly."""

_MAX_ARGUMENTS = 1000


async def read_arguments(request: web.Request) -> dict[str, str]:
    """The arguments of a request by name: from the address first, then from a form, JSON or multipart body.

    What is no text in a JSON body is kept as its JSON (true, 5, [..]). Uploaded files are left out.
    """
    values: dict[str, str] = {}
    if sent := request.rel_url.raw_query_string:
        values = _form(sent.encode())
    if not request.can_read_body:
        return values
    try:
        body = await _body(request)
    except web.HTTPRequestEntityTooLarge as error:
        raise Refusal(413, "Request Entity Too Large") from error
    except BROKEN_OFF as error:
        raise BadRequest("the request is broken off or cannot be unpacked") from error
    return body | values


async def _body(request: web.Request) -> dict[str, str]:
    match request.content_type:
        case "application/json":
            return _json(await request.read())
        case "application/x-www-form-urlencoded":
            return _form(await request.read())
        case "multipart/form-data":
            return await _multipart(request)
        case _:
            await request.read()
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
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadRequest("strings must be encoded in UTF-8") from error
    return text


async def _multipart(request: web.Request) -> dict[str, str]:
    values: dict[str, str] = {}
    left = MAX_BODY
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise BadRequest("can't parse multipart/form-data: parts of parts")
            content = await _part(part, left)
            left -= len(content)
            if len(values) >= _MAX_ARGUMENTS:
                raise BadRequest("too many parameters")
            if part.name and part.filename is None:
                values.setdefault(part.name, content.decode())
    except UnicodeDecodeError as error:
        raise BadRequest("strings must be encoded in UTF-8") from error
    except ValueError as error:
        raise BadRequest(f"can't parse multipart/form-data: {error}") from error
    return values


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
