"""OPML, in which programs that read feeds hand them to each other: in and out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from bot.errors import UnreadableSource
from bot.sources.addresses import absolute
from bot.sources.document import Document
from bot.sources.plain import one_line, short_text
from bot.sources.trees import local_name, parse_xml


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of an OPML file; ``folders`` are the outlines that it stands in, outermost first."""

    address: str
    title: str | None = None
    page: str | None = None
    folders: tuple[str, ...] = ()


def read_opml(document: Document) -> tuple[Outline, ...]:
    """The feeds of an OPML file, each address once; raises UnreadableSource."""
    tree = parse_xml(document.text(), name=document.address)
    body = next((part for part in tree if local_name(part) == "body"), None)
    if local_name(tree) != "opml" or body is None:
        raise UnreadableSource("this is no OPML; expected <opml> with a <body>", name=document.address)
    outlines: dict[str, Outline] = {}
    for outline in _outlines(body, document.address):
        outlines.setdefault(outline.address, outline)
    return tuple(outlines.values())


def _outlines(body: etree._Element, base: str) -> Iterator[Outline]:
    """Depth first, in the file's order, without recursion: a file may be nested as deeply as it likes."""
    waiting: list[tuple[etree._Element, tuple[str, ...]]] = [(part, ()) for part in reversed(body)]
    while waiting:
        part, folders = waiting.pop()
        said = {name.lower(): value for name, value in part.attrib.items()}
        title = short_text(said.get("title")) or short_text(said.get("text"))
        address = absolute(base, said.get("xmlurl"))
        if address is not None:
            yield Outline(address, title, absolute(base, said.get("htmlurl")), folders)
        inside = (*folders, title) if title and address is None else folders
        waiting += [(child, inside) for child in reversed(part)]


def write_opml(outlines: Iterable[Outline], *, title: str) -> bytes:
    """An OPML 2.0 file of ``outlines``, in UTF-8, in their order within their folders."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = one_line(title)
    body = etree.SubElement(root, "body")
    folders: dict[tuple[str, ...], etree._Element] = {(): body}
    for outline in outlines:
        for depth in range(1, len(outline.folders) + 1):
            path = outline.folders[:depth]
            if path not in folders:
                folders[path] = etree.SubElement(folders[path[:-1]], "outline", text=one_line(path[-1]))
        name = one_line(outline.title or outline.address)
        said = {"type": "rss", "text": name, "title": name, "xmlUrl": outline.address}
        if outline.page:
            said["htmlUrl"] = outline.page
        etree.SubElement(folders[outline.folders], "outline", said)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
