"""Everything that sends from the ledger, put together: the same in `kabar run` and in `kabar worker`."""

import os
import socket
from collections.abc import Callable
from datetime import datetime

from bot.app.house import House
from bot.app.telegram_side import overall_rate
from bot.app.voice import messages_for
from bot.config import Settings
from bot.delivery.courier import Courier
from bot.delivery.desk import Desk
from bot.delivery.digest_writer import DigestWriter
from bot.delivery.lease import Lease
from bot.delivery.outbox import Outbox
from bot.delivery.push import Pusher
from bot.delivery.refusals import Refusals
from bot.delivery.reports import SendReports
from bot.delivery.sender import Sender
from bot.telegram.messenger import Messenger
from bot.telegram.news_bot import NewsBot
from bot.telegram.pacer import Pacer


class Sending:
    """One process's share of the sending: its pusher, the desk with its outbox, and the messages."""

    def __init__(
        self,
        settings: Settings,
        house: House,
        bot: NewsBot,
        pacer: Pacer,
        reports: SendReports,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self.messages = messages_for(settings, bot.username)
        messenger = Messenger(bot, paid=settings.paid_broadcast)
        self.desk = Desk(
            settings.admin_ids,
            turns=pacer,
            messenger=messenger,
            notices=self.messages,
            language=settings.language,
        )
        self.outbox = Outbox()
        lease = Lease(
            house.workers,
            name=f"{socket.gethostname()}:{os.getpid()}",
            alone=house.alone,
            again=settings.again,
            now=now,
        )
        refusals = Refusals(publications=house.publications, desk=self.desk, post=self.outbox.post)
        sender = Sender(
            deliveries=house.deliveries,
            lease=lease,
            turns=pacer,
            courier=Courier(
                articles=house.archive,
                messenger=messenger,
                wording=self.messages,
                digests=DigestWriter(house.digests, self.messages.choices, now=now),
                styles=house.channels,
            ),
            refusals=refusals,
            reports=reports,
            again=settings.again,
            now=now,
        )
        self.pusher = Pusher(
            claims=house.claims,
            sender=sender,
            lease=lease,
            turns=pacer,
            refusals=refusals,
            reports=reports,
            overall=overall_rate(settings),
            now=now,
        )
