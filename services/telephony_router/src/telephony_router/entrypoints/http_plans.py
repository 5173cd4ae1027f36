"""Who would ring now, or at any minute, and why: without a call (R101)."""

from typing import Annotated

from chassis.http.asking import Now
from fastapi import APIRouter
from kernel.action import Action
from kernel.actor import Actor
from pydantic import Field

from telephony_router.entrypoints.plan_models import PlanOut, plan_out
from telephony_router.entrypoints.wired import CallersKnown, In, Instant, Situates, who_may

router = APIRouter(tags=["plans"])
Rehearser = Annotated[Actor, who_may(Action.REHEARSE_CALL)]


class RehearsalIn(In):
    """A phone never stands in an address, so this is a body."""

    from_: str = Field(
        "", alias="from", max_length=120, description="The caller's number in any spelling; empty: hidden."
    )
    to: str = Field("", max_length=120, description="Which of our numbers; the usual one if not given.")
    at: Instant | None = Field(None, description="The minute to try; now if not given.")


@router.post("/plans:rehearse")
async def rehearse(
    body: RehearsalIn, actor: Rehearser, now: Now, situating: Situates, callers: CallersKnown
) -> PlanOut:
    """By the people, shifts, orders and rules as they are known now, at the hour asked. Nothing is kept, nobody is rung."""
    del actor
    caller, line = callers.caller(body.from_), callers.line(body.to)
    plan = situating.plan(callers.call(caller, line), caller.hash, line.shop_id, body.at or now)
    return plan_out(plan)
