"""How claims lie in MongoDB: what is sealed, and what lists are searched and sorted by."""

from typing import Any

from chassis.documents import Documents, Listed
from kernel.calendar import WorkingCalendar
from kernel.shop import Shop
from pydantic import TypeAdapter

from claims.domain.claim import Claim
from claims.domain.deadlines import deadlines
from claims.domain.inviting import called
from claims.domain.review import Review
from claims.domain.team import Member
from claims.domain.term import MARKS, mark_at


def listed_claim(claim: Claim) -> dict[str, Listed]:
    """`due_at`: what passes next, the law's term first of all; closed claims come last by when they were closed."""
    demanded = claim.demanded
    law = [each.at for each in deadlines(claim) if each.name in MARKS]
    return {
        "keeper_id": claim.keeper.staff_id,
        "open": claim.is_open,
        "stage": claim.stage.value,
        "order_id": claim.cause.order_id,
        "shop_id": claim.cause.shop_id,
        "customer_id": claim.cause.customer_id,
        "opened_at": claim.opened_at,
        "approval": claim.ruling is not None and not claim.ruling.in_force,
        "brought_in": [
            *(each.value for each in called(claim) if claim.is_open),
            *(each.staff_id for each in claim.guests),
        ],
        "undelivered": bool(claim.undelivered),
        "due_at": mark_at(demanded, "over") if demanded and law else claim.attend_by,
    }


def with_begun_terms(raw: dict[str, Any]) -> dict[str, Any]:
    """Schema 1 did not know since when each demand's term runs: the one that stands runs since it was received."""
    demanded = raw.get("demanded")
    return {**raw, "begun": {demanded["demand"]: demanded["received_on"]} if demanded else {}}


def with_its_last_number(raw: dict[str, Any]) -> dict[str, Any]:
    """Schema 2 did not count decisions, and kept in the clear what shows that he applied for the Far North's term."""
    numbered = [raw[name] for name in ("ruling", "payment") if raw.get(name)]
    return {**raw, "decisions": max((int(each["number"]) for each in numbered), default=0)}


CLAIMS: Documents[Claim] = Documents(
    collection="claims",
    states=TypeAdapter(Claim),
    schema=3,
    upgrades={1: with_begun_terms, 2: with_its_last_number},
    listed=listed_claim,
    indexes=(
        ("due_at",),
        ("undelivered", "due_at"),
        ("keeper_id", "open", "due_at"),
        ("open", "due_at"),
        ("order_id", "due_at"),
        ("opened_at",),
        ("customer_id",),
        ("brought_in", "due_at"),
    ),
    sealed=(
        "cause.words",
        "ruling.reason",
        "evidence.*.name",
        "letters.*.text",
        "guests.*.advice",
        "demanded.proof",
        "demanded.application",
    ),
)

REVIEWS: Documents[Review] = Documents(
    collection="reviews",
    states=TypeAdapter(Review),
    schema=1,
    listed=lambda review: {
        "replied": review.replied_at is not None,
        "reply_by": review.reply_by,
        "seen_at": review.seen_at,
    },
    indexes=(("replied", "reply_by"), ("seen_at",)),
    sealed=("words", "reply"),
)

MEMBERS: Documents[Member] = Documents(
    collection="members",
    states=TypeAdapter(Member),
    schema=1,
    listed=lambda member: {"shop_id": member.shop_id, "settles": member.settles},
    indexes=(("shop_id", "settles"),),
)


def with_working_time(raw: dict[str, Any]) -> dict[str, Any]:
    """Schema 1 knew a shop's owner only; until crm tells of it again its hours are the usual ones."""
    usual = TypeAdapter(Shop).dump_python(
        Shop("", "Europe/Moscow", WorkingCalendar.usual().week), mode="json"
    )
    return {**usual, **raw}


SHOPS: Documents[Shop] = Documents(
    collection="shops",
    states=TypeAdapter(Shop),
    schema=2,
    upgrades={1: with_working_time},
    listed=lambda _: {},
)
