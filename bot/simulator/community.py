"""What a group or channel has beside its messages: its members with their rights, its topics, its end."""

from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """What somebody can be in a chat."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


ADMINISTRATOR_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
"""What an administrator may do anywhere."""

CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
"""What an administrator may do in channels alone."""

GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics", "can_manage_tags")
"""What an administrator may do in groups alone."""

ALL_RIGHTS = frozenset({*ADMINISTRATOR_RIGHTS, *CHANNEL_RIGHTS, *GROUP_RIGHTS})

SENDING = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
)
"""What a member of a group may be forbidden to send."""

PERMISSIONS = (
    *SENDING,
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
"""What a restricted member of a group may still be allowed."""


@dataclass(frozen=True, slots=True)
class Member:
    """What one user is in a chat.

    ``rights`` are those of an administrator, or the permissions that a restricted member keeps. A ban or
    restriction ends at ``until`` (Unix seconds, 0: never). ``is_in`` tells of a restricted one whether they
    are in the chat.
    """

    status: Status
    rights: frozenset[str] = frozenset()
    until: int = 0
    is_in: bool = True

    @property
    def is_present(self) -> bool:
        """Whether the user is in the chat."""
        return self.status not in {Status.LEFT, Status.KICKED} and self.is_in

    @property
    def is_administrator(self) -> bool:
        """Whether the user has an administrator's powers."""
        return self.status in {Status.CREATOR, Status.ADMINISTRATOR}

    def may(self, right: str) -> bool:
        """Whether an administrator has a right; the creator has all."""
        return self.status is Status.CREATOR or (self.status is Status.ADMINISTRATOR and right in self.rights)

    def may_send(self, permission: str) -> bool:
        """Whether a member may send what ``permission`` stands for (``can_send_photos``)."""
        return self.status is not Status.RESTRICTED or permission in self.rights


CREATOR = Member(Status.CREATOR, ALL_RIGHTS)
FULL_ADMINISTRATOR = Member(Status.ADMINISTRATOR, ALL_RIGHTS)
MEMBER = Member(Status.MEMBER)
LEFT = Member(Status.LEFT)


@dataclass(slots=True)
class Topic:
    """A topic of a forum; its number is that of the service message that opened it."""

    thread_id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str = ""
    is_closed: bool = False


@dataclass(slots=True)
class Community:
    """The part of a chat that groups and channels have.

    In an open one everybody is a member, and every bot administers a channel, until said otherwise; in one
    that is not open nobody is. ``moved_to`` is the supergroup that a group has become.
    """

    is_channel: bool
    is_open: bool = True
    members: dict[int, Member] = field(default_factory=dict)
    is_forum: bool = False
    topics: dict[int, Topic] = field(default_factory=dict)
    moved_to: int | None = None
    is_deleted: bool = False

    def member(self, user_id: int, *, is_bot: bool, now: float) -> Member:
        """What a user is here at the time ``now``."""
        member = self.members.get(user_id)
        if member is None:
            if not self.is_open:
                return LEFT
            return FULL_ADMINISTRATOR if self.is_channel and is_bot else MEMBER
        if not member.until or now < member.until:
            return member
        if member.status is Status.RESTRICTED and member.is_in:
            return MEMBER
        return LEFT
