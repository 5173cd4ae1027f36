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


@published
class CustomerChangedV1(CustomerFact):
    """What others may know of him is otherwise, or his phones are: who keeps any of it asks crm anew."""

    topic: ClassVar[str] = "customer.changed"
    type: ClassVar[str] = "customer.changed.v1"
    what: tuple[Literal["stage", "contact_preference", "phones", "blocked", "notes"] | Code, ...]


@published
class CustomerHandoverAcceptedV1(CustomerFact):
    """Who answers for him since the sale said that he knows of him (R98)."""

    topic: ClassVar[str] = "customer.handover_accepted"
    type: ClassVar[str] = "customer.handover_accepted.v1"
    previous_owner_id: Id | None = None
    at: AwareDatetime


@published
class CustomerNotedV1(CustomerFact):
    """What staff noted of a customer is otherwise: his type, as a code of the shop's, and which notes of his needs there are
    (R109, R111); never the words. With neither, nothing is noted any more. `by` is a service where nobody but time did it.
    """

    topic: ClassVar[str] = "customer.noted"
    type: ClassVar[str] = "customer.noted.v1"
    shop_id: Id
    customer_type: Code | None = None
    notes: tuple[Literal["situation", "problem", "implication", "need_payoff"] | Code, ...] = ()
    by: Id
    at: AwareDatetime


@published
class CustomerMergedV1(CustomerFact):
    """Two cards were one person: `merged_id` is this customer from now on."""

    topic: ClassVar[str] = "customer.merged"
    type: ClassVar[str] = "customer.merged.v1"
    merged_id: Id
    by: Id


@published
class CustomerUnmergedV1(CustomerFact):
    """They were two after all: `merged_id` is a customer of its own again."""

    topic: ClassVar[str] = "customer.unmerged"
    type: ClassVar[str] = "customer.unmerged.v1"
    merged_id: Id
    by: Id


@published
class CustomerErasedV1(CustomerFact):
    """The person is gone, on his request or by age (152-FZ art. 21): whoever keeps anything of him forgets it."""

    topic: ClassVar[str] = "customer.erased"
    type: ClassVar[str] = "customer.erased.v1"
    reason: Literal["asked", "age", "withdrawn_consent"] | Code
    by: Id
    at: AwareDatetime


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
