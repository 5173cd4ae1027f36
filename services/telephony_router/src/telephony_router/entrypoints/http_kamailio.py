"""Kamailio asks before it forks: the plan as RTJSON, serial; and it reports each leg by its SIP code.

Its http_client can sign nothing, so it shows a token (`X-Router-Token`); it stands beside the router or behind TLS. A `play` step is left out: a
proxy has no voice. Fields besides RTJSON's own are passed over by the module (kamailio.org, rtjson, 5: JSON Routing Structure).
"""

from typing import Annotated

from chassis.http.asking import Now
from fastapi import APIRouter, Depends, Header, Request, Response
from pydantic import AwareDatetime, BaseModel, Field

from telephony_router.application.believing import NotBelieved, check_token
from telephony_router.application.dialling import Hop, Way, hops
from telephony_router.application.taking_calls import Heard
from telephony_router.domain.call import Event, Said
from telephony_router.entrypoints.hook_models import CallIn, HookIn, ReportOut
from telephony_router.entrypoints.hooks import PROBLEMS, Directory, Raw, Takes, documented, read, refuse
from telephony_router.settings import SipSettings

router = APIRouter(prefix="/webhooks/kamailio", tags=["webhooks"], responses=PROBLEMS)

FIRST_ANSWER_MS = 3000
"""A dead telephone, which does not even say that it rings, is passed over after this."""
CODES = {486: "busy", 600: "busy", 603: "declined", 404: "unreachable", 410: "unreachable", 487: "hung_up"}


class RouteOut(BaseModel):
    """One destination. `leg` is the number of the plan's step, to be reported."""

    uri: str
    dst_uri: str | None = None
    fr_timer: int = Field(description="Milliseconds to the first provisional answer.")
    fr_inv_timer: int = Field(description="Milliseconds of ringing.")
    leg: int
    reason: str


class RtJsonOut(BaseModel):
    """RTJSON. Without routes nobody can be rung: answer 480 and report the end; the callback is the router's."""

    version: str = "1.0"
    routing: str = "serial"
    call_id: str
    routes: list[RouteOut]


class LegIn(HookIn):
    """One thing that happened, flat, since jansson_set is what the configuration has."""

    said: Said
    leg: int | None = Field(None, ge=1, le=100)
    code: int | None = Field(None, ge=100, le=699, description="The SIP code that ended the leg.")
    talked_seconds: int | None = Field(None, ge=0, le=1_000_000)
    at: AwareDatetime | None = Field(
        None, description="When, as ISO 8601 or seconds since 1970; not given: now."
    )


async def believed(
    request: Request, raw: Raw, token: Annotated[str, Header(alias="X-Router-Token", max_length=400)] = ""
) -> bytes:
    """The body of whoever knows the token."""
    sip: SipSettings = request.app.state.sip
    try:
        check_token(_tokens(sip), token)
    except NotBelieved as no:
        raise refuse(request, no) from None
    return raw


Believed = Annotated[bytes, Depends(believed)]


@router.post("", openapi_extra=documented(CallIn), response_model_exclude_none=True)
async def route_call(
    request: Request, raw: Believed, now: Now, taking: Takes, memory: Directory
) -> RtJsonOut:
    """An INVITE: whom to fork to, one after another."""
    body = read(request, CallIn, raw)
    routed = await taking.receive(_heard(body), now)
    sip: SipSettings = request.app.state.sip
    routes = [_route(each, sip) for each in hops(routed.plan, memory) if each.dial]
    return RtJsonOut(call_id=routed.call_id, routes=routes)


@router.post("/events", openapi_extra=documented(LegIn))
async def hear_leg(request: Request, raw: Believed, now: Now, taking: Takes, response: Response) -> ReportOut:
    """A leg or the call ended, or somebody picked up."""
    body = read(request, LegIn, raw)
    heard = _heard(body)
    code = CODES.get(body.code, "no_answer") if body.code else None
    name = f"{body.said}:{body.leg or 0}"
    event = Event(name, body.said, body.at or now, body.leg, code=code, talked_seconds=body.talked_seconds)
    saved = await taking.report(heard, [event], now)
    response.status_code = 200 if saved else 202
    return ReportOut(call_id=taking.id_of(heard), saved=saved is not None)


def _tokens(sip: SipSettings) -> list[str]:
    if not sip.tokens:
        raise NotBelieved("unset")
    return sip.tokens


def _heard(body: HookIn) -> Heard:
    return Heard("kamailio", body.call_id, body.from_, body.to, body.started_at)


def _route(hop: Hop, sip: SipSettings) -> RouteOut:
    assert hop.dial is not None
    address, dst_uri = hop.dial.address, None
    if hop.dial.way is Way.EXTENSION:
        uri = f"sip:{address}@{sip.domain}"
    elif hop.dial.way is Way.SIP:
        uri = address if address.startswith(("sip:", "sips:")) else f"sip:{address}"
    else:
        uri, dst_uri = f"sip:{address}@{sip.trunk or sip.domain}", f"sip:{sip.trunk}" if sip.trunk else None
    return RouteOut(
        uri=uri,
        dst_uri=dst_uri,
        fr_timer=FIRST_ANSWER_MS,
        fr_inv_timer=hop.step.seconds * 1000,
        leg=hop.number,
        reason=hop.step.reason,
    )
