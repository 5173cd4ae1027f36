"""How long each step may take, and what must have been tried: the defaults of rules.md, each a setting of the shop's."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from kernel.calendar import NeverOpen, WorkingCalendar


@dataclass(frozen=True, slots=True)
class Policy:
    """Spans count working time of the shop.

    The contact clock: `remind_after`, `reassign_after`, `alarm_after` (R20). `apology_within`: once goods are known to
    be missing, the customer has an apology and an offer (R24). `look_again_after`: somebody must have looked at an open
    order again, about a working day (R31). `come_back_within`: a delivery failed, and its order is back with its responsible person, who has seen to it by then
    (R52). `promise_least`: with no more of the working day left, the promise is due on
    the next one (R31). `refund_limit`: refunds above this sum, in minor units, need a second person (R80). `offer_lasts`: real time that a substitute is offered for, if nobody says
    otherwise (R25). `bonus_max_share`: what share of the goods bonuses may pay (R35). An order lapses after `lapse_attempts` attempts on `lapse_days` days of the
    shop, so that an hour of redialling is not enough (R21).
    """

    remind_after: timedelta = timedelta(minutes=30)
    reassign_after: timedelta = timedelta(hours=2)
    alarm_after: timedelta = timedelta(hours=4)
    apology_within: timedelta = timedelta(hours=2)
    look_again_after: timedelta = timedelta(hours=8)
    come_back_within: timedelta = timedelta(hours=2)
    promise_least: timedelta = timedelta(hours=1)
    refund_limit: int = 1_000_000
    lapse_attempts: int = 3
    lapse_days: int = 2
    offer_lasts: timedelta = timedelta(days=3)
    bonus_max_share: Decimal = Decimal("0.5")


USUAL = Policy()


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the deadlines of a shop's orders are set by: its working time, and how long each step may take."""

    calendar: WorkingCalendar
    policy: Policy = USUAL

    def after(self, at: datetime, working: timedelta) -> datetime:
        """When so much working time has passed. A shop that never opens still owes its customers an answer: then real
        time counts, since an open order is never without a deadline (R20).
        """
        try:
            return self.calendar.after(at, working)
        except NeverOpen:
            return at + working

    def look_again(self, at: datetime) -> datetime:
        """When somebody must have looked at an open order again (R31)."""
        return self.after(at, self.policy.look_again_after)


SAME_ATTEMPT_WITHIN = timedelta(minutes=1)
"""The same person, channel and outcome again so soon is one attempt told twice; a lapse is not earned by clicking."""

NAMING_PAUSES = (5, 10, 20, 40, 80, 160, 320, 600)
"""Seconds until crm is asked again who the customer is; the last goes on for as long as it takes."""


def naming_pause(tries: int) -> timedelta:
    """How long to wait after so many tries."""
    return timedelta(seconds=NAMING_PAUSES[min(tries, len(NAMING_PAUSES)) - 1])
