"""The Jinja environments that templates run in: escaped, strict, sandboxed, one for each language."""

import re
import traceback
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import TemplateSyntaxError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

import bot
from bot.core.message import shorten
from bot.core.preferences import zone_of
from bot.errors import TemplateFault
from bot.render.clock import ZONE_NAMES, clock, zone_name
from bot.render.languages import N_, Languages
from bot.render.sections import readable

TEMPLATES = Path(bot.__file__).parent.parent / "templates"
"""Our own templates: beside the package, in a checkout and in an installed wheel alike."""

# Patterns of Unicode's date fields (UTS 35), so that a language can order them as its readers do.
_DATE = N_("EEEE, d MMMM y, HH:mm")
_DAY = N_("d MMM y")
_LONG_DAY = N_("EEEE, d MMMM y")


MOST_COMPILED = 500
"""Templates whose code is kept; a newspaper has a few dozen."""


class _Compiled(BytecodeCache):
    """The code of each template, compiled once for the environments of all languages.

    It is a function of the file's name and text alone, since no filter of a language is worked out while a
    template is compiled (``_spoken``).
    """

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._code.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(self._code) >= MOST_COMPILED:
            self._code.clear()
        self._code[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def _spoken(told: Callable[..., str]) -> Callable[..., str]:
    """A filter of one language; Jinja works out no filter beforehand that asks for the context."""

    @pass_context
    def applied(_: Context, *values: object, **named: object) -> str:
        return told(*values, **named)

    return applied


class Templates:
    """Every message's template, rendered in any language.

    ``own`` is the newspaper's folder: a file there replaces ours of the same name. ``zone`` is the
    newspaper's time zone. All templates are compiled here, once: TemplateFault names the file and the line
    of one that does not compile.
    """

    def __init__(
        self, languages: Languages, *, newspaper: str, zone: str = "Asia/Jakarta", own: Path | None = None
    ) -> None:
        self.languages = languages
        self.newspaper = newspaper
        self.zone = ZoneInfo(zone)
        folders = [TEMPLATES] if own is None else [own, TEMPLATES]
        for folder in folders:
            if not folder.is_dir():
                raise TemplateFault(f"there is no folder of templates at {folder}")
        self._folders = folders
        self._environments = {code: self._environment(code) for code in languages.codes}
        self.names = self._compile()

    def render(self, name: str, language: str, values: Mapping[str, object]) -> str:
        """Telegram HTML of at most 4096 characters from template ``name`` (without ``.html``).

        TemplateFault names the file and the line that asked for what does not exist, or what in the result
        Telegram would refuse.
        """
        if name not in self.names:
            raise TemplateFault(f"there is no template {name!r}; there are: {', '.join(sorted(self.names))}")
        template = self._environments[self.languages.choose(language)].get_template(f"{name}.html")
        try:
            html = template.render(values)
        # A newspaper's own template may fail in any way that an expression can.
        except Exception as error:
            raise TemplateFault(f"{self._place(error, template.filename)}: {error}") from error
        try:
            return shorten(_tidied(html))
        except ValueError as error:
            raise TemplateFault(f"{template.filename}: Telegram would refuse this: {error}") from error

    def _environment(self, language: str) -> Environment:
        environment = ImmutableSandboxedEnvironment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in self._folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_COMPILED,
            extensions=["jinja2.ext.i18n"],
        )
        # The extension adds this method to the environment.
        environment.install_gettext_callables(  # type: ignore[attr-defined]
            partial(self.languages.gettext, language),
            partial(self.languages.ngettext, language),
            newstyle=True,
        )
        environment.policies["ext.i18n.trimmed"] = True
        environment.globals["newspaper"] = self.newspaper
        environment.filters["date"] = _spoken(partial(self._date, language, _DATE, zone_named=True))
        environment.filters["day"] = _spoken(partial(self._date, language, _DAY))
        environment.filters["long_day"] = _spoken(partial(self._date, language, _LONG_DAY))
        environment.filters["clock"] = _spoken(partial(clock, self.languages, language))
        environment.filters["zone"] = zone_name
        environment.filters["moment_in"] = _spoken(partial(self._moment_in, language))
        environment.filters["section"] = _spoken(partial(self._section, language))
        return environment

    def _compile(self) -> frozenset[str]:
        names = set()
        for environment in self._environments.values():
            for path in environment.list_templates(extensions=["html"]):
                try:
                    environment.get_template(path)
                except TemplateSyntaxError as error:
                    raise TemplateFault(f"{error.filename}:{error.lineno}: {error.message}") from error
                except UnicodeDecodeError as error:
                    raise TemplateFault(f"the template {path} is not UTF-8: {error}") from error
                if not path.startswith("parts/"):
                    names.add(path.removesuffix(".html"))
        return frozenset(names)

    def _date(self, language: str, pattern: str, moment: datetime | None, *, zone_named: bool = False) -> str:
        """``moment`` in words in the newspaper's zone; empty for None."""
        if moment is None:
            return ""
        words = format_datetime(
            moment,
            self.languages.gettext(language, pattern),
            tzinfo=self.zone,
            locale=self.languages.locale(language),
        )
        if not zone_named:
            return words
        local = moment.astimezone(self.zone)
        return f"{words} {ZONE_NAMES.get(self.zone.key) or local.tzname()}"

    def _moment_in(self, language: str, moment: datetime, zone: str) -> str:
        """``moment`` in words in a reader's own zone."""
        words = format_datetime(
            moment,
            self.languages.gettext(language, _DATE),
            tzinfo=zone_of(zone),
            locale=self.languages.locale(language),
        )
        return f"{words} {ZONE_NAMES.get(zone) or moment.astimezone(zone_of(zone)).tzname()}"

    def _section(self, language: str, slug: str | None) -> str:
        """A section's readable name; empty for None."""
        return self.languages.gettext(language, readable(slug)) if slug else ""

    def _place(self, error: BaseException, filename: str | None) -> str:
        """File and line of the template frame where ``error`` arose, as far as it is known."""
        if isinstance(error, TemplateSyntaxError):
            return f"{error.filename}:{error.lineno}"
        folders = tuple(str(folder) for folder in self._folders)
        frames = traceback.extract_tb(error.__traceback__)
        places = [
            f"{frame.filename}:{frame.lineno}" for frame in frames if frame.filename.startswith(folders)
        ]
        return places[-1] if places else str(filename)


def _tidied(html: str) -> str:
    """Without the holes that optional parts leave: at most one blank line, none at either end."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[^\S\n]+\n", "\n", html)).strip()
