"""Facts of calls, published by telephony-router. None carries a phone: who needs one asks crm."""

from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, Field

from contracts.fact import Fact, Value, published
from contracts.values import Code, Count, Id

Known = Literal["known", "ambiguous", "unknown", "hidden", "blocked"]


class CallV1(Value):
    """A call as far as others may know it. `line` is the word for our number that was rung; `owner_id` answers for the
    customer (R97, R98). `order_id` is the open order the call was routed by, where there was one.
    """

    call_id: Id
    shop_id: Id
    direction: Literal["inbound", "outbound"] | Code = "inbound"
    line: Code
    recognition: Known | Code
    customer_id: Id | None = None
    owner_id: Id | None = None
    order_id: Id | None = None
    started_at: AwareDatetime


class CallFact(Fact):
    call: CallV1

    def subject(self) -> str:
        return self.call.call_id


@published
class CallReceivedV1(CallFact):
    """Somebody rings; one call is told once, however often its provider says so."""

    topic: ClassVar[str] = "call.received"
    type: ClassVar[str] = "call.received.v1"


class StepV1(Value):
    """One step of a plan: whom to ring and for how long, and why he is rung (R96, R97)."""

    kind: Literal["ring", "play", "queue", "overflow", "callback"] | Code
    target: (
        Literal[
            "owner",
            "owner_mobile",
            "deputy",
            "duty",
            "lane",
            "conflict_manager",
            "call_centre",
            "task",
        ]
        | Code
    )
    staff_id: Id | None = None
    seconds: Count = 0
    reason: Code


@published
class CallRoutedV1(CallFact):
    """The plan of the call: it ends in a callback, always (R96). `settings_version` is the version of the rules it came from."""

    topic: ClassVar[str] = "call.routed"
    type: ClassVar[str] = "call.routed.v1"
    settings_version: Count
    steps: Annotated[tuple[StepV1, ...], Field(min_length=1)]


@published
class CallAnsweredV1(CallFact):
    """A person picked up. `first_try`: the first who was rung (R99)."""

    topic: ClassVar[str] = "call.answered"
    type: ClassVar[str] = "call.answered.v1"
    staff_id: Id | None = None
    target: Code
    waited_seconds: Count
    first_try: bool
    at: AwareDatetime


@published
class CallMissedV1(CallFact):
    """Nobody of us talked to the caller. `at_lunch` is by the shop's hours (R104)."""

    topic: ClassVar[str] = "call.missed"
    type: ClassVar[str] = "call.missed.v1"
    reason: Literal["nobody_answered", "hung_up", "outside_hours", "blocked", "router_down"] | Code
    waited_seconds: Count
    at_lunch: bool
    at: AwareDatetime


@published
class CallFinishedV1(CallFact):
    """The call is over. `staff_id` is who talked last; `transfers` counts hand-overs while talking (R99)."""

    topic: ClassVar[str] = "call.finished"
    type: ClassVar[str] = "call.finished.v1"
    staff_id: Id | None = None
    talked_seconds: Count
    transfers: Count = 0
    recorded: bool = False
    at: AwareDatetime


class CallbackV1(Value):
    """A promise to ring back: its owner and his deadline (R96, R106). `call_id` is the call that was missed."""

    callback_id: Id
    shop_id: Id
    call_id: Id | None = None
    customer_id: Id | None = None
    owner_id: Id
    origin: Literal["missed_call", "duty_note", "site", "phone_hours"] | Code
    due_at: AwareDatetime


class CallbackFact(Fact):
    callback: CallbackV1

    def subject(self) -> str:
        return self.callback.callback_id

    def story(self) -> str:
        return self.callback.call_id or self.callback.callback_id


@published
class CallbackDueV1(CallbackFact):
    """Somebody is to be rung back; told again with another owner when it was escalated (`level` grows)."""

    topic: ClassVar[str] = "callback.due"
    type: ClassVar[str] = "callback.due.v1"
    level: Count = 0


@published
class CallbackMadeV1(CallbackFact):
    """It is settled: rung back, rung anew by himself, or given up after the tries the shop has set."""

    topic: ClassVar[str] = "callback.made"
    type: ClassVar[str] = "callback.made.v1"
    outcome: Literal["talked", "rang_again", "gave_up", "no_number", "withdrawn"] | Code
    by: Id
    at: AwareDatetime
