"""What sourcings are asked with and answered with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from procurement.application.tendering import Wish
from procurement.domain.sourcing import Proposal, Sourcing, Sum
from procurement.entrypoints.http_offers import ProductId
from procurement.entrypoints.models import MoneyIO


class WishIn(BaseModel):
    """Pieces for our own stock."""

    product_id: ProductId
    quantity: Annotated[int, Field(ge=1, le=10_000)]
    most: MoneyIO | None = Field(
        None, description="The most that a piece may cost us, all told; none: whatever it costs."
    )


class SourcingIn(BaseModel):
    """What is wished beside what orders wait for."""

    wishes: Annotated[list[WishIn], Field(max_length=500)] = Field(default_factory=list[WishIn])

    def wished(self) -> list[Wish]:
        return [Wish(each.product_id, each.quantity, each.most and each.most.money()) for each in self.wishes]


class SumOut(BaseModel):
    """What an answer comes to."""

    paid: int = Field(description="Money that leaves us, fees included, in kopecks.")
    weighed: int = Field(description="With the money price of waiting, doubt, shelves and what is missing.")
    suppliers: int
    missing: int = Field(description="Pieces that can't be had in time, or for the money.")


class PickOut(BaseModel):
    """Pieces of one need from one offer, and why."""

    need_id: str = Field(description="An order and its line, or `wish:` and a number.")
    product_id: str
    offer_id: str
    supplier_id: str
    quantity: int
    cost: int = Field(description="A piece, in kopecks.")
    weighed: int = Field(description="All of these pieces, weighed, in kopecks.")
    next_best: str | None = Field(description="The supplier who would come next.")
    dearer: int | None = Field(
        description="How much more it would cost there, the rest of the plan as it is."
    )
    ru: str
    en: str


class SourcingOut(BaseModel):
    """An answer beside the greedy one."""

    sourcing_id: str
    stage: str = Field(description="proposed, taking, taken or left.")
    made_by: str
    made_at: datetime
    expires_at: datetime
    by: str = Field(description="solver, or greedy when nothing better came: `trouble` says why.")
    trouble: str
    proven: bool = Field(description="No better answer is possible.")
    gap: int = Field(description="Else: how much less a better one could cost at most, in kopecks.")
    seconds: float
    best: SumOut
    greedy: SumOut
    saved: int = Field(description="What it saves beside the greedy answer, weighed, in kopecks.")
    moved_orders: int


class SourcingWithPicksOut(SourcingOut):
    picks: list[PickOut]
    missing: Mapping[str, int] = Field(description="Pieces that needs go without, by need.")
    own_stock: Mapping[str, Mapping[str, int]] = Field(
        description="Pieces for our own stock by supplier and offer, those that reach a minimum among them."
    )
    drafts: Mapping[str, str] = Field(description="The purchases they went into, by supplier.")


def sourcing_out(now: Sourcing) -> SourcingOut:
    """A sourcing in a list."""
    return SourcingOut(**_told(now))


def with_picks(now: Sourcing) -> SourcingWithPicksOut:
    """A sourcing with all its reasons."""
    made = now.proposal
    return SourcingWithPicksOut(
        **_told(now),
        picks=[PickOut.model_validate(each, from_attributes=True) for each in made.picks],
        missing=made.missing,
        own_stock=made.wishes,
        drafts=now.drafts,
    )


def _told(now: Sourcing) -> dict[str, Any]:
    made: Proposal = now.proposal
    return {
        "sourcing_id": now.sourcing_id,
        "stage": now.stage.value,
        "made_by": now.made_by,
        "made_at": now.made_at,
        "expires_at": now.expires_at,
        "by": made.by,
        "trouble": made.trouble,
        "proven": made.proven,
        "gap": made.gap,
        "seconds": made.seconds,
        "best": _sum(made.best),
        "greedy": _sum(made.greedy),
        "saved": made.saved,
        "moved_orders": len(made.moves),
    }


def _sum(of: Sum) -> SumOut:
    return SumOut.model_validate(of, from_attributes=True)
