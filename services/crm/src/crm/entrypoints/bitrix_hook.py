"""What Bitrix24 posts: a form with brackets (reference A4.2). Answered as soon as it is noted; it comes once and never again.

The one proof that it is the portal's is `application_token`; whoever has another changes nothing and is counted as refused.
"""

from http import HTTPStatus
from typing import Annotated

from chassis.handling import Occasion
from chassis.http.asking import Now
from chassis.http.problems import declared
from fastapi import APIRouter, Depends, Request, Response
from kernel.actor import service
from starlette.exceptions import HTTPException
from uuid_utils.compat import uuid7

from crm.application.bitrix_installing import NotOurPortal
from crm.application.bitrix_joining import Joining, Told
from crm.application.bitrix_port import PortalDown

router = APIRouter(prefix="/webhooks/bitrix24", tags=["webhooks"])
HIGHEST_NAME = 200


async def joining(request: Request) -> Joining:
    """The wired bridge."""
    return request.app.state.bitrix24


async def told(request: Request) -> Told:
    """The form, as far as it matters; any names besides are let be."""
    form = await request.form(max_files=0, max_fields=200)
    names = ("event", "data[FIELDS][ID]", "auth[application_token]", "auth[refresh_token]")
    event, number, token, refresh = (str(form.get(name) or "")[:HIGHEST_NAME] for name in names)
    return Told(event.upper(), number, token, refresh)


@router.post("", response_class=Response, responses=declared(403, 503))
async def hear_portal(
    said: Annotated[Told, Depends(told)], bridge: Annotated[Joining, Depends(joining)], at: Now
) -> Response:
    """An event of the portal."""
    try:
        await bridge.hear(said, Occasion(f"bitrix24:{uuid7()}", at, service("bitrix24")))
    except NotOurPortal as forged:
        raise HTTPException(HTTPStatus.FORBIDDEN, "This is not the portal crm is set up with.") from forged
    except PortalDown as down:
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, "Its OAuth server does not answer.") from down
    return Response(status_code=HTTPStatus.OK)
