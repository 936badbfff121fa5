"""Hours in a reader's own zone: when the day began, whether it is quiet now, and until when. Pure."""

from datetime import datetime, time, timedelta, tzinfo

from bot.core.preferences import Quiet


def quiet_until(quiet: Quiet | None, zone: tzinfo, now: datetime) -> datetime | None:
    """The moment at which ``quiet`` ends, when ``now`` (aware) lies in it; None when it does not.

    Where the clocks are put forward over the end, it ends as much later; where they are put back over it,
    at the first of the two moments that is still to come.
    """
    if quiet is None:
        return None
    local = now.astimezone(zone)
    minute = local.hour * 60 + local.minute
    if not _within(quiet, minute):
        return None
    day = local.date() if minute < quiet.end else local.date() + timedelta(days=1)
    ends = datetime.combine(day, time(*divmod(quiet.end, 60)), tzinfo=zone)
    for end in (ends, ends.replace(fold=1)):
        if end.timestamp() > now.timestamp():
            return end.astimezone(now.tzinfo)
    return None


def midnight(zone: tzinfo, now: datetime) -> datetime:
    """When the local day that ``now`` (aware) is in began."""
    return datetime.combine(now.astimezone(zone).date(), time(), tzinfo=zone).astimezone(now.tzinfo)


def _within(quiet: Quiet, minute: int) -> bool:
    if quiet.begin < quiet.end:
        return quiet.begin <= minute < quiet.end
    return minute >= quiet.begin or minute < quiet.end
