"""What others are told of calls and callbacks: no number, no name, no recording's address."""

from collections.abc import Sequence

from chassis.duties_told import duty_refused
from contracts.calls import (
    CallAnsweredV1,
    CallbackDueV1,
    CallbackMadeV1,
    CallbackV1,
    CallFinishedV1,
    CallMissedV1,
    CallReceivedV1,
    CallRoutedV1,
    CallV1,
    StepV1,
)
from contracts.fact import Fact
from kernel.refused_duty import DutyRefused

from telephony_router.domain import call as c
from telephony_router.domain import callback as k
from telephony_router.domain.call_story import story
from telephony_router.domain.plan import Step


def of_call(change: c.Change, call: c.PhoneCall) -> Sequence[Fact]:
    """Each change, and the fact it is worth."""
    match change:
        case c.CallReceived():
            return [CallReceivedV1(call=_call(call))]
        case c.CallRouted():
            steps = tuple(_step(each) for each in change.plan.steps)
            return [
                CallRoutedV1(call=_call(call), settings_version=change.plan.settings_version, steps=steps)
            ]
        case c.CallAnswered():
            return [_answered(call)]
        case c.CallMissed():
            return [_missed(call)]
        case c.CallFinished():
            return [_finished(call)]
        case _:
            return []


def of_callback(change: k.Change, callback: k.Callback) -> Sequence[Fact]:
    """Somebody is to be rung back, by somebody else now, or it is settled."""
    match change:
        case k.CallbackOpened() | k.CallbackEscalated():
            return [CallbackDueV1(callback=_callback(callback), level=callback.level)]
        case k.CallbackSettledBy():
            made = CallbackMadeV1(
                callback=_callback(callback), outcome=change.outcome, by=change.by, at=change.at
            )
            return [made]
        case DutyRefused():
            return [duty_refused(change, "callback", callback.callback_id)]
        case k.CallbackTried() | k.WisherForgotten() | k.NumberSeen():
            return []


def _call(call: c.PhoneCall) -> CallV1:
    plan, offer = call.plan, call.offer
    unseen = "unknown" if offer.hash else "hidden"
    return CallV1(
        call_id=call.call_id,
        shop_id=offer.shop_id,
        line=offer.line,
        recognition=plan.recognition.value if plan else unseen,
        customer_id=plan.customer_id if plan else None,
        owner_id=plan.owner_id if plan else None,
        order_id=plan.order_id if plan else None,
        started_at=offer.started_at,
    )


def _step(step: Step) -> StepV1:
    return StepV1(
        kind=step.kind.value,
        target=step.target.value,
        staff_id=step.staff_id,
        seconds=step.seconds,
        reason=step.reason,
    )


def _answered(call: c.PhoneCall) -> Fact:
    now = story(call)
    assert now.answered_at is not None
    return CallAnsweredV1(
        call=_call(call),
        staff_id=now.staff_id,
        target=now.target or "other",
        waited_seconds=now.waited,
        first_try=now.first_try,
        at=now.answered_at,
    )


def _missed(call: c.PhoneCall) -> Fact:
    now = story(call)
    assert now.ended_at is not None
    return CallMissedV1(
        call=_call(call),
        reason=now.missed_reason,
        waited_seconds=now.waited,
        at_lunch=call.offer.at_lunch,
        at=now.ended_at,
    )


def _finished(call: c.PhoneCall) -> Fact:
    now = story(call)
    assert now.ended_at is not None
    return CallFinishedV1(
        call=_call(call),
        staff_id=now.staff_id,
        talked_seconds=now.talked,
        transfers=now.transfers,
        recorded=now.recording is not None,
        at=now.ended_at,
    )


def _callback(callback: k.Callback) -> CallbackV1:
    wish = callback.wish
    return CallbackV1(
        callback_id=callback.callback_id,
        shop_id=wish.shop_id,
        call_id=wish.call_id,
        customer_id=wish.customer_id,
        owner_id=callback.owner_id,
        origin=wish.origin,
        due_at=callback.due_at,
    )
