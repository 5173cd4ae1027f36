"""Facts published by crm. None carries a phone, a name or an address."""

from datetime import date, time
from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, Field

from contracts.fact import Fact, Value, published
from contracts.values import Code, Id


class CustomerV1(Value):
    """A customer as far as others may know him. `owner_id` is the person who answers for him (R98)."""

    customer_id: Id
    stage: Literal["lead", "customer"] | Code
    owner_id: Id | None = None
    contact_preference: Literal["any", "no_calls"] | Code = "any"


class CustomerFact(Fact):
    customer: CustomerV1

    def subject(self) -> str:
        return self.customer.customer_id


@published
class CustomerRegisteredV1(CustomerFact):
    """A person is known to the shop for the first time."""

    topic: ClassVar[str] = "customer.registered"
    type: ClassVar[str] = "customer.registered.v1"


@published
class CustomerOwnerChangedV1(CustomerFact):
    """Somebody else answers for the customer now (R98)."""

    topic: ClassVar[str] = "customer.owner_changed"
    type: ClassVar[str] = "customer.owner_changed.v1"
    previous_owner_id: Id | None = None
    reason: Code


class AbsenceV1(Value):
    since: AwareDatetime
    until: AwareDatetime | None = None


@published
class StaffChangedV1(Fact):
    """A member of the staff joined, left, or is otherwise than before: roles, grade, superior, absence, deputy."""

    topic: ClassVar[str] = "staff.changed"
    type: ClassVar[str] = "staff.changed.v1"
    staff_id: Id
    shop_id: Id
    roles: tuple[str, ...]
    grade: Literal["trainee", "regular", "senior"] | Code
    reports_to: Id | None = None
    active: bool
    presence: Literal["unknown", "at_work", "on_break", "off"] | Code = "unknown"
    absence: AbsenceV1 | None = None
    deputy_id: Id | None = None

    def subject(self) -> str:
        return self.staff_id


@published
class GrantChangedV1(Fact):
    """A role was granted to somebody or taken from him (R4, R9)."""

    topic: ClassVar[str] = "grant.changed"
    type: ClassVar[str] = "grant.changed.v1"
    staff_id: Id
    role: str
    granted: bool
    by: Id
    waived_by: Id | None = None
    roles: tuple[str, ...]

    def subject(self) -> str:
        return self.staff_id


class DayHoursV1(Value):
    """Working hours of one day of the week, local time of the shop; ISO number, Monday is 1."""

    weekday: Annotated[int, Field(ge=1, le=7)]
    opens: time
    closes: time
    lunch_from: time | None = None
    lunch_until: time | None = None


class DayOverrideV1(Value):
    """A day that is otherwise than the week says: closed, or open at other hours."""

    day: date
    opens: time | None = None
    closes: time | None = None


@published
class ShopChangedV1(Fact):
    """A shop's hours, time zone or people of last resort changed: what every clock of working time is set by."""

    topic: ClassVar[str] = "shop.changed"
    type: ClassVar[str] = "shop.changed.v1"
    shop_id: Id
    time_zone: str
    hours: tuple[DayHoursV1, ...]
    overrides: tuple[DayOverrideV1, ...] = ()
    follows_production_calendar: bool = True
    owner_id: Id | None = None

    def subject(self) -> str:
        return self.shop_id


@published
class DutyRefusedV1(Fact):
    """Separation of duties refused an attempt; told by the service that refused it (R9, R17).

    `order_id` is the order the thing belongs to, when it belongs to one: then this is a part of the order's story.
    """

    topic: ClassVar[str] = "duty.refused"
    type: ClassVar[str] = "duty.refused.v1"
    thing: str
    thing_id: Id
    action: str
    rule: str
    actor_id: Id
    actor_roles: tuple[str, ...]
    order_id: Id | None = None

    def subject(self) -> str:
        return self.thing_id

    def story(self) -> str:
        return self.order_id or self.thing_id
