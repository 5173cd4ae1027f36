"""How what crm knows of a portal lies in MongoDB. Tokens and phones lie sealed; cards hold nothing personal."""

from datetime import timedelta

from chassis.documents import Documents
from pydantic import TypeAdapter

from crm.domain.bitrix_access import Access
from crm.domain.bitrix_call import PortalCall
from crm.domain.bitrix_card import Card
from crm.domain.bitrix_load import Load
from crm.domain.bitrix_user import PortalUser

CARDS: Documents[Card] = Documents(
    collection="bitrix_cards",
    states=TypeAdapter(Card),
    schema=1,
    listed=lambda card: {
        "number": card.number,
        "customer_id": card.customer_id,
        "user_id": card.user_id,
        "gone": card.gone,
        "bad": bool(card.problems),
        "problems": list(card.problems),
    },
    indexes=(("number",), ("customer_id",), ("user_id", "bad"), ("bad", "number"), ("problems", "number")),
    history_kept=timedelta(days=30),
)

CALLS: Documents[PortalCall] = Documents(
    collection="bitrix_calls",
    states=TypeAdapter(PortalCall),
    schema=1,
    listed=lambda call: {"trouble": call.trouble, "given_up": call.given_up},
    indexes=(("given_up",),),
    sealed=("ring.phone", "record"),
    history_kept=timedelta(days=7),
)

LOADS: Documents[Load] = Documents(
    collection="bitrix_loads",
    states=TypeAdapter(Load),
    schema=1,
    listed=lambda _: {},
    history_kept=timedelta(hours=1),
)

PORTAL_USERS: Documents[PortalUser] = Documents(
    collection="bitrix_users",
    states=TypeAdapter(PortalUser),
    schema=1,
    listed=lambda user: {"staff_id": user.staff_id, "active": user.active},
    indexes=(("staff_id", "active"),),
    sealed=("mobile", "name"),
)

ACCESS: Documents[Access] = Documents(
    collection="bitrix_access",
    states=TypeAdapter(Access),
    schema=1,
    listed=lambda _: {},
    sealed=("access", "refresh", "application_token"),
    history_kept=timedelta(days=30),
)
