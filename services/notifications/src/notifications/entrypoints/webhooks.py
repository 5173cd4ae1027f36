"""Where SMS gateways call back. The last part of the address is the secret they were given."""

import hmac
from typing import Annotated

from chassis.handling import Occasion
from chassis.http.asking import Now
from chassis.http.problems import refusals
from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import PlainTextResponse
from kernel.actor import service
from kernel.refusal import NotFound
from uuid_utils.compat import uuid7

from notifications.application.outgoing import NotFromGateway, SendSms
from notifications.application.reporting import Reporting

router = APIRouter(prefix="/webhooks", tags=["webhooks"])

Gateway = Annotated[str, Path(pattern=r"^[a-z]{1,20}$")]
Secret = Annotated[str, Path(max_length=200)]


class NothingHere(NotFound):
    """No such address: who does not know the secret learns nothing."""


async def called(request: Request, gateway: Gateway, secret: Secret) -> SendSms:
    """The gateway that calls; compared in constant time."""
    known: str | None = request.app.state.callback_secret
    found: SendSms | None = request.app.state.gateways.get(gateway)
    if known is None or not hmac.compare_digest(secret.encode(), known.encode()) or found is None:
        raise NothingHere("There is nothing here.")
    return found


async def reporting(request: Request) -> Reporting:
    """The wired use case."""
    return request.app.state.reporting


@router.post("/sms/{gateway}/{secret}", response_class=PlainTextResponse, responses=refusals(NothingHere))
async def hear_report(
    request: Request,
    gateway: Annotated[SendSms, Depends(called)],
    hear: Annotated[Reporting, Depends(reporting)],
    at: Now,
) -> PlainTextResponse:
    """Reports of delivery, in the gateway's own form; unknown, repeated and late ones do no harm."""
    why = Occasion(f"webhook:{uuid7()}", at, service(f"gateway-{gateway.name}"))
    try:
        return PlainTextResponse(await hear.hear(gateway, await request.body(), why))
    except NotFromGateway:
        raise NothingHere("There is nothing here.") from None
