"""The neutral webhook, answered with the whole plan: for any scenario of ours (Voximplant) and any exchange that can sign.

`X-Opblok-Timestamp`: seconds since 1970, fractions allowed. `X-Opblok-Signature`: `sha256=` and the hex HMAC-SHA256 of `<time stamp>.<raw body>`.
A repetition is signed anew, with a new time stamp.
"""

from enum import StrEnum
from typing import Annotated

from chassis.http.asking import Now
from fastapi import APIRouter, Depends, Header, Request, Response

from telephony_router.application.believing import NotBelieved, Signed
from telephony_router.application.dialling import hops
from telephony_router.application.taking_calls import Heard
from telephony_router.entrypoints.hook_models import CallIn, EventsIn, FullPlanOut, HookIn, ReportOut, hop_out
from telephony_router.entrypoints.hooks import PROBLEMS, Raw, Takes, documented, read, refuse

router = APIRouter(prefix="/webhooks", tags=["webhooks"], responses=PROBLEMS)


class Provider(StrEnum):
    """Who signs like this; each has a secret of its own."""

    GENERIC = "generic"
    VOXIMPLANT = "voximplant"


async def believed(  # noqa: PLR0917 - what a signature is made of
    provider: Provider,
    request: Request,
    raw: Raw,
    now: Now,
    stamp: Annotated[str, Header(alias="X-Opblok-Timestamp", max_length=60)] = "",
    signature: Annotated[str, Header(alias="X-Opblok-Signature", max_length=200)] = "",
) -> bytes:
    """The body of a webhook that is signed, fresh and new."""
    try:
        _signed(request, provider).check(raw, stamp, signature, now)
    except NotBelieved as no:
        raise refuse(request, no) from None
    return raw


Believed = Annotated[bytes, Depends(believed)]


@router.post("/{provider}/calls", openapi_extra=documented(CallIn))
async def route_call(
    provider: Provider, request: Request, raw: Believed, now: Now, taking: Takes
) -> FullPlanOut:
    """A call rings: its whole plan. Asked again about the same call, the same plan."""
    body = read(request, CallIn, raw)
    routed = await taking.receive(_heard(provider, body), now)
    steps = [hop_out(each) for each in hops(routed.plan, taking.situating.memory)]
    return FullPlanOut(call_id=routed.call_id, recognition=routed.plan.recognition, steps=steps)


@router.post("/{provider}/events", openapi_extra=documented(EventsIn))
async def hear_events(  # noqa: PLR0917 - what it needs of the service
    provider: Provider, request: Request, raw: Believed, now: Now, taking: Takes, response: Response
) -> ReportOut:
    """What happened to a call: each leg, who answered, the end, the recording; in any order, twice, days late."""
    body = read(request, EventsIn, raw)
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
