"""Facts of a shop's rush, published by orders. The story of each is the shop."""

from typing import ClassVar, Literal

from pydantic import AwareDatetime

from contracts.fact import Fact, Value, published
from contracts.values import Code, Count, Id


class LaneV1(Value):
    """Who stands in which lane while the rush lasts; one primary lane a person (R18)."""

    staff_id: Id
    lane: Literal["phone_orders", "processing", "packing", "delivery", "claims"] | Code


class RushFact(Fact):
    """`policies` are the settings that are locked meanwhile (R116)."""

    shop_id: Id
    rush_id: Id
    lanes: tuple[LaneV1, ...]
    policies: tuple[Code, ...] = ()
    started_at: AwareDatetime

    def subject(self) -> str:
        return f"rush:{self.shop_id}"

    def story(self) -> str:
        return self.shop_id


@published
class RushStartedV1(RushFact):
    """The owner put the shop into rush mode: borders of duties, phone hours, ready answers, frozen settings (R18, R112-R117)."""

    topic: ClassVar[str] = "rush.started"
    type: ClassVar[str] = "rush.started.v1"
    by: Id
    ends_by: AwareDatetime | None = None


class AttendanceV1(Value):
    """How long a person stood in the rush, in whole hours of the shop's working time (R117)."""

    staff_id: Id
    hours: Count


@published
class RushEndedV1(RushFact):
    """The rush is over; who stood in it is told, so that a bonus can be paid (R117)."""

    topic: ClassVar[str] = "rush.ended"
    type: ClassVar[str] = "rush.ended.v1"
    by: Id
    ended_at: AwareDatetime
    attendance: tuple[AttendanceV1, ...] = ()
