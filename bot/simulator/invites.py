"""Invite links of groups and channels, and the requests to join that wait: records without behaviour."""

import re
from dataclasses import dataclass, field
from hashlib import blake2b

CONTACT_FOR = 5 * 60
"""Seconds in which a bot may write to somebody who asks to join, even if they never started it."""

_LINK = re.compile(
    r"(?:https?://)?(?:www\.)?(?:t|telegram)\.(?:me|dog)/(?:\+|joinchat/)([A-Za-z0-9_-]{16})/?"
)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
_LENGTH = 16


@dataclass(slots=True)
class InviteLink:
    """A link into the chat ``chat_id``, made by the user ``creator_id``.

    ``expires`` counts Unix seconds and ``limit`` members, 0 for never and for any number. By a link that
    ``asks`` one does not join but ask to. ``joined`` are the numbers of those who came by it.
    """

    link: str
    chat_id: int
    creator_id: int
    name: str = ""
    expires: int = 0
    limit: int = 0
    asks: bool = False
    is_primary: bool = False
    is_revoked: bool = False
    joined: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """Somebody asks to join by ``link``, since ``at`` (Unix seconds)."""

    user_id: int
    link: InviteLink
    at: float


class Invites:
    """All links, by their addresses, and all requests, by the numbers of chat and user."""

    def __init__(self) -> None:
        self.links: dict[str, InviteLink] = {}
        self.requests: dict[tuple[int, int], JoinRequest] = {}

    def add(self, chat_id: int, creator_id: int, *, is_primary: bool = False) -> InviteLink:
        """A new link; a new primary one revokes the primary link that its creator has there."""
        if is_primary and (old := self.primary(chat_id, creator_id)):
            old.is_revoked = True
        # The same links in every run, but none that could be guessed from another.
        drawn = blake2b(f"invite/{len(self.links)}".encode(), digest_size=_LENGTH).digest()
        address = "https://t.me/+" + "".join(_LETTERS[byte % len(_LETTERS)] for byte in drawn)
        link = self.links[address] = InviteLink(address, chat_id, creator_id, is_primary=is_primary)
        return link

    def primary(self, chat_id: int, creator_id: int) -> InviteLink | None:
        """The primary link that somebody has made for a chat."""
        for link in self.links.values():
            if (
                link.is_primary
                and not link.is_revoked
                and (link.chat_id, link.creator_id) == (chat_id, creator_id)
            ):
                return link
        return None

    def named(self, text: str) -> InviteLink | None:
        """The link of an address, however it is written."""
        found = _LINK.fullmatch(text)
        return self.links.get(f"https://t.me/+{found[1]}") if found else None

    def pending(self, link: InviteLink) -> int:
        """How many have asked to join by a link and wait."""
        return sum(request.link is link for request in self.requests.values())

    def may_contact(self, user_id: int, now: float) -> bool:
        """Whether bots may write to a user because they have just asked to join."""
        return any(
            request.user_id == user_id and now < request.at + CONTACT_FOR
            for request in self.requests.values()
        )
