"""Which web addresses name the same article, however they were written. Pure text: nothing is fetched."""

import re
from urllib.parse import SplitResult, urlsplit

_PORTS = {"http": 80, "https": 443}
_MAKES = re.compile(r"^(?:www|m|mobile|amp)\.(?=[^.]+\.[^.]+)")
_AMP_FOLDER = re.compile(r"^/amp(?=/)|/amp$|(?<=\.)amp\.(?=html?$)", re.IGNORECASE)
_RMID_PAGE = re.compile(r"(/baca-berita/[^/]+/\d+/[^/]+)/\d+")
_TRACKING = re.compile(
    r"(?:utm_\w+|[a-z]{1,4}clid|gad_source|igshid|mc_[ce]id|_ga|_gl|cmpid|wt_mc|fb_\w+|amp|outputtype)(?:=.*)?",
    re.IGNORECASE,
)


def canonical(url: str, *, page: int = 1) -> str:
    """``url`` without what does not tell one article from another.

    That is: the scheme, the host's case and its make (``www.``, ``m.``, ``mobile.``, ``amp.``), a usual port,
    a last slash, a fragment, the marks of AMP in the path (``/amp/...``, ``.../amp``, ``.amp.html``), the
    page number of a split article (``/2`` in RM.id's addresses, and wherever it is its own ``page``),
    and the query. The query is kept only where the path has neither digit nor hyphen and so cannot name an
    article (``/index.php?id=5``), and then without what counts clicks (``utm_source``, ``fbclid``). What is
    no address at all stays as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return url.strip()
    if not host:
        return url.strip()
    place = _MAKES.sub("", host)
    if port is not None and port != _PORTS.get(parts.scheme):
        place = f"{place}:{port}"
    path = _AMP_FOLDER.sub("", parts.path.rstrip("/")).rstrip("/")
    if page > 1:
        path = path.removesuffix(f"/{page}")
    path = _RMID_PAGE.sub(r"\1", path)
    return f"{place}{path}{_asked(parts, path)}"


def _asked(parts: SplitResult, path: str) -> str:
    if re.search(r"[\d-]", path):
        return ""
    kept = [part for part in parts.query.split("&") if part and not _TRACKING.fullmatch(part)]
    return f"?{'&'.join(kept)}" if kept else ""
