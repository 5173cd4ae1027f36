"""How procurement's things lie in MongoDB: their collections, and what their lists are searched by."""

from datetime import timedelta

from chassis.documents import Documents
from pydantic import TypeAdapter

from procurement.domain.allocation import Allocation, Grip
from procurement.domain.allocation_rounds import to_buy
from procurement.domain.availability import Stock
from procurement.domain.feed_import import FeedImport
from procurement.domain.finding import found_by
from procurement.domain.offer import Offer
from procurement.domain.supplier import Supplier

SUPPLIERS = Documents(
    collection="suppliers",
    states=TypeAdapter(Supplier),
    schema=1,
    listed=lambda supplier: {
        "owner_id": supplier.conditions.owner_id,
        "tasks_of": sorted({owed.owner_id for owed in supplier.standing.tasks.values()}),
        "task_due_at": min((owed.due_at for owed in supplier.standing.tasks.values()), default=None),
    },
    indexes=(("owner_id",), ("task_due_at",), ("tasks_of", "task_due_at")),
    sealed=("conditions.feed.url",),  # such addresses often hold a password
)

OFFERS = Documents(
    collection="offers",
    states=TypeAdapter(Offer),
    schema=1,
    listed=lambda offer: {
        "product_id": offer.goes_by if offer.laid else offer.terms.product_id,
        "supplier_id": offer.supplier_id,
        "available": offer.terms.availability.stock is not Stock.NONE,
        "found_by": found_by(offer.terms),
        "price": offer.terms.price.minor,
    },
    indexes=(
        ("product_id",),
        ("supplier_id",),
        ("supplier_id", "available"),
        ("found_by", "available", "price"),
    ),
    history_kept=timedelta(
        days=30
    ),  # all that sells well changes often; `stock.changed` keeps the newest and a week
)

IMPORTS = Documents(
    collection="imports",
    states=TypeAdapter(FeedImport),
    schema=1,
    listed=lambda each: {
        "supplier_id": each.supplier_id,
        "stage": each.stage.value,
        "received_at": each.received_at,
    },
    indexes=(("supplier_id", "received_at"), ("stage", "received_at"), ("received_at",)),
)

ALLOCATIONS = Documents(
    collection="allocations",
    states=TypeAdapter(Allocation),
    schema=1,
    listed=lambda each: {
        "stage": each.stage.value,
        "buying": bool(to_buy(each)),
        "to_buy": sorted({part.supplier_id for part in to_buy(each)}),
        "asked": sorted({part.supplier_id for part in each.parts if part.grip is Grip.ASKED}),
        "answer_by": min(
            (p.answer_by for p in each.parts if p.grip is Grip.ASKED and p.answer_by), default=None
        ),
    },
    indexes=(
        ("to_buy",),
        ("buying",),
        ("stage", "answer_by"),
        ("stage",),
        ("asked", "answer_by"),
        ("answer_by",),
    ),
)
