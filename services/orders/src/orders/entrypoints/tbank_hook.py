"""What T-Bank notifies. Whoever does not know the secret part of the path, or has not signed, is not heard.

Answered `OK` once it is worked in; anything else makes the bank notify again, every hour for a day. What it says is a hint:
how far the payment is, the bank is asked. Card data in it is never read.
"""

import hmac
from http import HTTPStatus
from typing import Annotated, Any

from chassis.handling import Occasion, fingerprint
from chassis.http.asking import Now
from chassis.http.problems import declared
from fastapi import APIRouter, Body, Path, Request, Response
from kernel.actor import service
from starlette.exceptions import HTTPException

from orders.application.acquirer import NotHisNotice
from orders.application.collecting import Collecting

router = APIRouter(prefix="/webhooks/tbank", tags=["webhooks"])
Secret = Annotated[str, Path(max_length=200)]
Told = Annotated[dict[str, Any], Body()]
HEARD = "OK"


@router.post("/{secret}", response_class=Response, responses=declared(403, 404))
async def hear_bank(secret: Secret, told: Told, request: Request, at: Now) -> Response:
    """A notification of the bank."""
    ours: str | None = request.app.state.tbank_secret
    if ours is None or not hmac.compare_digest(secret.encode(), ours.encode()):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    collecting: Collecting = request.app.state.collecting
    named = {name: told.get(name) for name in ("PaymentId", "OrderId", "Status")}
    why = Occasion(f"tbank:{fingerprint([named, at])}", at, service("tbank"))
    try:
        await collecting.hear(told, why)
    except NotHisNotice as forged:
        raise HTTPException(HTTPStatus.FORBIDDEN, "The signature does not fit.") from forged
    return Response(HEARD, media_type="text/plain")
