"""Policies of a shop, what earns the most, and when the phone is answered (R35, R47, R113, R116)."""

from datetime import datetime
from typing import Annotated

from chassis.http.asking import Asking, Now, asked_by
from chassis.http.fields import Id, Line, Minor
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter, Depends, Query, Request, Response
from kernel.actor import Actor, Role
from kernel.money import Money
from kernel.refused_duty import NotYourDuty
from kernel.window import Language, Window
from kernel.zone import zone_named
from pydantic import BaseModel, Field, StringConstraints

from orders.application.rush_phoning import PhoneTimes, Phoning
from orders.domain.rush import Policies
from orders.domain.rush_commands import RankCategories, SetPolicies
from orders.domain.rush_freezing import frozen, unlocked
from orders.domain.rush_phone_hours import Span
from orders.domain.rush_refusals import PolicyFrozen, UnknownShop
from orders.entrypoints.models import Asked
from orders.entrypoints.rush import STAFF, Rushes

router = APIRouter(tags=["rush"])

OfShop = Annotated[Id, Query(description="Which shop.")]
Reader = Annotated[Actor, Depends(asked_by(*STAFF, Role.SITE))]
CACHED = 60
"""Seconds for which the site may keep the phone hours, unless they change sooner."""


class PoliciesIn(Asked):
    """All policies of a shop. References name the version in force where it is kept: logistics' terms, crm's hours."""

    shop_id: Id = "main"
    minimum_order: Minor = Field(0, description="Least sum of an order, in minor units; 0 is none.")
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "RUB"
    bonus_max_share: int | None = Field(
        None, ge=0, le=50, description="Percent that bonuses may pay (R35); null is as the settings say."
    )
    delivery_prices: Line | None = None
    hours: Line | None = None


class PoliciesOut(BaseModel):
    """`frozen` are locked by the rush that is on; of these, `unlocked` may be changed once (R116)."""

    shop_id: str
    minimum_order: int
    currency: str
    bonus_max_share: int | None
    delivery_prices: str | None
    hours: str | None
    frozen: list[str]
    unlocked: list[str]


class RankingIO(Asked):
    """Categories, the most profitable first; a category is a path `A / B`, its beginning stands for all below."""

    shop_id: Id = "main"
    ranking: list[Line] = Field(max_length=200)


class SpanOut(BaseModel):
    """In the shop's time zone."""

    starts_at: datetime
    ends_at: datetime


class WordsOut(BaseModel):
    ru: str
    en: str


class PhoneHoursOut(BaseModel):
    """For the site: when to call. `rush`: hours of a rush, shorter than usual (R113)."""

    shop_id: str
    time_zone: str
    rush: bool
    open_now: bool
    current: SpanOut | None
    next: SpanOut | None
    words: WordsOut


async def phoning(request: Request) -> Phoning:
    """The wired use case."""
    return request.app.state.phoning


Phones = Annotated[Phoning, Depends(phoning)]


@router.get("/policies")
async def read_policies(actor: Reader, rushes: Rushes, shop_id: OfShop = "main") -> PoliciesOut:
    """What the shop's selling goes by; the site may ask (R35, R116)."""
    del actor
    book = await rushes.book(shop_id)
    now = book.policies
    return PoliciesOut(
        shop_id=shop_id,
        minimum_order=now.minimum_order.minor,
        currency=now.minimum_order.currency,
        bonus_max_share=now.bonus_max_share,
        delivery_prices=now.delivery_prices,
        hours=now.hours,
        frozen=list(frozen(book.rush)),
        unlocked=sorted(unlocked(book.rush)) if book.rush else [],
    )


@router.put("/policies", responses=refusals(NotYourDuty, PolicyFrozen))
async def set_policies(body: PoliciesIn, asked: Asking, rushes: Rushes) -> ReceiptOut:
    """Set them all; while a rush locks one, it has to be unlocked with a reason first (R116)."""
    minimum = Money(body.minimum_order, body.currency)
    policies = Policies(minimum, body.bonus_max_share, body.delivery_prices, body.hours)
    command = SetPolicies(body.shop_id, policies, asked.actor, asked.at)
    done = await rushes.handle(command, asked.occasion(body, story=body.shop_id))
    rushes.situations.forget()
    return receipt(done)


@router.get("/category-ranking")
async def read_ranking(actor: Reader, rushes: Rushes, shop_id: OfShop = "main") -> RankingIO:
    """Categories by profit, by which a rush may order its queue (R47)."""
    del actor
    return RankingIO(shop_id=shop_id, ranking=list((await rushes.book(shop_id)).ranking))


@router.put("/category-ranking", responses=refusals(NotYourDuty))
async def rank_categories(body: RankingIO, asked: Asking, rushes: Rushes) -> ReceiptOut:
    """Say which earns the most; the owner's word (R47)."""
    command = RankCategories(body.shop_id, tuple(dict.fromkeys(body.ranking)), actor=asked.actor, at=asked.at)
    return receipt(await rushes.handle(command, asked.occasion(body, story=body.shop_id)))


@router.get("/phone-hours", responses=refusals(UnknownShop))
async def read_phone_hours(
    response: Response, at: Now, phones: Phones, shop_id: OfShop = "main"
) -> PhoneHoursOut:
    """When the phone is answered, for everybody and to be cached; of a rush while one lasts (R113)."""
    times = await phones.of(shop_id, at)
    changes_at = times.answered.changes_at()
    seconds = CACHED if changes_at is None else min(CACHED, int((changes_at - at).total_seconds()))
    response.headers["Cache-Control"] = f"public, max-age={max(1, seconds)}"
    return PhoneHoursOut(
        shop_id=shop_id,
        time_zone=times.zone,
        rush=times.in_rush,
        open_now=times.answered.current is not None,
        current=_span(times.answered.current, times.zone),
        next=_span(times.answered.following, times.zone),
        words=WordsOut(ru=_words(times, "ru"), en=_words(times, "en")),
    )


def _span(span: Span | None, zone: str) -> SpanOut | None:
    if span is None:
        return None
    there = zone_named(zone)
    return SpanOut(starts_at=span.starts.astimezone(there), ends_at=span.ends.astimezone(there))


def _words(times: PhoneTimes, language: Language) -> str:
    span = times.answered.current or times.answered.following
    if span is None:
        return {"ru": "По телефону пока не отвечаем: напишите нам.", "en": "No calls for now: please write."}[
            language
        ]
    when = Window(span.starts, span.ends, times.zone).in_words(language)
    return {"ru": f"Звоните {when}.", "en": f"Call us on {when}."}[language]
