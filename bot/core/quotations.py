"""Somebody's words between quotation marks, verbatim: which marks hold speech, which a title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.article import Quotation
from bot.core.marks import Quoted, find_quoted
from bot.core.names import Run
from bot.core.people import Mention, People, find_people, says_before
from bot.core.roles import belongs_to, role_in
from bot.core.sentences import sentence_end
from bot.core.speakers import HANDLE, NOBODY, Meant, Speaker, known, read_attribution
from bot.core.speech import (
    ENDS_WITH_LEAD,
    GOES_ON_SAYING,
    PRONOUN_SAYS,
    SAID_AFTER_QUOTATION,
    VERB_AFTER_SUBJECT,
)

_SENTENCE_STOP = re.compile(r"[.!?](?=\s+[^\W_a-z]|\s+[“\"]|\s*$)")
_SENTENCE_START = re.compile(
    r"(?:^|[.!?”\"–—-]\s+)"
    r"(?:[A-Z][a-z]+ (?:[a-z]+ ){0,2}|[A-Z][a-z]+(?: [a-z]+){0,2}, |"
    r"(?:Bagi|Dari|Di|Pada) [^.!?,“”\"]{1,40}, )?$"
)
"""Before who a sentence is about: nothing but a word or two, or a place."""

_EDGES = " ,"
_STOPS = (".", "?", "!")
_PAUSES_INSIDE = (",", "?", "!", ".", "…")
_PAUSE_AFTER = re.compile(r"\s?[,?!.]")
_BEGINS_AFTER = re.compile(r"(?:[.!?:,…”\"—–-]\s*|\bbahwa\s)$")
_PARTED = re.compile(r"[^.!?:“”\"]{3,160},\s?")
_CLAUSE_END = re.compile(r"[.!?,]")
_GOES_ON_ABOUT = re.compile(r"[^.!?]{1,200}[.!?] (?:Ia|Dia|Beliau) ")
"""Right after a name: the next sentence means it with a pronoun for persons."""

_FEW_WORDS = 4
_MOST_PARAGRAPHS = 8
_BEHIND, _LEAD, _BEGINNING = 120, 400, 260
"""How many characters away a speaker may stand: after a quotation, before it, from a sentence's start."""


@dataclass(slots=True)
class _Heard:
    """A quotation in the making: its pieces as printed and who is known to have said it."""

    paragraph: int
    pieces: list[str]
    speaker: Speaker
    cue: str | None

    def finished(self) -> Quotation:
        name = " ".join(self.speaker.name) if self.speaker.name else None
        return Quotation(
            "".join(self.pieces).strip(_EDGES), name, self.speaker.role, self.cue, self.paragraph
        )


def find_quotations(paragraphs: Sequence[str], *, people: People | None = None) -> tuple[Quotation, ...]:
    """The quotations of an article in order, each with the person who said it where the article tells.

    One that its attribution parts (`"...," kata X, "..."`) is one quotation, its pieces joined by a space;
    one over several paragraphs is one, joined by line breaks, and counts to the paragraph where it begins.
    ``people`` are the persons of these paragraphs where the caller has found them already.
    """
    quoted = [find_quoted(paragraph) for paragraph in paragraphs]
    if not any(quoted):
        return ()
    reader = _Reader(paragraphs, people or find_people(paragraphs))
    last = max(number for number, stretches in enumerate(quoted) if stretches)
    for number in range(last + 1):
        reader.read(number, quoted[number])
        # Whom the text is about matters as long as somebody may still speak.
        if number < last:
            reader.listen_to_the_end(number, quoted[number])
    reader.close()
    return tuple(heard.finished() for heard in reader.heard)


