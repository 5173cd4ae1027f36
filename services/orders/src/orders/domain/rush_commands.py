"""What may be asked of a shop's rush. Each carries who asks, when, and what of the shop counts."""

from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Actor
from kernel.personal import Personal

from orders.domain.policies import Clocks
from orders.domain.rush import PhoneHours, Policies, Stand
from orders.domain.rush_words import Part, PolicyName
from orders.domain.team import Team


@dataclass(frozen=True, slots=True)
class Plan:
    """Who stands where, and when the phone is answered."""

    stands: tuple[Stand, ...] = ()
    phone_hours: PhoneHours | None = None


@dataclass(frozen=True, slots=True)
class StartRush:
    shop_id: str
    rush_id: str
    parts: tuple[Part, ...]
    plan: Plan
    frozen: tuple[PolicyName, ...]
    ends_by: datetime
    actor: Actor
    at: datetime
    team: Team


@dataclass(frozen=True, slots=True)
class ChangePlan:
    shop_id: str
    plan: Plan
    actor: Actor
    at: datetime
    team: Team


@dataclass(frozen=True, slots=True)
class ExtendRush:
    """The planned end is another one now."""

    shop_id: str
    ends_by: datetime
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class EndRush:
    shop_id: str
    actor: Actor
    at: datetime
    clocks: Clocks


@dataclass(frozen=True, slots=True)
class BeginShift:
    shop_id: str
    staff_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class EndShift:
    shop_id: str
    staff_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ApproveBonuses:
    """The owner's yes to the proposed list; `without` are those he leaves out."""

    shop_id: str
    rush_id: str
    without: tuple[str, ...]
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class UnlockPolicy:
    shop_id: str
    policy: PolicyName
    reason: Personal
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class SetPolicies:
    shop_id: str
    policies: Policies
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class RankCategories:
    """Categories of goods, the most profitable first."""

    shop_id: str
    ranking: tuple[str, ...]
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class PassRushDeadline:
    shop_id: str
    name: str
    at: datetime
    clocks: Clocks


RushCommand = (
    StartRush
    | ChangePlan
    | ExtendRush
    | EndRush
    | BeginShift
    | EndShift
    | ApproveBonuses
    | UnlockPolicy
    | SetPolicies
    | RankCategories
    | PassRushDeadline
)
