"""How orders, and what orders knows of shops and people, lie in MongoDB."""

from typing import Annotated

from chassis.documents import Documents, Listed
from kernel.shop import Shop
from pydantic import Field, TypeAdapter

from orders.adapters.rush_documents import RECKONED, reckoned
from orders.application.following import CustomerOwner
from orders.domain.deadlines import due
from orders.domain.order import Cancelled, Completed, Open, Order
from orders.domain.team import Member

_STATES: TypeAdapter[Order] = TypeAdapter(
    Annotated[Open | Cancelled | Completed, Field(discriminator="kind")]
)

PERSONAL = ("name", "phone", "address", "comment", "email")


def _is_overdue(order: Open) -> bool:
    """Nobody made contact in time, or the apology that was due did not go out."""
    uncontacted = order.overdue_at is not None and order.contacted_at is None
    unpromised = order.delivery.overdue_at is not None and not order.delivery.is_told
    task = order.shipping.task
    come_back = task is not None and task.overdue
    return uncontacted or unpromised or come_back or (order.owes_apology and order.apology_overdue)


def _money(order: Order) -> dict[str, Listed]:
    """What lists of refunds and the acquirer's notifications are searched by; a cancelled order may owe money, too, or word
    of it.
    """
    owed = [each for each in order.money.refunds if each.is_owed]
    waiting = [each for each in owed if each.needs_approval and each.approved_by is None]
    return {
        "refund_owed": bool(owed) or order.money.check_at is not None or _owes_word(order),
        "refund_to_approve": bool(waiting),
        "refund_overdue": any(each.overdue_at for each in owed),
        "payment_links": [each.link_id for each in order.money.links],
    }


def _owes_word(order: Order) -> bool:
    """An open one is on other lists."""
    return not isinstance(order, Open) and order.goods.owes_word_of_money


def _listed(order: Order) -> dict[str, Listed]:
    placing = order.placing
    is_open, money = isinstance(order, Open), _money(order)
    return {
        **money,
        **reckoned(order),
        "number": placing.number,
        "external_number": placing.external_number,
        "shop_id": placing.shop_id,
        "customer_id": order.customer_id,
        "responsible_id": order.responsible_id,
        "is_open": is_open,
        "uncontacted": is_open and order.contacted_at is None,
        "without_promise": is_open and not order.delivery.is_told,
        "came_back": isinstance(order, Open) and order.shipping.task is not None,
        "overdue": bool(money["refund_overdue"]) or (isinstance(order, Open) and _is_overdue(order)),
        "placed_at": placing.placed_at,
        "due_at": min((each.at for each in due(order)), default=None),
    }


ORDERS: Documents[Order] = Documents(
    collection="orders",
    states=_STATES,
    schema=1,
    listed=_listed,
    indexes=(
        ("is_open", "placed_at"),
        ("uncontacted", "placed_at"),
        ("without_promise", "placed_at"),
        ("overdue", "placed_at"),
        ("came_back", "placed_at"),
        ("refund_owed", "due_at"),
        ("refund_to_approve", "due_at"),
        ("payment_links",),
        ("responsible_id", "is_open", "placed_at"),
        ("customer_id", "placed_at"),
        ("customer_id", "is_open"),
        ("external_number", "placed_at"),
        ("placed_at",),
        ("is_open", "due_at"),
        *RECKONED,
    ),
    unique=(("number",),),
    sealed=(
        *(f"placing.recipient.{each}" for each in PERSONAL),
        *(f"goods.recipient.{each}" for each in PERSONAL),
        "goods.wrap.note",
        "attempts.*.note",
        "delivery.leaving.alternative_recipient",
        "delivery.leaving.payment_left_with",
    ),
)

SHOPS: Documents[Shop] = Documents(
    collection="shops", states=TypeAdapter(Shop), schema=1, listed=lambda shop: {"shop_id": shop.shop_id}
)

MEMBERS: Documents[Member] = Documents(
    collection="members",
    states=TypeAdapter(Member),
    schema=1,
    listed=lambda member: {"shop_id": member.shop_id, "active": member.active},
    indexes=(("shop_id", "active"),),
)

OWNERS: Documents[CustomerOwner] = Documents(
    collection="customer_owners", states=TypeAdapter(CustomerOwner), schema=1, listed=lambda _: {}
)
