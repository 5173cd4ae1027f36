"""Facts published by quality. None carries a customer's words."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, Field

from contracts.fact import Fact, Value, published
from contracts.values import Code, Count, Id


class QualityCallV1(Value):
    """The question after a delivery: who was served by whom, and by when he is asked (R82, R83)."""

    call_id: Id
    order_id: Id
    shop_id: Id
    customer_id: Id | None = None
    carrier_id: Id | None = None
    responsible_id: Id | None = None
    due_at: AwareDatetime


class QualityCallFact(Fact):
    call: QualityCallV1

    def subject(self) -> str:
        return self.call.call_id

    def story(self) -> str:
        return self.call.order_id


@published
class QualityCallDueV1(QualityCallFact):
    """A delivered order's customer is to be asked the next day (R83)."""

    topic: ClassVar[str] = "quality.call_due"
    type: ClassVar[str] = "quality.call_due.v1"
    channel: Literal["call", "survey_link"] | Code


@published
class QualityCallOverdueV1(QualityCallFact):
    """The customer was not asked by the end of the day he was to be asked on (R83)."""

    topic: ClassVar[str] = "quality.call_overdue"
    type: ClassVar[str] = "quality.call_overdue.v1"
    at: AwareDatetime


@published
class QualityAnsweredV1(QualityCallFact):
    """The customer answered: whether everything is in order, whether he is content (R83); `nps` 0..10 where asked (R85)."""

    topic: ClassVar[str] = "quality.answered"
    type: ClassVar[str] = "quality.answered.v1"
    in_order: bool
    content: bool
    nps: Annotated[int, Field(ge=0, le=10)] | None = None
    by: Id


@published
class QualityAlarmV1(QualityCallFact):
    """A bad answer: somebody calm has to act (R76)."""

    topic: ClassVar[str] = "quality.alarm"
    type: ClassVar[str] = "quality.alarm.v1"
    reasons: tuple[
        Literal["not_in_order", "not_content", "critic", "courier_manners", "promise_broken"] | Code, ...
    ]


@published
class NpsMeasuredV1(Fact):
    """NPS of a day: of the company, a carrier or a manager (R85, R87). `score` = % promoters - % critics, -100..100."""

    topic: ClassVar[str] = "nps.measured"
    type: ClassVar[str] = "nps.measured.v1"
    shop_id: Id
    day: date
    of: Literal["company", "carrier", "manager"] | Code
    of_id: Id
    answers: Count
    promoters: Count
    neutral: Count
    critics: Count
    score: Annotated[int, Field(ge=-100, le=100)]

    def subject(self) -> str:
        return f"nps:{self.shop_id}:{self.of}:{self.of_id}"


@published
class SlaBreachedV1(Fact):
    """A declared term was not kept (R91). `version` is the definition's that was in force."""

    topic: ClassVar[str] = "sla.breached"
    type: ClassVar[str] = "sla.breached.v1"
    breach_id: Id
    sla_id: Id
    version: Count
    thing_id: Id
    order_id: Id | None = None
    due_at: AwareDatetime
    at: AwareDatetime

    def subject(self) -> str:
        return self.breach_id

    def story(self) -> str:
        return self.order_id or self.breach_id
