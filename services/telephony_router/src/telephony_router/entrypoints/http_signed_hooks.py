"""The neutral webhook, answered with the whole plan: for any scenario of ours (Voximplant) and any exchange that can sign.

`X-Opblok-Timestamp`: seconds since 1970, fractions allowed. `X-Opblok-Signature`: `sha256=` and the hex HMAC-SHA256 of `<time stamp>.<raw body>`.
A repetition is signed anew, with a new time stamp.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from chassis.http.asking import Now
from fastapi import APIRouter, Request, Response

from telephony_router.application.believing import NotBelieved, Signed
from telephony_router.application.dialling import hops
from telephony_router.application.taking_calls import Heard
from telephony_router.entrypoints.hook_models import CallIn, EventsIn, FullPlanOut, HookIn, ReportOut, hop_out
from telephony_router.entrypoints.hooks import PROBLEMS, Takes, documented, raw_body, read, refuse

STAMP, SIGNATURE = "X-Opblok-Timestamp", "X-Opblok-Signature"
router = APIRouter(prefix="/webhooks", tags=["webhooks"], responses=PROBLEMS)


class Provider(StrEnum):
    """Who signs like this; each has a secret of its own."""

    GENERIC = "generic"
    VOXIMPLANT = "voximplant"


SIGNED: dict[str, Any] = {
    "parameters": [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string", "maxLength": most}}
        for name, most in ((STAMP, 60), (SIGNATURE, 200))
    ]
}


async def believed(provider: Provider, request: Request, now: datetime) -> bytes:
    """The body of a webhook that is signed, fresh and new."""
    raw, headers = await raw_body(request), request.headers
    try:
        _signed(request, provider).check(raw, headers.get(STAMP, ""), headers.get(SIGNATURE, ""), now)
    except NotBelieved as no:
        raise refuse(request, no) from None
    return raw


@router.post("/{provider}/calls", response_model=FullPlanOut, openapi_extra=documented(CallIn) | SIGNED)
async def route_call(provider: Provider, request: Request) -> Response:
    """A call rings: its whole plan. Asked again about the same call, the same plan.

    A caller waits: the route reaches for what it needs by itself, which costs less than to have it handed (decision 108).
    """
    now, taking = request.app.state.clock.now(), request.app.state.taking
    body = read(request, CallIn, await believed(provider, request, now))
    routed = await taking.receive(_heard(provider, body), now)
    steps = [hop_out(each) for each in hops(routed.plan, taking.situating.memory)]
    plan = FullPlanOut(call_id=routed.call_id, recognition=routed.plan.recognition, steps=steps)
    return Response(plan.model_dump_json(), media_type="application/json")


@router.post("/{provider}/events", openapi_extra=documented(EventsIn) | SIGNED)
async def hear_events(
    provider: Provider, request: Request, now: Now, taking: Takes, response: Response
) -> ReportOut:
    """What happened to a call: each leg, who answered, the end, the recording; in any order, twice, days late."""
    body = read(request, EventsIn, await believed(provider, request, now))
    heard = _heard(provider, body)
    saved = await taking.report(heard, [each.event() for each in body.events], now)
    response.status_code = 200 if saved else 202
    return ReportOut(call_id=taking.id_of(heard), saved=saved is not None)


def _signed(request: Request, provider: Provider) -> Signed:
    """How this provider signs; without a secret it is nobody's."""
    found: Signed | None = request.app.state.signed.get(provider.value)
    if found is None:
        raise NotBelieved("unset")
    return found


def _heard(provider: Provider, body: HookIn) -> Heard:
    return Heard(provider.value, body.call_id, body.from_, body.to, body.started_at)
