"""How the router's things lie in MongoDB. All that replicas hold in memory lists when it changed, so that they can follow."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Protocol, TypeVar

from chassis.documents import Documents, Listed
from pydantic import TypeAdapter

from telephony_router.application.loading import Load
from telephony_router.application.reconciling import Reconciled
from telephony_router.application.remembering import KnownShop
from telephony_router.domain.call import PhoneCall
from telephony_router.domain.call_story import story
from telephony_router.domain.callback import Callback
from telephony_router.domain.directory import CustomerCard, KnownOrder, KnownTrouble, Lanes, StaffMember
from telephony_router.domain.learning_notes import KnownNotes, TypeWords
from telephony_router.domain.roster import Roster
from telephony_router.domain.rule_book import RuleBook


class Changing(Protocol):
    """What knows when it changed."""

    @property
    def changed_at(self) -> Listed: ...


S = TypeVar("S", bound=Changing)


def _changed(thing: Changing) -> Mapping[str, Listed]:
    return {"changed_at": thing.changed_at}


def followed(collection: str, of: type[S], *, sealed: tuple[str, ...] = ()) -> Documents[S]:
    """Things that every replica holds in memory."""
    listed: Callable[[S], Mapping[str, Listed]] = _changed
    return Documents(collection, TypeAdapter(of), 1, listed, indexes=(("changed_at",),), sealed=sealed)


PEOPLE = followed(
    "people", StaffMember, sealed=("numbers.mobile", "numbers.extension", "numbers.sip")
)  # fmt: skip
CARDS = followed("cards", CustomerCard)
ORDERS = followed("orders", KnownOrder)
TROUBLES = followed("troubles", KnownTrouble)
SHOPS = followed("shops", KnownShop)
LANES = followed("lanes", Lanes)
ROSTERS = followed("rosters", Roster)
BOOKS = followed("rule_books", RuleBook, sealed=("draft.rules.call_centre", "versions.*.rules.call_centre"))
NOTES = followed("notes", KnownNotes)
TYPE_WORDS = followed("type_words", TypeWords)
LOADS = followed("loads", Load)
RECONCILED: Documents[Reconciled] = Documents(
    "reconciled", TypeAdapter(Reconciled), 1, lambda _: {}, history_kept=timedelta(days=1)
)


def _listed_call(call: PhoneCall) -> Mapping[str, Listed]:
    now = story(call)
    return {
        "started_at": call.offer.started_at,
        "status": now.status,
        "hash": call.offer.hash,
        "talking": now.status == "talking",
        "customer_id": call.plan.customer_id if call.plan else None,
        "owner_id": call.plan.owner_id if call.plan else None,
        "staff_id": now.staff_id,
        "shop_id": call.offer.shop_id,
    }


CALLS: Documents[PhoneCall] = Documents(
    collection="calls",
    states=TypeAdapter(PhoneCall),
    schema=1,
    listed=_listed_call,
    indexes=(
        ("started_at",), ("status", "started_at"), ("customer_id", "started_at"), ("owner_id", "started_at"),
        ("talking",),
        ("hash", "started_at"),
    ),
    sealed=("offer.number", "events.*.recording"),
)  # fmt: skip

CALLBACKS: Documents[Callback] = Documents(
    collection="callbacks",
    states=TypeAdapter(Callback),
    schema=1,
    listed=lambda callback: {
        "open": callback.is_open,
        "overdue": callback.is_open and callback.level > 0,
        "owner_id": callback.owner_id,
        "due_at": callback.due_at,
        "customer_id": callback.wish.customer_id,
        "hash": callback.wish.hash,
    },
    indexes=(("open", "due_at"), ("owner_id", "open", "due_at"), ("hash", "open"), ("customer_id", "open")),
    sealed=("wish.number",),
)
