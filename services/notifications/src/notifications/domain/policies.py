"""What the rules of writing go by; settings fill it in."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """`opens` to `closes` are the local hours of the delivery city in which anything may be sent; `remind_at` is the local
    time of the reminder, the day before, `survey_at` that of the questions after a delivery. `keep`: so long a message is
    worth sending, `keep_refund` one about money, `keep_letter` a letter of a claim.
    `pause` is the first one between tries, `longest_pause` the last. An e-mail waits until its SMS is out
    or was tried `sms_first` times.
    `silent_before`: orders placed before get nothing, for the first start in a shop that has old orders.
    """

    opens: time = time(9)
    closes: time = time(21)
    remind_at: time = time(12)
    survey_at: time = time(10)
    keep: timedelta = timedelta(hours=24)
    keep_refund: timedelta = timedelta(hours=72)
    keep_letter: timedelta = timedelta(hours=72)
    pause: timedelta = timedelta(seconds=30)
    longest_pause: timedelta = timedelta(hours=1)
    sms_first: int = 3
    silent_before: datetime | None = None
    default_zone: str = "Europe/Moscow"


USUAL = Policy()
SETTLE_AFTER = timedelta(minutes=3)
"""Longer than any gateway is waited for: who is still sending then has died."""
BEHIND_SMS = timedelta(seconds=3)
"""How soon an e-mail looks again whether its SMS is out."""
LOOKS = (timedelta(minutes=30), timedelta(hours=6), timedelta(hours=24))
"""When a gateway that took an SMS and reports nothing is asked, counted from one look to the next."""


def pause_before(tries: int, policy: Policy) -> timedelta:
    """How long to wait after so many failed tries: doubled each time, up to the longest."""
    grown = policy.pause * 2 ** min(max(tries - 1, 0), 20)
    return min(grown, policy.longest_pause)
