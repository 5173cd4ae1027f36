"""All that a plan is made from: who rings, whom we know by that number, who is there, and the rules of the shop."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cached_property

from kernel.calendar import WorkingCalendar

from telephony_router.domain.people import Duty, Moment, Person, Standing, moment_of, standing

SELLS = ("sales_manager", "account_manager", "phone_operator")
"""Who may be the first line where nobody has a shift."""


@dataclass(frozen=True, slots=True)
class Card:
    """A customer as routing needs him: no name, no number. `troubled`: an order of his that has an open incident or
    claim, and who settles it; `open_orders`: how many are under way; `last_order_at`: when the newest was placed.
    """

    customer_id: str
    stage: str = "lead"
    owner_id: str | None = None
    no_calls: bool = False
    blocked: bool = False
    open_orders: int = 0
    last_order_at: datetime | None = None
    troubled: tuple["Trouble", ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """`keeper_id` settles it; of an incident that is a logistician, of a claim a conflict manager."""

    kind: str
    trouble_id: str
    order_id: str | None = None
    keeper_id: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What a shop may set about its plans, as one version (R102). Seconds of ringing; `ring_budget` is how long a caller may
    wait unanswered before he hears something: providers drop him after 60 s. `call_centre` is the outside number.
    """

    version: int = 0
    conflict_seconds: int = 15
    owner_seconds: int = 15
    mobile_seconds: int = 15
    deputy_seconds: int = 10
    duty_seconds: int = 10
    lane_seconds: int = 15
    call_centre_seconds: int = 30
    ring_budget: int = 50
    most_on_duty: int = 2
    most_in_lane: int = 2
    most_owners: int = 2
    call_centre: str | None = None
    call_centre_when_closed: bool = False
    phone_hours: tuple[time, time] | None = None
    conflict_manager_first: bool = True
    callback_within: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Call:
    """Who rings: nothing but whether he shows a number, and which of our lines he rang."""

    has_number: bool
    line: str = "main"


@dataclass(frozen=True)
class Situation:
    """`candidates` are all customers with this number; `lanes` says who stands where while a rush lasts, else None."""

    now: datetime
    calendar: WorkingCalendar
    last_resort: str
    people: Mapping[str, Person]
    candidates: tuple[Card, ...] = ()
    duty: Duty = field(default_factory=Duty)
    lanes: Mapping[str, str] | None = None
    busy: frozenset[str] = frozenset()
    rules: Rules = field(default_factory=Rules)
    shop_id: str | None = None

    @cached_property
    def moment(self) -> Moment:
        """Open, lunch or closed."""
        return moment_of(self.calendar, self.now)

    def standing_of(self, person: Person) -> Standing:
        """Whether he may be rung now."""
        return standing(person, self.moment, self.duty, self.now)

    def there(self, *roles: str) -> list[Person]:
        """Who is there and holds one of these roles, in a lasting order."""
        found = (each for each in self.people.values() if set(roles) & set(each.roles))
        return sorted(
            (each for each in found if self.standing_of(each) is Standing.THERE),
            key=lambda each: each.staff_id,
        )

    def on_duty(self) -> list[Person]:
        """Who has a shift and is there."""
        found = (self.people.get(staff_id) for staff_id in sorted(self.duty.on_shift))
        return [each for each in found if each and self.standing_of(each) is Standing.THERE]
