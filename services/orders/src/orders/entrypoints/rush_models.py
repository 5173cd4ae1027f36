"""What is asked of a shop's rush over HTTP, and what it answers."""

from datetime import datetime, time
from typing import Annotated

from chassis.http.fields import Id, Line
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, model_validator

from orders.domain.rush import PhoneHours, Stand
from orders.domain.rush_commands import Plan
from orders.domain.rush_words import Lane, Part, PolicyName
from orders.entrypoints.models import Asked


def _local(clock: time) -> time:
    """A time of the shop's clock; an offset would say something else."""
    if clock.tzinfo is not None:
        raise ValueError("the shop's local time")
    return clock


Local = Annotated[time, AfterValidator(_local)]


class StandIn(Asked):
    staff_id: Id
    lane: Lane


class PhoneHoursIn(Asked):
    """Local time of the shop, on each day that it works (R113)."""

    opens: Local = Field(examples=["13:00"])
    closes: Local = Field(examples=["17:00"])

    @model_validator(mode="after")
    def forward(self) -> "PhoneHoursIn":
        """They open before they close."""
        if self.opens >= self.closes:
            raise ValueError("closes before it opens")
        return self


class PlanIn(Asked):
    """Who stands where, and when the phone is answered; for the parts of the rush that are used."""

    lanes: list[StandIn] = Field(default_factory=list[StandIn], max_length=200)
    phone_hours: PhoneHoursIn | None = None

    def plan(self) -> Plan:
        """In the words of the rules."""
        hours = self.phone_hours
        return Plan(
            tuple(Stand(each.staff_id, each.lane) for each in self.lanes),
            PhoneHours(hours.opens, hours.closes) if hours else None,
        )


class RushIn(PlanIn):
    """A rush as the owner starts it: in whole, or the `parts` he wants (R116)."""

    shop_id: Id = "main"
    parts: list[Part] = Field(default_factory=lambda: list(Part), min_length=1, max_length=len(Part))
    frozen: list[PolicyName] = Field(
        default_factory=lambda: list(PolicyName), description="Policies locked while it lasts."
    )
    ends_by: AwareDatetime = Field(description="When you mean to end it; you are reminded then.")


class ExtensionIn(Asked):
    ends_by: AwareDatetime


class ShiftIn(Asked):
    staff_id: Id | None = Field(default=None, description="Yourself, unless you are the owner.")


class UnlockIn(Asked):
    policy: PolicyName
    reason: Line


class BonusesIn(Asked):
    without: list[Id] = Field(default_factory=list[str], max_length=200)


class StartedOut(BaseModel):
    """The rush is on."""

    rush_id: str
    shop_id: str
    version: int


class StandOut(BaseModel):
    """`there`: he works here and is not away. `since`: when the shift that he stands in began."""

    staff_id: str
    lane: str
    there: bool
    since: datetime | None


class PhoneHoursOut(BaseModel):
    opens: time
    closes: time


class UnlockOut(BaseModel):
    policy: str
    reason: str
    by: str
    at: datetime
    used_at: datetime | None


class RushOut(BaseModel):
    """The rush that is on. `overdue`: its planned end has passed."""

    rush_id: str
    parts: list[str]
    lanes: list[StandOut]
    phone_hours: PhoneHoursOut | None
    frozen: list[str]
    unlocks: list[UnlockOut]
    started_at: datetime
    started_by: str
    ends_by: datetime
    overdue: bool


class AttendanceOut(BaseModel):
    """Whole hours of the shop's working time. `bonus`: whether the owner approved it; null until he did."""

    staff_id: str
    hours: int
    bonus: bool | None


class PastRushOut(BaseModel):
    """A rush that is over. The whole attendance is the owner's to see; others see their own."""

    rush_id: str
    started_at: datetime
    ended_at: datetime
    ended_by: str
    unlocks: list[UnlockOut]
    attendance: list[AttendanceOut]
    waits_for_approval: bool


class BookOut(BaseModel):
    """The rush of a shop, if one is on, and those that were, the last one first."""

    shop_id: str
    rush: RushOut | None
    past: list[PastRushOut]
