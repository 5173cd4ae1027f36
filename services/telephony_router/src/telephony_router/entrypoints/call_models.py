"""A call and a callback as they are shown: whoever needs a number asks for it, and that is written down."""

from datetime import datetime

from pydantic import BaseModel, Field

from telephony_router.domain.call import PhoneCall
from telephony_router.domain.call_story import Leg, story
from telephony_router.domain.callback import Callback
from telephony_router.entrypoints.plan_models import PlanOut, plan_out


class LegOut(BaseModel):
    number: int
    staff_id: str | None
    target: str
    rang_at: datetime | None
    ended: str | None = Field(description="answered, or why not: busy, no_answer ...")


class CallOut(BaseModel):
    """One physical call. `status`: ringing, talking, finished, missed."""

    call_id: str
    provider: str
    shop_id: str
    line: str
    started_at: datetime
    status: str
    recognition: str
    customer_id: str | None
    owner_id: str | None
    staff_id: str | None = Field(description="Who talked last.")
    target: str | None
    first_try: bool
    waited_seconds: int
    talked_seconds: int
    transfers: int
    at_lunch: bool
    missed_reason: str | None
    recorded: bool
    legs: list[LegOut]
    plan: PlanOut | None


class CallbackOut(BaseModel):
    """Somebody to be rung back (`call`), written to (`letter`), or found out (`find_out`)."""

    callback_id: str
    shop_id: str
    origin: str
    manner: str
    call_id: str | None
    customer_id: str | None
    owner_id: str
    opened_at: datetime
    due_at: datetime
    level: int = Field(description="How often somebody let it pass.")
    tries: int
    outcome: str | None
    settled_by: str | None
    settled_at: datetime | None


def call_out(call: PhoneCall) -> CallOut:
    """A call as shown."""
    now, offer, plan = story(call), call.offer, call.plan
    return CallOut(
        call_id=call.call_id,
        provider=offer.provider,
        shop_id=offer.shop_id,
        line=offer.line,
        started_at=offer.started_at,
        status=now.status,
        recognition=plan.recognition if plan else "unknown",
        customer_id=plan.customer_id if plan else None,
        owner_id=plan.owner_id if plan else None,
        staff_id=now.staff_id,
        target=now.target,
        first_try=now.first_try,
        waited_seconds=now.waited,
        talked_seconds=now.talked,
        transfers=now.transfers,
        at_lunch=offer.at_lunch,
        missed_reason=now.missed_reason if now.status == "missed" else None,
        recorded=now.recording is not None,
        legs=[_leg(each) for each in now.legs],
        plan=plan_out(plan) if plan else None,
    )


def _leg(leg: Leg) -> LegOut:
    return LegOut(
        number=leg.number, staff_id=leg.staff_id, target=leg.target, rang_at=leg.rang_at, ended=leg.ended
    )


def callback_out(callback: Callback) -> CallbackOut:
    """A callback as shown."""
    wish = callback.wish
    return CallbackOut(
        callback_id=callback.callback_id,
        shop_id=wish.shop_id,
        origin=wish.origin,
        manner=wish.manner,
        call_id=wish.call_id,
        customer_id=wish.customer_id,
        owner_id=callback.owner_id,
        opened_at=callback.opened_at,
        due_at=callback.due_at,
        level=callback.level,
        tries=len(callback.tries),
        outcome=callback.outcome,
        settled_by=callback.settled_by,
        settled_at=callback.settled_at,
    )
