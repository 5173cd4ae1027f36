"""How purchases, the money of their days, and sourcings of many orders lie in MongoDB."""

from chassis.documents import Documents
from pydantic import TypeAdapter

from procurement.domain.budget import Budget
from procurement.domain.purchase import BEFORE_SENDING, Purchase, Stage
from procurement.domain.sourcing import Sourcing

PURCHASES = Documents(
    collection="purchases",
    states=TypeAdapter(Purchase),
    schema=1,
    listed=lambda each: {
        "supplier_id": each.supplier_id,
        "owner_id": each.owner_id,
        "stage": each.stage.value,
        "day": each.buying.day.isoformat(),
        "opened_at": each.opened_at,
        "cut_off_at": each.buying.cut_off_at if each.stage in BEFORE_SENDING else None,
        "late": each.late and each.stage is Stage.SENT,
        "order_ids": sorted({mark.order_id for line in each.lines for mark in line.earmarks}),
    },
    indexes=(
        ("supplier_id", "stage"),
        ("supplier_id", "opened_at"),
        ("owner_id", "opened_at"),
        ("stage", "opened_at"),
        ("day", "supplier_id"),
        ("late", "opened_at"),
        ("order_ids", "opened_at"),
        ("opened_at",),
    ),
)

BUDGETS = Documents(
    collection="purchase_budgets",
    states=TypeAdapter(Budget),
    schema=1,
    listed=lambda each: {"day": each.day.isoformat()},
)

SOURCINGS = Documents(
    collection="sourcings",
    states=TypeAdapter(Sourcing),
    schema=1,
    listed=lambda each: {"stage": each.stage.value, "made_at": each.made_at},
    indexes=(("stage", "made_at"), ("made_at",)),
)
