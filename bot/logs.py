"""How the program speaks to its operator: one structured line for each event, and never a secret."""

import logging
import re
import sys
from collections.abc import Iterable

import structlog

_TOKEN = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{20,100}", re.ASCII)

# Their lines say nothing that ours do not; some print addresses, and some what readers wrote.
_QUIET = ("httpx", "httpcore", "aiohttp", "aiosqlite", "sqlalchemy", "telegram", "alembic", "asyncio")


class _Redacting(logging.Formatter):
    """Formats with ``inner`` and blots out every token, wherever it stands: text, address or traceback."""

    def __init__(self, inner: logging.Formatter, secrets: Iterable[str]) -> None:
        super().__init__()
        self._inner = inner
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        text = self._inner.format(record)
        for secret in self._secrets:
            text = text.replace(secret, "<secret>")
        return _TOKEN.sub("<token>", text)


def configure_logs(level: str, *, secrets: Iterable[str] = ()) -> None:
    """Send everything of ``level`` and above to standard error, with ``secrets`` and every token blotted out.

    On a terminal lines are coloured text, otherwise logfmt-like text with the time in UTC.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        # Lines below the level cost nothing: a delivery has one.
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    renderer: structlog.typing.Processor
    if sys.stderr.isatty():
        renderer = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        before: list[structlog.typing.Processor] = []
    else:
        renderer = structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])
        before = [structlog.processors.format_exc_info]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *before, renderer],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting(formatter, secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
