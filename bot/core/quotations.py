"""Somebody's words between quotation marks, verbatim: which marks hold speech, and which only a title or a slogan."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.article import Quotation
from bot.core.marks import Quoted, find_quoted
from bot.core.people import Mention, People, find_people
from bot.core.speakers import NOBODY, Speaker, known, read_attribution
from bot.core.speech import ENDS_WITH_LEAD, PRONOUN_SAYS, SAID_AFTER_QUOTATION, SAYS_NAME, VERB_AFTER_SUBJECT

_SENTENCE_STOP = re.compile(r"[.!?](?=\s+[^\W_a-z]|\s+[“\"]|\s*$)")
_EDGES = " ,"
_PAUSE = re.compile(r"[,?!.…]\s?$")
_OUTER_PAUSE = re.compile(r"\s?[,?!.]")
_STARTS = re.compile(r"(?:^|[.!?:,…”\"—–-]\s*|\b(?:bahwa|dan)\s)$")
_PARTED = re.compile(r"[^.!?“”\"]{3,160},\s?")
_FEW_WORDS = 4


@dataclass(slots=True)
class _Found:
    """A quotation in the making: its pieces, where the last one ends, and what is known of its speaker."""

    pieces: list[str]
    paragraph: int
    speaker: Speaker
    cue: str | None


def find_quotations(paragraphs: Sequence[str]) -> tuple[Quotation, ...]:
    """The quotations of an article in order, each with the person who said it where the article tells."""
    quoted = [find_quoted(paragraph) for paragraph in paragraphs]
    if not any(quoted):
        return ()
    reader = _Reader(paragraphs, find_people(paragraphs))
    for number, stretches in enumerate(quoted):
        reader.read(number, stretches)
    return tuple(
        Quotation(
            " ".join(found.pieces),
            " ".join(found.speaker.words) if found.speaker.words else None,
            found.speaker.role,
            found.cue,
            found.paragraph,
        )
        for found in reader.found
    )


class _Reader:
    """Goes through the article once, keeping in mind whom the text is about."""

    def __init__(self, paragraphs: Sequence[str], people: People) -> None:
        self.paragraphs = paragraphs
        self.people = people
        self.found: list[_Found] = []
        self.focus: tuple[str, ...] | None = None
        self._mentions: dict[int, list[Mention]] = {}
        for mention in people.mentions:
            self._mentions.setdefault(mention.paragraph, []).append(mention)

    def read(self, number: int, stretches: tuple[Quoted, ...]) -> None:
        text = self.paragraphs[number]
        at = 0
        last: _Found | None = None
        for quoted in stretches:
            self._listen(number, at, quoted.outer)
            last = self._take(text, number, at, quoted, last) or last
            at = quoted.after
        self._listen(number, at, len(text))

    def _listen(self, number: int, start: int, end: int) -> None:
        """Note who speaks or is spoken of in the text outside of quotations."""
        text = self.paragraphs[number]
        for mention in self._mentions.get(number, ()):
            if start <= mention.start < end and _speaks(text, mention):
                self.focus = self.people.full_name(mention.words, number)

    def _take(self, text: str, number: int, at: int, quoted: Quoted, last: _Found | None) -> _Found | None:
        words = text[quoted.start : quoted.end].strip(_EDGES)
        if not words:
            return None
        between = text[at : quoted.outer]
        if (
            last
            and _PARTED.fullmatch(between)
            and text[at - 2 : at - 1] in {",", "”", '"'} | {text[at - 2 : at - 1]}
            and last.cue
            and (words[:1].islower() or between.rstrip().endswith(","))
        ):
            last.pieces[-1] = text[self._last_start : self._last_end].strip()
            last.pieces.append(words)
            return last
        speaker_cue = self._attributed(text, number, at, quoted, words, last)
        if speaker_cue is None:
            return None
        speaker, cue = speaker_cue
        if speaker.words:
            self.focus = speaker.words
        self._last_start, self._last_end = quoted.start, quoted.end
        found = _Found([words], number, speaker, cue)
        self.found.append(found)
        return found

    def _attributed(
        self, text: str, number: int, at: int, quoted: Quoted, words: str, last: _Found | None
    ) -> tuple[Speaker, str | None] | None:
        before = text[at : quoted.outer]
        short = words.count(" ") < _FEW_WORDS - 1
        begins = at == quoted.outer or _STARTS.search(before) is not None
        paused = (
            _PAUSE.search(text, quoted.start, quoted.end) is not None
            or _OUTER_PAUSE.match(text, quoted.after) is not None
        )
        cue = SAID_AFTER_QUOTATION.match(text, quoted.after)
        if cue and (paused or (begins and not short)):
            return self._after(text, number, cue)
        if paused or begins:
            if lead := self._lead(text, number, at, quoted, words):
                return lead
        if begins and text[quoted.end - 1 : quoted.end] == ",":
            if behind := self._behind(text, number, quoted.after):
                return behind
        whole = not text[: quoted.outer].strip() and not text[quoted.after :].strip(
            " .!?,[]ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        )
        if whole and not short:
            return (last.speaker if last else NOBODY), None
        if (
            last
            and begins
            and not short
            and before.rstrip().endswith(".")
            and text[quoted.after :].strip(" .") == ""
        ):
            return last.speaker, None
        return None

    def _after(self, text: str, number: int, cue: re.Match[str]) -> tuple[Speaker, str]:
        printed = cue["cue"]
        if text.startswith(" peringatan", cue.end()):
            printed += " peringatan"
        stop = _SENTENCE_STOP.search(text, cue.end())
        end = stop.start() if stop else len(text)
        if cue["suffix"]:
            return known(self.focus, self.people), printed
        return read_attribution(text, cue.end(), end, number, self.people, self.focus), printed

    def _behind(self, text: str, number: int, start: int) -> tuple[Speaker, str | None] | None:
        """The subject after a quotation: `"...," Budi Santoso menambahkan.`"""
        for mention in self._mentions.get(number, ()):
            if mention.start >= start and not re.search(r"[.!?,]", text[start + 1 : mention.start]):
                verb = VERB_AFTER_SUBJECT.match(text, mention.end)
                return known(self.people.full_name(mention.words, number), self.people), verb[
                    "cue"
                ] if verb else None
        return None

    def _lead(
        self, text: str, number: int, at: int, quoted: Quoted, words: str
    ) -> tuple[Speaker, str | None] | None:
        sentence = at
        for stop in _SENTENCE_STOP.finditer(text, at, quoted.outer):
            sentence = stop.end()
        lead = text[sentence : quoted.outer]
        if not lead.rstrip().endswith((",", ":")):
            return None
        cues = list(ENDS_WITH_LEAD.finditer(lead))
        if not cues:
            return None
        cue = cues[-1]
        if cue["suffix"]:
            return known(self.focus, self.people), cue["cue"]
        if cue["stem"]:
            end = quoted.outer - 1
            return read_attribution(text, sentence + cue.end(), end, number, self.people, self.focus), cue[
                "cue"
            ]
        subject = [m for m in self._mentions.get(number, ()) if sentence <= m.start < sentence + cue.start()]
        if subject:
            return known(self.people.full_name(subject[-1].words, number), self.people), cue["cue"]
        if PRONOUN_SAYS.match(lead):
            return known(self.focus, self.people), cue["cue"]
        return NOBODY, cue["cue"]


def _speaks(text: str, mention: Mention) -> bool:
    if VERB_AFTER_SUBJECT.match(text, mention.end):
        return True
    return SAYS_NAME.search(text[max(0, mention.start - 100) : mention.start]) is not None
