"""Shop and carrier on one side of the barricade: his board, and the act of a month, over HTTP (R59, R70)."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

from chassis.http.asking import Asking, asked_by
from chassis.http.problems import refusals
from fastapi import APIRouter, Depends, Path
from fastapi import Query as Asks
from fastapi.responses import Response
from kernel.actor import Actor, Role

from logistics.application.showing_carriers import ShowingCarriers
from logistics.domain.carrier_act import Act
from logistics.domain.refusals import UnknownCarrier
from logistics.domain.shipment_refusals import NotHisCarrier
from logistics.entrypoints.carrier_board_models import BoardOut, board_out
from logistics.entrypoints.http_carrier_scores import MONTH
from logistics.entrypoints.incident_wired import READERS, ShopsKnown
from logistics.entrypoints.wired import CarrierId, CarriersKept, reached

router = APIRouter(prefix="/carriers/{carrier_id}", tags=["carriers"])

Shows = Annotated[ShowingCarriers, reached("showing_carriers")]
Sharer = Annotated[Actor, Depends(asked_by(*sorted({*READERS, Role.LOGISTICIAN, Role.PARTNER})))]
"""Who settles troubles with carriers, and the carrier himself."""


class Form(StrEnum):
    HTML = "html"
    CSV = "csv"


class Language(StrEnum):
    RU = "ru"
    EN = "en"


Forms = Annotated[Mapping[str, Callable[[Act, str, str, ZoneInfo], str]], reached("act_forms")]
"""How an act looks: of it, the carrier's title, in a language, by a clock."""
MEDIA = {Form.HTML: "text/html; charset=utf-8", Form.CSV: "text/csv; charset=utf-8"}


async def own_carrier(carrier_id: CarrierId, actor: Sharer) -> Actor:
    """A partner asks as `partner:<carrier>`, and sees that carrier alone."""
    if Role.PARTNER in actor.roles and actor.id != f"{Role.PARTNER}:{carrier_id}":
        raise NotHisCarrier("A partner sees his own board and acts alone.")
    return actor


SharedWith = Annotated[Actor, Depends(own_carrier)]


@router.get("/board", responses=refusals(UnknownCarrier, NotHisCarrier))
async def read_board(
    carrier_id: CarrierId, actor: SharedWith, carriers: CarriersKept, shows: Shows, asked: Asking
) -> BoardOut:
    """What both sides work from: pick-ups that still come, shipments on their way, open troubles and by when, the month's
    figures, favours given and received (R59). A partner's own token opens his.
    """
    del actor
    await _title(carriers, carrier_id)
    return board_out(carrier_id, await shows.board(carrier_id, asked.at), asked.at)


@router.get(
    "/acts/{month}",
    responses={
        **refusals(UnknownCarrier, NotHisCarrier),
        200: {
            "content": {"text/html": {}, "text/csv": {}},
            "description": "A page to print and sign, or a table.",
        },
    },
    response_class=Response,
)
async def read_act(  # noqa: PLR0917 - what FastAPI fills in
    carrier_id: CarrierId,
    month: Annotated[str, Path(pattern=MONTH, examples=["2026-03"])],
    actor: SharedWith,
    carriers: CarriersKept,
    shows: Shows,
    shops: ShopsKnown,
    forms: Forms,
    form: Annotated[Form, Asks(alias="format")] = Form.HTML,
    language: Annotated[Language, Asks()] = Language.RU,
) -> Response:
    """The act of a month for the talk: promised beside real times, troubles, and what the terms ask for (R70). It grows until
    the month's incidents are closed; clocks are the shop's.
    """
    del actor
    title, shop = await _title(carriers, carrier_id), await shops.of()
    text = forms[form](await shows.act(carrier_id, month), title, language, ZoneInfo(shop.calendar.zone))
    name = f'inline; filename="act-{carrier_id}-{month}.{form}"'
    headers = {
        "Content-Disposition": name,
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    }
    return Response(text, media_type=MEDIA[form], headers=headers)


async def _title(carriers: CarriersKept, carrier_id: str) -> str:
    carrier = (await carriers.load(carrier_id)).state
    if carrier is None:
        raise UnknownCarrier("There is no such carrier.")
    return carrier.profile.title
