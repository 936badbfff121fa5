"""What a bot's owner has settled with BotFather."""

from dataclasses import dataclass


@dataclass(slots=True)
class BotSettings:
    """The switches of a bot as BotFather sets them for a new one.

    ``is_inline``: readers may query it in any chat; ``wants_chosen``: it hears which result they chose;
    ``has_privacy``: in groups it sees only what concerns it.
    """

    is_inline: bool = False
    wants_chosen: bool = False
    has_privacy: bool = True
    can_join_groups: bool = True
