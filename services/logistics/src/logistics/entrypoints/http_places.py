"""Where is delivered to, over HTTP (R68)."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from chassis.http.asking import Asking
from chassis.http.paging import PageOut, Paging
from chassis.listing import cursor, read_cursor
from fastapi import APIRouter
from pydantic import BaseModel

from logistics.domain.agreement import Point
from logistics.domain.terms import Terms
from logistics.entrypoints.agreement_document import point_out
from logistics.entrypoints.agreement_models import PointIO
from logistics.entrypoints.wired import Asker, Stands, ZoneCode

router = APIRouter(tags=["places"])
S = TypeVar("S")
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
    zones = _zones((await standing.shelf(asked.at)).at(asked.at))
    return _paged(list(zones.items()), page, lambda zone: zone)


@router.get("/points")
async def list_points(
    actor: Asker, asked: Asking, page: Paging, standing: Stands, zone: ZoneCode | None = None
) -> PageOut[PointOut]:
    """Pick-up points with their hours, by carrier and id (R68)."""
    del actor
    found = [
        (f"{terms.carrier_id}:{point.point_id}", (terms, point))
        for terms in (await standing.shelf(asked.at)).at(asked.at)
        for point in (terms.agreement.points if zone is None else terms.points_of.get(zone, ()))
    ]
    return _paged(found, page, lambda one: _point(*one))


def _point(terms: Terms, point: Point) -> PointOut:
    return PointOut.model_construct(
        **dict(point_out(point)), carrier_id=terms.carrier_id, terms_version=terms.version
    )


def _zones(holding: Sequence[Terms]) -> dict[str, ZoneOut]:
    found: dict[str, ZoneOut] = {}
    for terms in holding:
        for code in {*terms.zones, *terms.points_of}:
            known = found.setdefault(code, _zone(terms, code))
            known.carriers.append(terms.carrier_id)
            known.points += len(terms.points_of.get(code, ()))
    return found


def _zone(terms: Terms, code: str) -> ZoneOut:
    zone = terms.zones.get(code)
    clocks = zone.time_zone if zone else terms.points_of[code][0].time_zone
    return ZoneOut(zone=code, title=zone.title if zone else code, time_zone=clocks, carriers=[], points=0)


def _paged(named: Sequence[tuple[str, S]], page: Paging, out: Callable[[S], T]) -> PageOut[T]:
    """A page of what is kept in memory, by name; only what is on it is written out: a carrier has thousands of points."""
    after = read_cursor(page.cursor)[1] if page.cursor else ""
    rest = sorted((each for each in named if each[0] > after), key=lambda each: each[0])
    shown = rest[: page.limit]
    following = cursor(None, shown[-1][0]) if len(rest) > page.limit else None
    return PageOut[T](items=[out(each) for _, each in shown], next=following)
