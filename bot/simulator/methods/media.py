"""Methods that send photos, documents and other files, one at a time or as an album."""

from collections.abc import Iterable

from bot.simulator.errors import BadRequest, within
from bot.simulator.fields import (
    Arguments,
    JsonObject,
    as_object,
    optional_flag,
    optional_integer,
    optional_text,
    required_text,
)
from bot.simulator.media import Media, MediaKind, StoredFile
from bot.simulator.methods.query import Query
from bot.simulator.methods.sending import Content, check_all, find_place, post, shown
from bot.simulator.methods.texts import accepted_caption, caption_of, read_caption
from bot.simulator.uploads import Upload

MAX_ALBUM = 10
"""Messages of one album."""

_ATTACHED = "attach://"
_MAX_SECONDS = 24 * 60 * 60
_MAX_PIXELS = 10_000
_NUMBERS = {
    MediaKind.VIDEO: ("width", "height", "duration"),
    MediaKind.ANIMATION: ("width", "height", "duration"),
    MediaKind.AUDIO: ("duration",),
    MediaKind.VOICE: ("duration",),
}
_TEXTS = {MediaKind.AUDIO: ("performer", "title")}
_WITH_PICTURE = frozenset({MediaKind.PHOTO, MediaKind.VIDEO, MediaKind.ANIMATION})
_IN_ALBUMS = frozenset({MediaKind.PHOTO, MediaKind.VIDEO, MediaKind.AUDIO, MediaKind.DOCUMENT})
_INPUT_KINDS = frozenset(MediaKind) - {MediaKind.VOICE}
# These are sent in albums of their own kind alone.
_APART = (MediaKind.DOCUMENT, MediaKind.AUDIO)


def send_photo(query: Query) -> object:
    """SendPhoto: a photo with a caption into a chat."""
    return _send(query, MediaKind.PHOTO)


def send_document(query: Query) -> object:
    """SendDocument: a file of any type with a caption into a chat."""
    return _send(query, MediaKind.DOCUMENT)


def send_video(query: Query) -> object:
    """SendVideo: a video, of the length and size that the call says."""
    return _send(query, MediaKind.VIDEO)


def send_animation(query: Query) -> object:
    """SendAnimation: a video without sound, of the length and size that the call says."""
    return _send(query, MediaKind.ANIMATION)


def send_audio(query: Query) -> object:
    """SendAudio: a piece of music, of the title and performer that the call says."""
    return _send(query, MediaKind.AUDIO)


def send_voice(query: Query) -> object:
    """SendVoice: a voice message, of the length that the call says."""
    return _send(query, MediaKind.VOICE)


def _send(query: Query, kind: MediaKind) -> object:
    arguments = query.arguments
    source = _source(arguments, arguments.text(kind.value), kind.value)
    if source is None:
        raise BadRequest(f"There is no {kind.value} in the request")
    caption = read_caption(arguments)
    details = _details(
        kind, {name: arguments.integer(name) for name in _NUMBERS.get(kind, ())}, arguments.values
    )
    place = find_place(query)
    media = Media(
        keep_file(query, kind, source),
        details,
        is_caption_above=kind in _WITH_PICTURE and arguments.boolean("show_caption_above_media"),
        has_spoiler=kind in _WITH_PICTURE and arguments.boolean("has_spoiler"),
    )
    return shown(query, post(query, place, Content(accepted_caption(caption), media)))


def send_media_group(query: Query) -> object:
    """SendMediaGroup: up to MAX_ALBUM photos and videos, documents or audio files that belong together."""
    inputs = _read_inputs(query)
    place = find_place(query, with_markup=False)
    contents = [one.content(query) for one in inputs]
    _check_album([content.media for content in contents if content.media])
    check_all(query, place, contents)
    album = query.simulator.next_album_id() if len(contents) > 1 else None
    return [shown(query, post(query, place, Content(one.text, one.media, album=album))) for one in contents]


