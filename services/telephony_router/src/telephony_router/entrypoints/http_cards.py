"""The card of a call over HTTP: for who picked up, without asking for it by name."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from chassis.http.asking import Asking
from chassis.http.problems import refusals
from fastapi import APIRouter
from pydantic import BaseModel, Field

from telephony_router.application.carding import CallCard, Customer, Promise
from telephony_router.application.reading_notes import CardNotes
from telephony_router.domain.directory import KnownOrder, KnownTrouble
from telephony_router.domain.refusals import UnknownCall
from telephony_router.entrypoints.call_models import CallbackOut, CallOut, call_out, callback_out
from telephony_router.entrypoints.http_calls import CallId
from telephony_router.entrypoints.note_models import NotesOut, notes_out
from telephony_router.entrypoints.wired import CallReader, Cards, Looks, NotesRead

router = APIRouter(tags=["cards"])


class PromiseOut(BaseModel):
    """`state`: ahead, running (any moment of it may be meant, R57, R66), late."""

    ru: str
    en: str
    starts_at: datetime
    ends_at: datetime
    state: str


class OrderOut(BaseModel):
    order_id: str
    number: str
    stage: str
    placed_at: datetime
    responsible_id: str | None
    promise: PromiseOut | None


class TroubleOut(BaseModel):
    """An open incident or claim."""

    kind: str
    trouble_id: str
    what: str
    order_id: str | None
    keeper_id: str | None
    due_at: datetime | None


class CustomerOut(BaseModel):
    """His name and number are crm's, by `customer_id`."""

    customer_id: str
    stage: str
    owner_id: str | None
    no_calls: bool
    orders: list[OrderOut]
    troubles: list[TroubleOut]
    notes: NotesOut | None = Field(description="His type and what he needs, where the shop notes them.")


class CardOut(BaseModel):
    call: CallOut
    customers: list[CustomerOut] = Field(
        description="The likeliest first; several when the number is not his alone."
    )
    callbacks: list[CallbackOut] = Field(description="What he waits to be rung back for.")


@router.get("/cards/mine")
async def my_cards(reader: CallReader, asked: Asking, carding: Cards, reading: NotesRead) -> list[CardOut]:
    """Whom he who asks talks with at this moment."""
    cards = await carding.of_person(reader.id, asked.at)
    noted = await asyncio.gather(*(reading.of(each, reader) for each in cards))
    return [_card(card, notes) for card, notes in zip(cards, noted, strict=True)]


@router.get("/calls/{call_id}/card", responses=refusals(UnknownCall))
async def card_of_call(  # noqa: PLR0917 - what FastAPI fills in
    call_id: CallId, reader: CallReader, asked: Asking, carding: Cards, looking: Looks, reading: NotesRead
) -> CardOut:
    """Who rings, his open orders with their promises, what went wrong, what he waits for, what is noted of him."""
    card = await carding.card(await looking.call(call_id), asked.at)
    return _card(card, await reading.of(card, reader))


def _card(card: CallCard, noted: Mapping[str, CardNotes]) -> CardOut:
    return CardOut(
        call=call_out(card.call),
        customers=[_customer(each, noted.get(each.card.customer_id)) for each in card.customers],
        callbacks=[callback_out(each) for each in card.callbacks],
    )


def _customer(customer: Customer, noted: CardNotes | None) -> CustomerOut:
    card = customer.card
    return CustomerOut(
        customer_id=card.customer_id,
        stage=card.stage,
        owner_id=card.owner_id,
        no_calls=card.no_calls,
        orders=[_order(order, promise) for order, promise in customer.orders],
        troubles=[_trouble(each) for each in customer.troubles],
        notes=notes_out(noted),
    )


def _order(order: KnownOrder, promise: Promise | None) -> OrderOut:
    return OrderOut(
        order_id=order.order_id,
        number=order.number,
        stage=order.stage,
        placed_at=order.placed_at,
        responsible_id=order.responsible_id,
        promise=PromiseOut(
            ru=promise.ru,
            en=promise.en,
            starts_at=promise.starts_at,
            ends_at=promise.ends_at,
            state=promise.state,
        )
        if promise
        else None,
    )


def _trouble(trouble: KnownTrouble) -> TroubleOut:
    return TroubleOut(
        kind=trouble.kind,
        trouble_id=trouble.trouble_id,
        what=trouble.what,
        order_id=trouble.order_id,
        keeper_id=trouble.keeper_id,
        due_at=trouble.due_at,
    )
