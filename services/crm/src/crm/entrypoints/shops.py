"""Shops over HTTP: hours, time zone, days that are otherwise."""

from datetime import date, time
from typing import Annotated

from chassis.chassis import Listing
from chassis.freezing import Lock
from chassis.handling import Handler
from chassis.http.asking import Asking
from chassis.http.fields import Id, Words
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.rush_freezes import Despite, Freezes
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends, Path, Request
from kernel.calendar import Hours
from kernel.freeze import Policy, SettingsFrozen
from kernel.refused_duty import NotYourDuty
from kernel.zone import zone_named
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, model_validator

from crm.domain import shop as sh
from crm.domain.refusals import UnknownShop
from crm.domain.shop import Shop
from crm.entrypoints.staff_models import Reader

router = APIRouter(prefix="/shops", tags=["shops"])
ShopId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.:-]{1,120}$")]

LocalTime = Annotated[
    time, WithJsonSchema({"type": "string", "pattern": r"^\d\d:\d\d(:\d\d)?$", "examples": ["10:00"]})
]
"""JSON Schema's own format `time` has an offset, which local time has not."""


class HoursIO(BaseModel):
    """Local time. Lunch is not working time."""

    model_config = ConfigDict(extra="forbid")
    opens: LocalTime
    closes: LocalTime
    lunch_from: LocalTime | None = None
    lunch_until: LocalTime | None = None

    @model_validator(mode="after")
    def in_order(self) -> "HoursIO":
        """Lunch lies within the hours; a shop that closes at 00:00 closes at the day's end."""
        if any(moment is not None and moment.tzinfo is not None for moment in self.moments):
            raise ValueError("hours are local time, without an offset")
        if (self.lunch_from is None) != (self.lunch_until is None):
            raise ValueError("lunch has a beginning and an end")
        ends = self.closes if self.closes > time(0) else time.max
        lunch = (
            self.lunch_from is None
            or self.lunch_until is None
            or self.opens <= self.lunch_from < self.lunch_until <= ends
        )
        if not (self.opens < ends and lunch):
            raise ValueError("opens before it closes, and lunch in between")
        return self

    @property
    def moments(self) -> tuple[time | None, ...]:
        """All of its moments."""
        return (self.opens, self.closes, self.lunch_from, self.lunch_until)


class ShopIO(BaseModel):
    """A shop, whole."""

    model_config = ConfigDict(extra="forbid")
    time_zone: str = Field(default="Europe/Moscow", max_length=60, description="IANA name.")
    week: dict[Annotated[int, Field(ge=1, le=7)], HoursIO] = Field(description="By ISO weekday; Monday is 1.")
    overrides: dict[date, HoursIO | None] = Field(default_factory=dict[date, HoursIO | None], max_length=400)
    follows_production_calendar: bool = True
    legal_person: Words = ""
    owner_id: Id | None = None

    @model_validator(mode="after")
    def known_zone(self) -> "ShopIO":
        """A zone that exists, and at least one working day."""
        zone_named(self.time_zone)
        if not self.week:
            raise ValueError("a shop is open on some day")
        return self


class ShopOut(ShopIO):
    shop_id: str


async def kept(request: Request) -> Listing[Shop]:
    """Where shops are kept."""
    return request.app.state.shops


async def described(request: Request) -> Handler[sh.DescribeShop, Shop, sh.Change]:
    """The wired handler."""
    return request.app.state.describe_shop


Kept = Annotated[Listing[Shop], Depends(kept)]
Describes = Annotated[Handler[sh.DescribeShop, Shop, sh.Change], Depends(described)]


@router.get("")
async def list_shops(actor: Reader, page: Paging, shops: Kept) -> PageOut[ShopOut]:
    """All shops."""
    del actor
    found = await shops.page(Wanted(), page.limit, page.cursor)
    return PageOut(items=[_shown(held.state) for held in found.items if held.state], next=found.next)


@router.get("/{shop_id}", responses=refusals(UnknownShop))
async def read_shop(shop_id: ShopId, actor: Reader, shops: Kept) -> ShopOut:
    """One shop."""
    del actor
    found = (await shops.load(shop_id)).state
    if found is None:
        raise UnknownShop("There is no such shop.")
    return _shown(found)


@router.put("/{shop_id}", responses=refusals(NotYourDuty, SettingsFrozen))
async def describe_shop(  # noqa: PLR0917 - what FastAPI fills in
    shop_id: ShopId,
    body: ShopIO,
    asked: Asking,
    describe: Describes,
    freezes: Freezes,
    despite: Despite = None,
) -> ReceiptOut:
    """How the shop is from now on, whole; every clock of working time follows. A rush may lock it (R116)."""
    shop = Shop(
        shop_id=shop_id,
        zone=body.time_zone,
        week={day: _hours(hours) for day, hours in body.week.items()},
        overrides={day: _hours(hours) if hours else None for day, hours in body.overrides.items()},
        production=body.follows_production_calendar,
        legal_person=body.legal_person,
        owner_id=body.owner_id,
    )
    command = sh.DescribeShop(shop, asked.actor)
    lock = Lock(Policy.HOURS, f"shops/{shop_id}", shop_id, despite)
    return receipt(await freezes.through(describe, command, asked.occasion(body), lock))


def _hours(given: HoursIO) -> Hours:
    lunch = (given.lunch_from, given.lunch_until) if given.lunch_from and given.lunch_until else None
    return Hours(given.opens, given.closes, lunch)


def _io(hours: Hours) -> HoursIO:
    begins, ends = hours.lunch or (None, None)
    return HoursIO(opens=hours.opens, closes=hours.closes, lunch_from=begins, lunch_until=ends)


def _shown(shop: Shop) -> ShopOut:
    return ShopOut(
        shop_id=shop.shop_id,
        time_zone=shop.zone,
        week={day: _io(hours) for day, hours in shop.week.items()},
        overrides={day: _io(hours) if hours else None for day, hours in shop.overrides.items()},
        follows_production_calendar=shop.production,
        legal_person=shop.legal_person,
        owner_id=shop.owner_id,
    )
