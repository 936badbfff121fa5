"""Somebody's words between quotation marks, verbatim: which marks hold speech, and which only a title or a slogan."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.article import Quotation
from bot.core.marks import Quoted, find_quoted
from bot.core.people import Mention, People, find_people, says_before
from bot.core.speakers import NOBODY, Speaker, known, read_attribution
from bot.core.speech import ENDS_WITH_LEAD, PRONOUN_SAYS, SAID_AFTER_QUOTATION, VERB_AFTER_SUBJECT

_SENTENCE_STOP = re.compile(r"[.!?](?=\s+[^\W_a-z]|\s+[“\"]|\s*$)")
_EDGES = " ,"
_PAUSES_INSIDE = (",", "?", "!", ".", "…")
_PAUSE_AFTER = re.compile(r"\s?[,?!.]")
_BEGINS_AFTER = re.compile(r"(?:[.!?:,…”\"—–-]\s*|\bbahwa\s)$")
_PARTED = re.compile(r"[^.!?:“”\"]{3,160},\s?")
_CLAUSE_END = re.compile(r"[.!?,]")
_SENTENCE_START = re.compile(r"(?:^|[.!?”\"–—-]\s+)(?:[A-Z][a-z]+(?: [a-z]+){0,3},? )?$")
_FEW_WORDS = 4
_MOST_PARAGRAPHS = 8


@dataclass(slots=True)
class _Heard:
    """A quotation in the making: its pieces as printed and who is known to have said it."""

    paragraph: int
    pieces: list[str]
    speaker: Speaker
    cue: str | None

    def finished(self) -> Quotation:
        name = " ".join(self.speaker.words) if self.speaker.words else None
        text = "".join(self.pieces).strip(_EDGES)
        return Quotation(text, name, self.speaker.role, self.cue, self.paragraph)


def find_quotations(paragraphs: Sequence[str]) -> tuple[Quotation, ...]:
    """The quotations of an article in order, each with the person who said it where the article tells.

    One that its attribution parts (`"...," kata X, "..."`) is one quotation, its pieces joined by a space; one
    over several paragraphs is one, joined by line breaks, and counts to the paragraph where it begins.
    """
    quoted = [find_quoted(paragraph) for paragraph in paragraphs]
    if not any(quoted):
        return ()
    reader = _Reader(paragraphs, find_people(paragraphs))
    for number, stretches in enumerate(quoted):
        reader.read(number, stretches)
    reader.close()
    return tuple(heard.finished() for heard in reader.heard)


class _Reader:
    """Goes through an article once, keeping in mind whom the text is about."""

    def __init__(self, paragraphs: Sequence[str], people: People) -> None:
        self.heard: list[_Heard] = []
        self._paragraphs = paragraphs
        self._people = people
        self._focus: tuple[str, ...] | None = None
        self._running: list[str] = []
        self._running_from = 0

    def read(self, number: int, stretches: tuple[Quoted, ...]) -> None:
        """Take one paragraph with its quoted stretches."""
        text = self._paragraphs[number]
        if self._running and not (stretches and stretches[0].outer == 0):
            self.close()
        at = 0
        last: _Heard | None = None
        for quoted in stretches:
            self._listen(number, at, quoted.outer)
            last = self._take(number, at, quoted, last) or last
            at = quoted.after
        self._listen(number, at, len(text))

    def close(self) -> None:
        """End a quotation whose closing mark never came."""
        if self._running:
            pieces, self._running = self._running, []
            if len(pieces) > 1 or pieces[0].count(" ") >= _FEW_WORDS:
                self.heard.append(_Heard(self._running_from, ["\n".join(pieces)], NOBODY, None))

    def _listen(self, number: int, start: int, end: int) -> None:
        """Note who says something in the text outside of quotations."""
        text = self._paragraphs[number]
        for mention in self._people.in_paragraph.get(number, ()):
            if start <= mention.start < end and (self._says(text, mention) or self._begins(text, mention)):
                self._focus = self._people.full_name(mention.words, number)

    def _says(self, text: str, mention: Mention) -> bool:
        if VERB_AFTER_SUBJECT.match(text, mention.end) or says_before(text, mention.start):
            return True
        role = self._people.role_at(mention)
        return role is not None and says_before(text, text.rfind(role, 0, mention.start))

    def _begins(self, text: str, mention: Mention) -> bool:
        """Whether a person is what a sentence begins with, and so is about."""
        role = self._people.role_at(mention)
        start = mention.start
        if role and (printed := text.rfind(role, max(0, start - len(role) - 40), start)) >= 0:
            start = printed
        return bool(_SENTENCE_START.search(text[max(0, start - 60) : start])) and self._people.is_person(
            mention
        )

    def _take(self, number: int, at: int, quoted: Quoted, last: _Heard | None) -> _Heard | None:
        text = self._paragraphs[number]
        printed = text[quoted.start : quoted.end].strip()
        if not printed.strip(_EDGES):
            return None
        if (
            quoted.outer == 0
            and not quoted.closed
            and quoted.after == len(text)
            and len(self._running) < _MOST_PARAGRAPHS
        ):
            self._running_from = self._running_from if self._running else number
            self._running.append(printed)
            return None
        if (
            last
            and last.cue
            and (_PARTED.fullmatch(text, at, quoted.outer) or printed[0].islower())
            and self._joins(text, at, quoted)
        ):
            last.pieces += [" ", printed]
            return last
        attributed = self._attribute(number, at, quoted, last)
        pieces, self._running = self._running, []
        if attributed is None and not pieces:
            return None
        speaker, cue = attributed or (NOBODY, None)
        self._focus = speaker.words or self._focus
        heard = _Heard(
            self._running_from if pieces else number, ["\n".join([*pieces, printed])], speaker, cue
        )
        self.heard.append(heard)
        return heard

    def _joins(self, text: str, at: int, quoted: Quoted) -> bool:
        """Whether only an attribution stands between the last quotation and this one."""
        return SAID_AFTER_QUOTATION.match(text, at) is not None and not _SENTENCE_STOP.search(
            text, at, quoted.outer - 1
        )

    def _attribute(
        self, number: int, at: int, quoted: Quoted, last: _Heard | None
    ) -> tuple[Speaker, str | None] | None:
        """Who said it, in which words of saying; None when nothing shows that anybody said it."""
        text = self._paragraphs[number]
        inside = text[quoted.start : quoted.end].rstrip()
        few = inside.count(" ") < _FEW_WORDS - 1
        begins = (
            at == quoted.outer
            or not text[at : quoted.outer].strip()
            or bool(_BEGINS_AFTER.search(text[at : quoted.outer]))
        )
        pauses = inside.endswith(_PAUSES_INSIDE) or bool(_PAUSE_AFTER.match(text, quoted.after))
        cue = SAID_AFTER_QUOTATION.match(text, quoted.after)
        if cue and (pauses or (begins and not few)):
            return self._read_after(number, cue)
        if begins and (pauses or not few) and (lead := self._read_lead(number, at, quoted)):
            return lead
        if begins and inside.endswith(",") and (behind := self._read_behind(number, quoted.after)):
            return behind
        if few or not begins or text[quoted.after :].strip(" .!?,"):
            return None
        if not text[: quoted.outer].strip():
            return self._introduced(number), None
        return (last.speaker, None) if last else None

    def _introduced(self, number: int) -> Speaker:
        """Who says a paragraph that is nothing but a quotation: who spoke last, or whom a colon hands over to."""
        previous = self.heard[-1] if self.heard else None
        if previous and previous.paragraph == number - 1 and not previous.pieces[-1].endswith("?"):
            return previous.speaker
        before = self._paragraphs[number - 1] if number else ""
        return known(self._focus, self._people) if before.rstrip().endswith(":") else NOBODY

    def _read_after(self, number: int, cue: re.Match[str]) -> tuple[Speaker, str]:
        text = self._paragraphs[number]
        printed = cue["cue"]
        if text.startswith(" peringatan ", cue.end()):
            printed += " peringatan"
        if cue["suffix"]:
            return known(self._focus or self._people.only_person(number), self._people), printed
        stop = _SENTENCE_STOP.search(text, cue.end())
        end = stop.start() if stop else len(text)
        return read_attribution(text, cue.end(), end, number, self._people, self._focus), printed

    def _read_lead(self, number: int, at: int, quoted: Quoted) -> tuple[Speaker, str | None] | None:
        """The words that lead to a quotation: `Ia mengingatkan, "..."`, `Kata Budi: "..."`."""
        text = self._paragraphs[number]
        start = max((stop.end() for stop in _SENTENCE_STOP.finditer(text, at, quoted.outer)), default=at)
        lead = text[start : quoted.outer].rstrip()
        if not lead.endswith((",", ":")):
            return None
        cue = next(reversed(list(ENDS_WITH_LEAD.finditer(lead))), None)
        if cue is None:
            return None
        if cue["suffix"]:
            return known(self._focus, self._people), cue["cue"]
        if cue["stem"]:
            end = start + len(lead) - 1
            return read_attribution(text, start + cue.end(), end, number, self._people, self._focus), cue[
                "cue"
            ]
        for mention in reversed(self._people.in_paragraph.get(number, ())):
            if start <= mention.start < start + cue.start():
                return known(self._people.full_name(mention.words, number), self._people), cue["cue"]
        return known(self._focus, self._people) if PRONOUN_SAYS.match(lead) else NOBODY, cue["cue"]

    def _read_behind(self, number: int, start: int) -> tuple[Speaker, str | None] | None:
        """The subject that follows a quotation: `"...," Budi Santoso menambahkan.`"""
        text = self._paragraphs[number]
        for mention in self._people.in_paragraph.get(number, ()):
            if mention.start >= start and not _CLAUSE_END.search(text, start, mention.start):
                verb = VERB_AFTER_SUBJECT.match(text, mention.end)
                return known(self._people.full_name(mention.words, number), self._people), verb and verb[
                    "cue"
                ]
        return None