class _Reader:
    """Goes through an article once, keeping in mind whom the text is about."""

    def __init__(self, paragraphs: Sequence[str], people: People) -> None:
        self.heard: list[_Heard] = []
        self._paragraphs = paragraphs
        self._people = people
        self._about = Meant()
        # What was read since then, as (paragraph, start, end): looked through only when somebody asks.
        self._heard_of: list[tuple[int, int, int]] = []
        self._running: list[str] = []
        self._running_from = 0

    def read(self, number: int, stretches: tuple[Quoted, ...]) -> None:
        """Take one paragraph with its quoted stretches."""
        if self._running and not (stretches and stretches[0].outer == 0):
            self.close()
        at = 0
        last: _Heard | None = None
        for quoted in stretches:
            self._listen(number, at, quoted.outer)
            last = self._take(number, at, quoted, last) or last
            at = quoted.after

    def listen_to_the_end(self, number: int, stretches: tuple[Quoted, ...]) -> None:
        """Take what follows the last quoted stretch of a paragraph that was read."""
        self._listen(number, stretches[-1].after if stretches else 0, len(self._paragraphs[number]))

    def close(self) -> None:
        """End a quotation whose closing mark never came."""
        if self._running:
            pieces, self._running = self._running, []
            if len(pieces) > 1 or pieces[0].count(" ") >= _FEW_WORDS:
                self.heard.append(_Heard(self._running_from, ["\n".join(pieces)], NOBODY, None))

    def _listen(self, number: int, start: int, end: int) -> None:
        """Note a stretch outside of quotations, which may say whom the text is about."""
        if start < end:
            self._heard_of.append((number, start, end))

    def _meant(self) -> Meant:
        """Whom the text was last about: who said something, or began a sentence."""
        while self._heard_of:
            if found := self._find_meant(*self._heard_of.pop()):
                self._about = found
                self._heard_of.clear()
        return self._about

    def _find_meant(self, number: int, start: int, end: int) -> Meant | None:
        text = self._paragraphs[number]
        found: Meant | None = None
        if "@" in text:
            for handle in HANDLE.finditer(text, start, end):
                found = Meant((handle[1],))
        told_up_to = start
        for run in self._people.runs_between(number, start, end):
            if run.start < told_up_to:
                continue
            subject, told = self._subject(number, run, after_quotation=start > 0)
            if subject and not _is_told_on(text, start, run.start):
                found = Meant(subject.name, None if subject.name else subject)
                told_up_to = told
        return found

    def _subject(self, number: int, run: Run, *, after_quotation: bool) -> tuple[Speaker | None, int]:
        """Who says something in ``run`` or begins a sentence with it; and up to where that is told on.

        None for neither, a speaker without a name for an office whose holder the article does not name.
        """
        text = self._paragraphs[number]
        mentions = self._people.between(number, run.start, run.end)
        role = None if mentions else role_in(run.words)
        if not mentions and not role:
            return None, 0
        verb = VERB_AFTER_SUBJECT.match(text, run.end)
        if role:
            if not verb or self._people.between(number, run.end, verb.end()):
                return None, 0
            return Speaker(self._people.in_office(role, number), role), 0
        mention = mentions[-1]
        if _is_told_of_another(text, mention):
            return None, 0
        if not (verb or self._says_or_begins(text, mention, after_quotation)):
            return None, 0
        told = 0
        if verb and self._people.is_person(mention) and not self._is_named_next(text, mention):
            # Apposition (`Laras, kuasa hukum Damar Wibisana, menyatakan`) and what is said follow.
            told = sentence_end(text, verb.end())
        return Speaker(self._people.full_name(mention.words, number)), told

    def _says_or_begins(self, text: str, mention: Mention, after_quotation: bool) -> bool:
        """Whether a word of saying stands before ``mention``, or a sentence begins with it."""
        if says_before(text, mention.start):
            return True
        start = self._start_with_role(text, mention)
        if start != mention.start and says_before(text, start):
            return True
        if not _SENTENCE_START.search(text[max(0, start - 60) : start]):
            return False
        full = after_quotation and len(mention.words) > 1
        return full or self._people.is_person(mention) or _GOES_ON_ABOUT.match(text, mention.end) is not None

    def _is_named_next(self, text: str, mention: Mention) -> bool:
        """Whether a name follows between commas: what stands before it is a body then, not a person."""
        return text.startswith(", ", mention.end) and bool(
            self._people.between(mention.paragraph, mention.end + 2, mention.end + 3)
        )

    def _start_with_role(self, text: str, mention: Mention) -> int:
        role = self._people.role_at(mention)
        at = text.rfind(role, max(0, mention.start - _BEGINNING), mention.start) if role else -1
        return mention.start if at < 0 else at

    def _take(self, number: int, at: int, quoted: Quoted, last: _Heard | None) -> _Heard | None:
        text = self._paragraphs[number]
        printed = text[quoted.start : quoted.end].strip()
        if not printed.strip(_EDGES):
            return None
        if self._runs_on(text, quoted):
            self._running_from = self._running_from if self._running else number
            self._running.append(printed)
            return None
        if last and last.cue and _goes_on(text, at, quoted, printed):
            last.pieces += [" ", printed]
            return last
        attributed = self._attribute(number, at, quoted, last)
        pieces, self._running = self._running, []
        if attributed is None and not pieces:
            return None
        speaker, cue = attributed or (NOBODY, None)
        if speaker.name:
            self._about, self._heard_of = Meant(speaker.name), []
        begin = self._running_from if pieces else number
        heard = _Heard(begin, ["\n".join([*pieces, printed])], speaker, cue)
        self.heard.append(heard)
        return heard

    def _runs_on(self, text: str, quoted: Quoted) -> bool:
        """Whether a paragraph is a quotation that the next one may go on with."""
        whole = quoted.outer == 0 and not quoted.closed and quoted.after == len(text)
        return whole and len(self._running) < _MOST_PARAGRAPHS

    def _attribute(
        self, number: int, at: int, quoted: Quoted, last: _Heard | None
    ) -> tuple[Speaker, str | None] | None:
        """Who said it, in which words of saying; None when nothing shows that anybody said it."""
        text = self._paragraphs[number]
        before = text[max(at, quoted.outer - _LEAD) : quoted.outer]
        inside = text[quoted.start : quoted.end].rstrip()
        few = inside.count(" ") < _FEW_WORDS - 1
        begins = not before.strip() or _BEGINS_AFTER.search(before) is not None
        pauses = inside.endswith(_PAUSES_INSIDE) or _PAUSE_AFTER.match(text, quoted.after) is not None
        cue = SAID_AFTER_QUOTATION.match(text, quoted.after)
        if cue and (pauses or (begins and not few)):
            return self._read_after(number, cue)
        if (
            begins
            and (pauses or not few)
            and (lead := self._read_lead(number, quoted.outer - len(before), quoted))
        ):
            return lead
        if begins and inside.endswith(",") and (behind := self._read_behind(number, quoted.after)):
            return behind
        if last and inside.endswith(_STOPS) and inside.count(" ") > 1 and before.rstrip().endswith("."):
            return last.speaker, None
        if few or not begins or text[quoted.after :].strip(" .!?,"):
            return None
        if not text[: quoted.outer].strip():
            return self._who_goes_on(number), None
        return (last.speaker, None) if last else None

    def _who_goes_on(self, number: int) -> Speaker:
        """Who says a paragraph that is all quotation: who spoke last, or whom a colon hands over to."""
        previous = self.heard[-1] if self.heard else None
        if previous and previous.paragraph == number - 1 and not previous.pieces[-1].endswith("?"):
            return previous.speaker
        before = self._paragraphs[number - 1] if number else ""
        return known(self._meant().name, self._people) if before.rstrip().endswith(":") else NOBODY

    def _read_after(self, number: int, cue: re.Match[str]) -> tuple[Speaker, str]:
        text = self._paragraphs[number]
        printed = cue["cue"]
        if text.startswith(" peringatan ", cue.end()):
            printed += " peringatan"
        if cue["suffix"]:
            return self._known_to_be_meant(number), printed
        return self._read_attribution(number, cue.end(), sentence_end(text, cue.end())), printed

    def _read_lead(self, number: int, at: int, quoted: Quoted) -> tuple[Speaker, str | None] | None:
        """The words that lead to a quotation (`Ia mengingatkan, "..."`, `Kata Laras: "..."`)."""
        text = self._paragraphs[number]
        start = max((stop.end() for stop in _SENTENCE_STOP.finditer(text, at, quoted.outer)), default=at)
        lead = text[start : quoted.outer].rstrip()
        if not lead.endswith((",", ":")):
            return None
        cues = list(ENDS_WITH_LEAD.finditer(lead))
        handle = HANDLE.search(lead)
        if handle and (cues or lead.endswith(":")):
            return Speaker((handle[1],)), cues[-1]["cue"] if cues else None
        if not cues:
            return None
        cue = cues[-1]
        if cue["suffix"]:
            return self._known_to_be_meant(number), cue["cue"]
        if cue["stem"]:
            return self._read_attribution(number, start + cue.end(), start + len(lead) - 1), cue["cue"]
        subjects = self._people.between(number, start, start + cue.start())
        if subjects and _is_told_of_another(text, subjects[-1]):
            return self._known_to_be_meant(number), cue["cue"]
        if subjects:
            return known(self._people.full_name(subjects[-1].words, number), self._people), cue["cue"]
        return (self._known_to_be_meant(number) if PRONOUN_SAYS.match(lead) else NOBODY), cue["cue"]

    def _read_behind(self, number: int, start: int) -> tuple[Speaker, str | None] | None:
        """The subject that follows a quotation (`"...," Laras Ayuningtyas menambahkan`)."""
        text = self._paragraphs[number]
        for mention in self._people.between(number, start, start + _BEHIND):
            if not _CLAUSE_END.search(text, start, mention.start):
                verb = VERB_AFTER_SUBJECT.match(text, mention.end)
                speaker = known(self._people.full_name(mention.words, number), self._people)
                return speaker, verb["cue"] if verb else None
        return None

    def _read_attribution(self, number: int, start: int, end: int) -> Speaker:
        text = self._paragraphs[number]
        return read_attribution(
            text,
            start,
            end,
            paragraph=number,
            people=self._people,
            meant=self._meant,
        )

    def _known_to_be_meant(self, number: int) -> Speaker:
        """The person behind `-nya` or a pronoun."""
        about = self._meant()
        return about.unnamed or known(about.name or self._people.only_person(number), self._people)


def _is_told_of_another(text: str, mention: Mention) -> bool:
    """Whether ``mention`` tells who somebody else is (`Anak buah Damar Wibisana ini`)."""
    this = text.startswith((" ini ", " itu ", " tersebut "), mention.end)
    return this and belongs_to(text, mention.start) is not None


def _is_told_on(text: str, start: int, at: int) -> bool:
    """Whether ``at`` lies in what somebody known from before is told to say on, not who is named there."""
    return any(
        at < sentence_end(text, found.end())
        for found in GOES_ON_SAYING.finditer(text, max(start, at - _LEAD), at)
    )


def _goes_on(text: str, at: int, quoted: Quoted, printed: str) -> bool:
    """Whether only an attribution stands between the last quotation, which ends at ``at``, and this one."""
    if not (_PARTED.fullmatch(text, at, quoted.outer) or printed[0].islower()):
        return False
    stops = _SENTENCE_STOP.search(text, at, max(at, quoted.outer - 1))
    return SAID_AFTER_QUOTATION.match(text, at) is not None and not stops
