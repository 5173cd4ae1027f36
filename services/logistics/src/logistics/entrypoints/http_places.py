"""Where is delivered to, over HTTP (R68)."""

from datetime import date
from typing import TypeVar

from chassis.http.asking import Asking
from chassis.http.paging import PageOut, Paging
from chassis.listing import cursor, read_cursor
from fastapi import APIRouter
from pydantic import BaseModel

from logistics.application.standing import Shelf
from logistics.domain.terms import Terms
from logistics.entrypoints.agreement_document import point_out
from logistics.entrypoints.agreement_models import PointIO
from logistics.entrypoints.wired import Asker, Stands, ZoneCode

router = APIRouter(tags=["places"])
T = TypeVar("T")


class ZoneOut(BaseModel):
    """A zone, and who delivers there today, to the door or to a point."""

    zone: str
    title: str
    time_zone: str
    carriers: list[str]
    points: int


class PointOut(PointIO):
    carrier_id: str
    terms_version: int


@router.get("/zones")
async def list_zones(actor: Asker, asked: Asking, page: Paging, standing: Stands) -> PageOut[ZoneOut]:
    """Zones that somebody delivers to today, by code."""
    del actor
    zones = _zones(await standing.shelf(asked.at), asked.at.date())
    return _paged([(code, zones[code]) for code in sorted(zones)], page)


@router.get("/points")
async def list_points(
    actor: Asker, asked: Asking, page: Paging, standing: Stands, zone: ZoneCode | None = None
) -> PageOut[PointOut]:
    """Pick-up points with their hours, by carrier and id (R68)."""
    del actor
    found = [
        (f"{terms.carrier_id}:{point.point_id}", terms, point)
        for terms in (await standing.shelf(asked.at)).on(asked.at.date())
        for point in (terms.agreement.points if zone is None else terms.points_of.get(zone, ()))
    ]
    ordered = sorted(found, key=lambda each: each[0])
    return _paged(
        [
            (
                name,
                PointOut.model_construct(
                    **dict(point_out(point)), carrier_id=terms.carrier_id, terms_version=terms.version
                ),
            )
            for name, terms, point in ordered
        ],
        page,
    )


def _zones(shelf: Shelf, on: date) -> dict[str, ZoneOut]:
    found: dict[str, ZoneOut] = {}
    for terms in shelf.on(on):
        for code in {*terms.zones, *terms.points_of}:
            known = found.setdefault(code, _zone(terms, code))
            known.carriers.append(terms.carrier_id)
            known.points += len(terms.points_of.get(code, ()))
    return found


def _zone(terms: Terms, code: str) -> ZoneOut:
    zone = terms.zones.get(code)
    clocks = zone.time_zone if zone else terms.points_of[code][0].time_zone
    return ZoneOut(zone=code, title=zone.title if zone else code, time_zone=clocks, carriers=[], points=0)


def _paged(named: list[tuple[str, T]], page: Paging) -> PageOut[T]:
    """A page of what is kept in memory, sorted by name."""
    after = read_cursor(page.cursor)[1] if page.cursor else ""
    rest = [(name, each) for name, each in named if name > after]
    shown = rest[: page.limit]
    following = cursor(None, shown[-1][0]) if len(rest) > page.limit else None
    return PageOut[T](items=[each for _, each in shown], next=following)
