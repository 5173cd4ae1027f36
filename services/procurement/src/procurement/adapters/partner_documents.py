"""How sales stops, supplier cases, what is counted of suppliers, and what procurement knows of shops and staff, lie in MongoDB."""

from dataclasses import astuple
from datetime import timedelta

from chassis.documents import Documents
from kernel.shop import Shop
from pydantic import TypeAdapter

from procurement.domain.complaint import Complaint
from procurement.domain.member import Member
from procurement.domain.sale import Sale
from procurement.domain.supplier_case import Stage, SupplierCase
from procurement.domain.track_record import Month

SALES = Documents(
    collection="sales",
    states=TypeAdapter(Sale),
    schema=1,
    listed=lambda sale: {
        "closed": sale.closure is not None,
        "reason": sale.closure and sale.closure.reason.value,
        "reopens_at": sale.closure and sale.closure.reopens_at,
    },
    indexes=(("closed", "reopens_at"), ("closed", "reason", "reopens_at")),
)

CASES = Documents(
    collection="supplier_cases",
    states=TypeAdapter(SupplierCase),
    schema=1,
    listed=lambda case: {
        "supplier_id": case.supplier_id,
        "owner_id": case.owner_id,
        "stage": case.stage.value,
        "escalated": case.stage is not Stage.CLOSED and case.escalations > 0,
        "due_at": None if case.stage is Stage.CLOSED else case.due_at,
        "opened_at": case.opened_at,
        "linked": [each for each in astuple(case.linked) if each is not None],
    },
    indexes=(
        ("stage", "due_at"),
        ("owner_id", "stage", "due_at"),
        ("supplier_id", "stage", "due_at"),
        ("escalated", "due_at"),
        ("linked", "due_at"),
        ("due_at",),
    ),
    sealed=("entries.*.words",),
)

MONTHS = Documents(
    collection="supplier_months",
    states=TypeAdapter(Month),
    schema=1,
    listed=lambda month: {"supplier_id": month.supplier_id, "month": month.month},
    history_kept=timedelta(days=30),  # a note a day and more; what it is of has a history of its own
)

SHOPS = Documents(
    collection="shops", states=TypeAdapter(Shop), schema=1, listed=lambda shop: {"shop_id": shop.shop_id}
)

MEMBERS = Documents(
    collection="members",
    states=TypeAdapter(Member),
    schema=1,
    listed=lambda member: {"shop_id": member.shop_id, "active": member.active},
)

COMPLAINTS = Documents(
    collection="complaints",
    states=TypeAdapter(Complaint),
    schema=1,
    listed=lambda complaint: {"counts": complaint.counts, "since": complaint.since},
    indexes=(("counts", "since"),),
)