class InputMedia:
    """An InputMedia that a call brings: read, but its file not yet kept."""

    def __init__(self, query: Query, value: object, *, for_album: bool) -> None:
        fields = as_object(value, "expected an Object")
        self.caption = caption_of(fields)
        is_above = optional_flag(fields, "show_caption_above_media")
        has_spoiler = optional_flag(fields, "has_spoiler")
        source = _source(query.arguments, optional_text(fields, "media"))
        if source is None:
            raise BadRequest("media not found")
        self.source = source
        self.kind = _input_kind(required_text(fields, "type"), for_album=for_album)
        self.is_caption_above = is_above and self.kind in _WITH_PICTURE
        self.has_spoiler = has_spoiler and self.kind in _WITH_PICTURE
        numbers = {name: optional_integer(fields, name) for name in _NUMBERS.get(self.kind, ())}
        self.details = _details(
            self.kind, numbers, {name: optional_text(fields, name) for name in _TEXTS.get(self.kind, ())}
        )

    def content(self, query: Query) -> Content:
        """The media with its file kept, and its caption checked for length."""
        file = keep_file(query, self.kind, self.source)
        media = Media(
            file, self.details, is_caption_above=self.is_caption_above, has_spoiler=self.has_spoiler
        )
        return Content(accepted_caption(self.caption), media)


def read_input(query: Query) -> InputMedia:
    """The argument media of a call that changes one message."""
    if not query.arguments.text("media"):
        raise BadRequest('Parameter "media" is required')
    value = query.arguments.json("media", "Can't parse input media JSON object")
    with within("Can't parse InputMedia"):
        return InputMedia(query, value, for_album=False)


def keep_file(query: Query, kind: MediaKind, source: Upload | str) -> StoredFile:
    """The file of an upload, an address or a file_id."""
    files = query.simulator.files
    if isinstance(source, Upload):
        return files.add_upload(kind, source)
    if not files.known(source) and "." in source:
        return files.add_address(kind, source)
    return files.find(source, kind)


def _source(arguments: Arguments, text: str, name: str = "") -> Upload | str | None:
    """What a call gives for a file: an upload by ``attach://``, an id or address, or the part ``name``."""
    if text.startswith(_ATTACHED):
        name = text.removeprefix(_ATTACHED)
    elif text:
        return text
    return arguments.files.get(name)


def _details(kind: MediaKind, numbers: dict[str, int], texts: dict[str, str]) -> JsonObject:
    """What the sender says of a file; numbers are brought into the range that Telegram allows."""
    details: JsonObject = {
        name: min(max(number, 0), _MAX_SECONDS if name == "duration" else _MAX_PIXELS)
        for name, number in numbers.items()
    }
    return details | {name: texts[name] for name in _TEXTS.get(kind, ()) if texts.get(name)}


def _input_kind(kind: str, *, for_album: bool) -> MediaKind:
    if kind not in _INPUT_KINDS:
        raise BadRequest(f'type "{kind}" is unsupported')
    if for_album and kind not in _IN_ALBUMS:
        raise BadRequest(f'type "{kind}" can\'t be used in sendMediaGroup')
    return MediaKind(kind)


def _read_inputs(query: Query) -> list[InputMedia]:
    if not query.arguments.text("media"):
        raise BadRequest('Parameter "media" is required')
    value = query.arguments.json("media", "Can't parse media JSON object")
    if not isinstance(value, list):
        raise BadRequest("Expected an Array of InputMedia")
    with within("Can't parse InputMedia"):
        inputs = [InputMedia(query, one, for_album=True) for one in value]
    if not inputs:
        raise BadRequest("There are no messages to send")
    if len(inputs) > MAX_ALBUM:
        raise BadRequest("Too many messages to send as an album")
    return inputs


def _check_album(media: Iterable[Media]) -> None:
    media = list(media)
    kinds = {one.kind for one in media}
    for kind in _APART:
        if kind in kinds and len(kinds) > 1:
            raise BadRequest(f"{kind.capitalize()} can't be mixed with other media types")
    if len({one.is_caption_above for one in media}) > 1:
        raise BadRequest("Parameter show_caption_above_media must be the same for all messages")
