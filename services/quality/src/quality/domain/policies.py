"""What the rules of asking go by; settings fill it in."""

from dataclasses import dataclass, field
from datetime import time, timedelta


@dataclass(frozen=True, slots=True)
class CallingHours:
    """Local time of the delivery city (market-facts.md 2). `morning` and `evening` are when a call is planned; `later` is
    how long after an unanswered call the same day tries again.
    """

    opens: time = time(8)
    closes: time = time(22)
    opens_off: time = time(9)
    closes_off: time = time(20)
    morning: time = time(10)
    evening: time = time(18)
    later: timedelta = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Policy:
    """`check_share` of closed calls, in percent, are checked by somebody else within `check_within` (R11); a call that
    nobody made, or a link that nobody answered, ends after `give_up_after` days. `fallback_owner` answers where no shop
    told its owner. `link_first`: the shop wants a link to go before the call.
    """

    hours: CallingHours = field(default_factory=CallingHours)
    check_share: int = 10
    check_within: timedelta = timedelta(days=3)
    give_up_after: int = 7
    default_zone: str = "Europe/Moscow"
    fallback_owner: str = "owner"
    link_first: bool = False


USUAL = Policy()
