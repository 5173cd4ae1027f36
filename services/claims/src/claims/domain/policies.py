"""What a shop sets for its claims."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """`approve_above` is in minor units: a greater sum needs a second person (R80). `tries`: unanswered tries on different
    days, after which a claim may be closed (R79). `learning`: so many first cases need a mentor (R77).
    `contact_within`, `attend_within`, `approve_within`, `letter_again_within`, `alarm_within` and `reply_within` are working
    time of the shop; `guest_for`, `keep` and the pauses of the money are time as it goes.
    """

    contact_within: timedelta = timedelta(hours=2)
    attend_within: timedelta = timedelta(hours=14)
    alarm_within: timedelta = timedelta(hours=4)
    approve_within: timedelta = timedelta(hours=7)
    approve_above: int = 1_000_000
    tries: int = 3
    learning: int = 3
    letter_again_within: timedelta = timedelta(hours=4)
    guest_for: timedelta = timedelta(days=14)
    keep: timedelta = timedelta(days=3 * 366)
    ask_money_again: timedelta = timedelta(minutes=1)
    ask_money_at_most: timedelta = timedelta(hours=1)
    reply_within: timedelta = timedelta(hours=7)
    zone: str = "Europe/Moscow"


USUAL = Policy()
