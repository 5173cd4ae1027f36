"""How the router's things lie in MongoDB. All that replicas hold in memory lists when it changed, so that they can follow."""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from chassis.documents import Documents, Listed
from pydantic import TypeAdapter

from telephony_router.application.loading import Load
from telephony_router.application.remembering import KnownShop
from telephony_router.domain.directory import CustomerCard, KnownOrder, KnownTrouble, Lanes, StaffMember
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
LOADS = followed("loads", Load)
