"""A plan as it is shown to people: each step with its reason in words."""

from datetime import datetime

from pydantic import BaseModel, Field

from telephony_router.domain.plan import Plan
from telephony_router.domain.reasons import words_of


class ReasonOut(BaseModel):
    """In words; `rule` is the number of the rule it comes from."""

    word: str
    rule: str
    ru: str
    en: str


class StepOut(BaseModel):
    kind: str = Field(description="ring, play, overflow, callback")
    target: str
    staff_id: str | None
    by: str | None = Field(description="desk or mobile")
    seconds: int
    due_at: datetime | None = Field(description="Of a callback: by when, UTC.")
    reason: ReasonOut


class PassedOverOut(BaseModel):
    staff_id: str
    reason: ReasonOut


class PlanOut(BaseModel):
    """Who would ring, in this order, and why; who would not, and why."""

    recognition: str
    customer_id: str | None
    candidates: list[str] = Field(description="All customers with this number, the likeliest first.")
    owner_id: str | None
    order_id: str | None = Field(description="The order in trouble by which it is routed.")
    settings_version: int
    steps: list[StepOut]
    passed_over: list[PassedOverOut]


def plan_out(plan: Plan) -> PlanOut:
    """A plan as shown."""
    return PlanOut(
        recognition=plan.recognition,
        customer_id=plan.customer_id,
        candidates=list(plan.candidates),
        owner_id=plan.owner_id,
        order_id=plan.order_id,
        settings_version=plan.settings_version,
        steps=[
            StepOut(
                kind=step.kind,
                target=step.target,
                staff_id=step.staff_id,
                by=step.by,
                seconds=step.seconds,
                due_at=step.due_at,
                reason=reason_out(step.reason),
            )
            for step in plan.steps
        ],
        passed_over=[
            PassedOverOut(staff_id=each.staff_id, reason=reason_out(each.reason)) for each in plan.passed_over
        ],
    )


def reason_out(reason: str) -> ReasonOut:
    """A reason in words."""
    words = words_of(reason)
    return ReasonOut(word=reason, rule=words.rule, ru=words.ru, en=words.en)
