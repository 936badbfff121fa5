"""Text of unknown make to lxml trees: no entities, no DTDs, no network, and no input that costs minutes."""

import html.entities
import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from bot.errors import UnreadableSource

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

MOST_ATTRIBUTES = 2_000
"""Of one tag. libxml2 takes a time that grows with their square: three minutes for 200,000."""

_SEPARATORS = re.compile(r"[\s/\"']")
_BRACKET_IN_VALUE = re.compile(r"=\s*(?:\"[^\">]*>|'[^'>]*>)")
_NUMBERED = re.compile(r"&#0*(?:(\d{1,7})|[xX]0*([\da-fA-F]{1,6}));?")
_DOCTYPE = re.compile(r"\A(?:\s|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE\b", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<[A-Za-z_]")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml.*?\?>", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#\d{1,7};|#[xX][\da-fA-F]{1,6};|(?P<name>[A-Za-z][A-Za-z\d]{1,31});)?")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_VOID_TAG = re.compile(r"<(br|hr|img|wbr|input)\b([^<>]*?)/?>", re.IGNORECASE)
_CDATA, _CDATA_END = "<![CDATA[", "]]>"


def parse_html(text: str, *, name: str) -> HtmlElement:
    """The tree of an HTML page; raises UnreadableSource, naming ``name``, for what is none."""
    text = _writable(text)
    if "<" not in text:
        raise UnreadableSource("this is no HTML page; expected markup such as <html>", name=name)
    _refuse_many_attributes(text, name)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise UnreadableSource(f"the HTML cannot be parsed: {error}", name=name) from error
    if not isinstance(root, HtmlElement):
        raise UnreadableSource("the HTML page is empty", name=name)
    return root


def _writable(text: str) -> str:
    """``text`` without characters that no text may hold, be they written by their numbers."""
    return _NUMBERED.sub(_allowed, _CONTROLS.sub("", text))


def _allowed(reference: re.Match[str]) -> str:
    code = int(reference[1]) if reference[1] else int(reference[2], 16)
    return "" if code < 0x11_0000 and _CONTROLS.match(chr(code)) else reference[0]


def _refuse_many_attributes(text: str, name: str) -> None:
    """Count attributes without building a tree, wherever so many could stand in one tag."""
    # An attribute needs a separator, and ">" ends a tag unless it stands in a quoted value.
    crowded = any(
        len(stretch) > MOST_ATTRIBUTES and len(_SEPARATORS.findall(stretch)) > MOST_ATTRIBUTES // 2
        for stretch in text.split(">")
    )
    if not crowded and len(_BRACKET_IN_VALUE.findall(text)) <= 10:
        return
    counter = HTMLParser(encoding="utf-8", target=_Attributes())  # type: ignore[call-arg]  # lxml takes it
    try:
        etree.fromstring(text.encode("utf-8", "replace"), counter)
    except _TooManyAttributes:
        cause = f"one of its tags has more than {MOST_ATTRIBUTES} attributes"
        raise UnreadableSource(cause, name=name) from None
    except etree.LxmlError:
        return  # the parser proper says what is wrong


class _TooManyAttributes(Exception):
    pass


class _Attributes:
    """A parser's target that stops it at a tag with too many attributes."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - the parser's own call
        if len(attributes) > MOST_ATTRIBUTES:
            raise _TooManyAttributes

    def close(self) -> None:
        return None


def parse_xml(text: str, *, name: str) -> etree._Element:
    """The tree of an XML document, mended where it is not well-formed.

    Bare ampersands, HTML's named entities, unclosed and wrongly nested tags are put right. Raises
    UnreadableSource, naming ``name``, for entities of the document's own and for what is no XML.
    """
    _refuse_entities(text, name)
    text = _XML_DECLARATION.sub("", _writable(text), count=1)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), _xml_parser(recover=False))
    except etree.LxmlError:
        pass
    try:
        root = etree.fromstring(_mended(text).encode("utf-8", "replace"), _xml_parser(recover=True))
    except etree.LxmlError as error:
        raise UnreadableSource(f"the XML cannot be parsed: {error}", name=name) from error
    if root is None:
        raise UnreadableSource("there is no XML in it", name=name)
    return root


def local_name(element: etree._Element) -> str:
    """An element's name in small letters, without its namespace, be that declared or not."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _xml_parser(*, recover: bool) -> etree.XMLParser[etree._Element]:
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )


def _refuse_entities(text: str, name: str) -> None:
    doctype = _DOCTYPE.match(text)
    if doctype is None:
        return
    # What declares entities says so before the first element, even in a prolog that is broken.
    root = _ROOT.search(text, doctype.end())
    if "<!ENTITY" in text[doctype.end() : root.start() if root else None].upper():
        cause = "it declares XML entities of its own, which are refused, as they can blow up or read files"
        raise UnreadableSource(cause, name=name)


def _mended(text: str) -> str:
    """``text`` with HTML's entities, bare ampersands and empty tags written as XML has them."""
    pieces: list[str] = []
    at = 0
    while (start := text.find(_CDATA, at)) >= 0 and (end := text.find(_CDATA_END, start)) >= 0:
        pieces += (_mended_markup(text[at:start]), text[start : end + len(_CDATA_END)])
        at = end + len(_CDATA_END)
    return "".join((*pieces, _mended_markup(text[at:])))


def _mended_markup(text: str) -> str:
    return _VOID_TAG.sub(r"<\1\2/>", _REFERENCE.sub(_as_xml, text))


def _as_xml(found: re.Match[str]) -> str:
    name = found["name"]
    if found[0] == "&":
        return "&amp;"
    if name is None or name in _XML_NAMES:
        return found[0]
    meant = html.entities.html5.get(f"{name};")
    return meant if meant and meant not in "<>&" else f"&amp;{name};"
