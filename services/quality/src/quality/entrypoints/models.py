"""What is asked of quality over HTTP, and what it answers."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from chassis.http.fields import Words
from kernel.personal import Personal
from pydantic import BaseModel, ConfigDict, Field

from quality.domain.answers import Answers
from quality.domain.call import Answered, Call, NotCalled, Open, Result


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Question(StrEnum):
    """An open question (R84)."""

    CLEAR = "clear"
    WISHES = "wishes"
    QUALITY = "quality"
    PLANS = "plans"


class Tag(StrEnum):
    """A circumstance of the answer, for reading only (R90)."""

    DELAY = "delay"
    DISCOUNT = "discount"
    PARTIAL = "partial"
    SUBSTITUTE = "substitute"
    IDEA = "idea"


class AnswersIn(Asked):
    """What the customer said. There is no place for an offer, and none for a phone."""

    in_order: bool
    content: bool
    nps: Annotated[int, Field(ge=0, le=10, strict=True)] | None = None
    nps_asked: bool = Field(default=False, description="Also true when he was asked and would not say.")
    manners_good: bool | None = None
    promise_kept: bool | None = None
    words: dict[Question, Words] = Field(default_factory=dict[Question, Words])
    tags: list[Tag] = Field(default_factory=list[Tag], max_length=5)

    def answers(self) -> Answers:
        """In the domain's words."""
        return Answers(
            in_order=self.in_order,
            content=self.content,
            nps=self.nps,
            nps_asked=self.nps_asked or self.nps is not None,
            manners_good=self.manners_good,
            promise_kept=self.promise_kept,
            words={name.value: Personal(text) for name, text in self.words.items() if text},
            tags=tuple(dict.fromkeys(each.value for each in self.tags)),
        )


class TryIn(Asked):
    result: Result


class CheckIn(Asked):
    """Whether the second look found what the first did."""

    agrees: bool
    words: Words | None = None


class ContactOut(BaseModel):
    """Shown this once, and kept nowhere. `ask_nps`: whether this customer may be asked to recommend us (R86)."""

    number: str
    name: str
    phone: str | None
    language: str
    ask_nps: bool
    questions: dict[str, str]


class CallOut(BaseModel):
    """A call; never what was answered."""

    call_id: str
    order_id: str
    shop_id: str
    state: str
    channel: str
    assignee: str | None
    due_at: datetime
    next_at: datetime | None
    time_zone: str
    delivered_at: datetime
    overdue: bool
    tries: int
    reason: str | None = Field(description="Why nobody asked, where nobody did.")
    closed_at: datetime | None
    checker: str | None = Field(description="Whose second check is due.")
    agrees: bool | None = Field(description="Whether the second check found what the first call did.")


class AnswersOut(BaseModel):
    """What the customer answered."""

    call_id: str
    order_id: str
    in_order: bool
    content: bool
    nps: int | None
    manners_good: bool | None
    promise_kept: bool | None
    words: dict[str, str]
    tags: list[str]
    by: str
    at: datetime
    reasons: list[str]


class LinkOut(BaseModel):
    """Where the customer answers; it is as good as his word."""

    link: str


def call_out(call: Call) -> CallOut:
    """As shown to people."""
    asking = call.asking
    waits = call if isinstance(call, Open) else None
    check = None if isinstance(call, Open) else call.check
    return CallOut(
        call_id=asking.call_id,
        order_id=asking.order_id,
        shop_id=asking.shop_id,
        state=call.kind,
        channel=asking.channel.value,
        assignee=waits.assignee if waits else None,
        due_at=asking.due_at,
        next_at=waits.next_at if waits else None,
        time_zone=asking.zone,
        delivered_at=asking.delivered_at,
        overdue=bool(waits and waits.overdue),
        tries=len(call.tries),
        reason=call.reason if isinstance(call, NotCalled) else None,
        closed_at=None if isinstance(call, Open) else call.at,
        checker=check.checker if check and check.agrees is None else None,
        agrees=check.agrees if check else None,
    )


def answers_out(call: Answered) -> AnswersOut:
    """As shown to who may know it (R8)."""
    said = call.answers
    return AnswersOut(
        call_id=call.asking.call_id,
        order_id=call.asking.order_id,
        in_order=said.in_order,
        content=said.content,
        nps=said.nps,
        manners_good=said.manners_good,
        promise_kept=said.promise_kept,
        words={name: text.value for name, text in said.words.items()},
        tags=list(said.tags),
        by=call.by,
        at=call.at,
        reasons=list(call.reasons),
    )
