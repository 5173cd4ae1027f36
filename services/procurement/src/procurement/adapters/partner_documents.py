"""How sales stops, and what procurement knows of shops and staff, lie in MongoDB."""

from chassis.documents import Documents
from pydantic import TypeAdapter

from procurement.domain.member import Member
from procurement.domain.sale import Sale
from procurement.domain.shop import Shop

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

SHOPS = Documents(
    collection="shops", states=TypeAdapter(Shop), schema=1, listed=lambda shop: {"shop_id": shop.shop_id}
)

MEMBERS = Documents(
    collection="members",
    states=TypeAdapter(Member),
    schema=1,
    listed=lambda member: {"shop_id": member.shop_id, "active": member.active},
)
