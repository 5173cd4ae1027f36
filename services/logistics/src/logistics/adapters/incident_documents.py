"""How incidents, playbooks, ladders, what is counted of carriers, and what is known of shops and staff, lie in MongoDB."""

from datetime import timedelta

from chassis.documents import Documents
from kernel.shop import Shop
from pydantic import TypeAdapter

from logistics.domain.carrier_score import ScoreDay
from logistics.domain.carrier_score_review import CarrierRelation
from logistics.domain.difficult import Difficult
from logistics.domain.incident import Incident
from logistics.domain.ladder import Ladder
from logistics.domain.order_worth import Worth
from logistics.domain.playbook import Playbook
from logistics.domain.staff_member import StaffMember

INCIDENTS = Documents(
    collection="incidents",
    states=TypeAdapter(Incident),
    schema=1,
    listed=lambda it: {
        "shop_id": it.trouble.shop_id,
        "stage": it.stage.value,
        "owner_id": it.owner_id,
        "kind": it.kind,
        "source": it.source.value,
        "carrier_id": it.trouble.carrier_id,
        "escalated": it.level > 0,
        "due_at": it.due_at if it.is_open else None,
        "opened_at": it.opened_at,
        "linked": [each for each in (it.trouble.order_id, it.trouble.shipment_id) if each is not None],
    },
    indexes=(
        ("stage", "due_at"),
        ("owner_id", "stage", "due_at"),
        ("carrier_id", "due_at"),
        ("linked", "due_at"),
        ("shop_id", "opened_at"),
        ("due_at",),
    ),
    sealed=("note", "inquiry.text", "inquiry.answer"),
)

PLAYBOOKS = Documents(
    collection="playbooks",
    states=TypeAdapter(Playbook),
    schema=1,
    listed=lambda book: {"draft": book.draft is not None},
)

LADDERS = Documents(collection="ladders", states=TypeAdapter(Ladder), schema=1, listed=lambda _: {})

SCORE_DAYS = Documents(
    collection="carrier_score_days",
    states=TypeAdapter(ScoreDay),
    schema=1,
    listed=lambda day: {"carrier_id": day.carrier_id},
    history_kept=timedelta(days=30),  # a note for each shipment; what it is of has a history of its own
)

RELATIONS = Documents(
    collection="carrier_score_reviews",
    states=TypeAdapter(CarrierRelation),
    schema=1,
    listed=lambda it: {
        "under_review": it.review is not None,
        "due_at": it.review.due_at if it.review else None,
    },
    indexes=(("under_review", "due_at"),),
    sealed=("contacts.*.words",),
)

SHOPS = Documents(
    collection="shops", states=TypeAdapter(Shop), schema=1, listed=lambda shop: {"shop_id": shop.shop_id}
)

MEMBERS = Documents(
    collection="members",
    states=TypeAdapter(StaffMember),
    schema=1,
    listed=lambda it: {"shop_id": it.shop_id, "active": it.active, "roles": list(it.roles)},
    indexes=(("shop_id", "active"),),
)

WORTHS = Documents(
    collection="order_worths",
    states=TypeAdapter(Worth),
    schema=1,
    listed=lambda _: {},
    history_kept=timedelta(days=30),  # what orders told has its history there
)

DIFFICULT = Documents(
    collection="difficult",
    states=TypeAdapter(Difficult),
    schema=1,
    listed=lambda it: {"waits": it.waits, "until": it.until},
    indexes=(("waits", "until"), ("until",)),
)
