"""The rules of plans as versions: drafted, tried on yesterday's calls, approved by another, taken back at once (R80, R102)."""

from typing import Annotated

from chassis.http.asking import Asking, asked_by
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from fastapi import APIRouter, Depends, Path
from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import DUTIES
from kernel.refused_duty import NotYourDuty

from telephony_router.domain import rule_book as b
from telephony_router.domain.refusals import ApproverWrote, EffectNotSeen, NothingToApprove, UnknownVersion
from telephony_router.entrypoints.rule_models import (
    EffectOut,
    RollBackIn,
    RuleBookOut,
    RulesIn,
    book_out,
    effect_out,
)
from telephony_router.entrypoints.wired import Reader, Revises, ShopAsked, TheShop

router = APIRouter(prefix="/routing-rules", tags=["routing rules"])
Number = Annotated[int, Path(ge=1, le=1_000_000)]
WRITES = DUTIES[Action.WRITE_ROUTING].roles | DUTIES[Action.APPROVE_ROUTING].roles
Writer = Annotated[Actor, Depends(asked_by(*sorted(WRITES)))]


@router.get("")
async def read_rules(
    reader: Reader, asked: Asking, revising: Revises, shop: TheShop, shop_id: ShopAsked = None
) -> RuleBookOut:
    """Those that hold, the draft that waits, and all that held before."""
    del reader
    name = shop_id or shop
    return book_out((await revising.handle.store.load(name)).state or b.RuleBook(name, asked.at))


@router.get("/timeline")
async def read_timeline(
    reader: Reader, revising: Revises, shop: TheShop, shop_id: ShopAsked = None
) -> TimelineOut:
    """Who wrote, approved and took back what."""
    del reader
    name = shop_id or shop
    return timeline(name, await revising.handle.store.history(name))


@router.post("/draft", responses=refusals(NotYourDuty))
async def write_draft(
    body: RulesIn, asked: Asking, revising: Revises, shop: TheShop, shop_id: ShopAsked = None
) -> ReceiptOut:
    """A draft, in place of the one that waits; calls go on by the rules that hold."""
    command = b.WriteDraft(shop_id=shop_id or shop, actor=asked.actor, at=asked.at, rules=body.rules())
    return receipt(await revising.ask(command, asked.occasion(body)))


@router.post("/drafts/{number}/effect", responses=refusals(NothingToApprove))
async def see_effect(  # noqa: PLR0917 - what it needs of the service
    number: Number, writer: Writer, asked: Asking, revising: Revises, shop: TheShop, shop_id: ShopAsked = None
) -> EffectOut:
    """Yesterday's calls at their own minutes, by the people as they are known now: what would have gone otherwise."""
    return effect_out(await revising.effect(shop_id or shop, number, writer, asked.occasion()))


@router.post(
    "/drafts/{number}/approval",
    responses=refusals(NotYourDuty, NothingToApprove, ApproverWrote, EffectNotSeen),
)
async def approve(
    number: Number, asked: Asking, revising: Revises, shop: TheShop, shop_id: ShopAsked = None
) -> ReceiptOut:
    """It holds from now on; somebody else wrote it, and its effect was looked at."""
    command = b.Approve(shop_id=shop_id or shop, actor=asked.actor, at=asked.at, number=number)
    return receipt(await revising.ask(command, asked.occasion()))


@router.post("/rollback", responses=refusals(NotYourDuty, UnknownVersion))
async def roll_back(
    asked: Asking, revising: Revises, shop: TheShop, body: RollBackIn | None = None, shop_id: ShopAsked = None
) -> ReceiptOut:
    """One command, and the rules of before hold again; they were approved then."""
    to = body.to if body else None
    command = b.RollBack(shop_id=shop_id or shop, actor=asked.actor, at=asked.at, to=to)
    return receipt(await revising.ask(command, asked.occasion(body)))
