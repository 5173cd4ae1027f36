"""A small thing for the tests of the core: a shelf of brass bobbins that must be counted once a day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from contracts.fact import Fact
from contracts.procurement import StockChangedV1
from contracts.values import MoneyV1
from kernel.actor import Actor, Role
from kernel.deadline import Deadline
from kernel.refusal import NotAllowed, Refusal, Refused
from pydantic import TypeAdapter

from chassis.documents import Documents, Listed
from chassis.handling import Decider, Held, Occasion
from chassis.records import Record

MONDAY = datetime(2026, 3, 2, 7, tzinfo=UTC)
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))


class NotEnoughBobbins(Refusal):
    rule = "R28"


class NotYourShelf(NotAllowed):
    rule = "R9"


@dataclass(frozen=True, slots=True)
class Shelf:
    shelf_id: str
    bobbins: int
    keeper: str
    count_by: datetime | None
    refused: int = 0
    taken_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Put:
    shelf_id: str
    bobbins: int
    at: datetime
    keeper: str = "Pelageya Ivanovna"


@dataclass(frozen=True, slots=True)
class Take:
    shelf_id: str
    bobbins: int
    order_id: str


@dataclass(frozen=True, slots=True)
class Count:
    shelf_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Seize:
    shelf_id: str


Command = Put | Take | Count | Seize


@dataclass(frozen=True, slots=True)
class BobbinsPut:
    shelf_id: str
    bobbins: int
    keeper: str
    count_by: datetime


@dataclass(frozen=True, slots=True)
class BobbinsTaken:
    bobbins: int
    order_id: str


@dataclass(frozen=True, slots=True)
class ShelfCounted:
    count_by: datetime | None


@dataclass(frozen=True, slots=True)
class SeizureRefused:
    pass


Change = BobbinsPut | BobbinsTaken | ShelfCounted | SeizureRefused


def decide(command: Command, shelf: Shelf | None) -> Sequence[Change] | Refused[Change]:
    match command:
        case Put():
            by = command.at + timedelta(days=1)
            return [BobbinsPut(command.shelf_id, command.bobbins, command.keeper, by)]
        case Take():
            return take(command, shelf)
        case Count():
            return [ShelfCounted(None)] if shelf and shelf.bobbins else []
        case Seize():
            return Refused((SeizureRefused(),), NotYourShelf("Only its keeper moves a shelf."))


def take(command: Take, shelf: Shelf | None) -> Sequence[Change]:
    if shelf and command.order_id in shelf.taken_for:
        return []
    if shelf is None or shelf.bobbins < command.bobbins:
        raise NotEnoughBobbins("There are not so many.", left=shelf.bobbins if shelf else 0)
    return [BobbinsTaken(command.bobbins, command.order_id)]


def evolve(shelf: Shelf | None, change: Change) -> Shelf:
    match change:
        case BobbinsPut():
            shelf = shelf or Shelf(change.shelf_id, 0, change.keeper, None)
            return replace(shelf, bobbins=shelf.bobbins + change.bobbins, count_by=change.count_by)
        case BobbinsTaken():
            assert shelf
            taken = (*shelf.taken_for, change.order_id)
            return replace(shelf, bobbins=shelf.bobbins - change.bobbins, taken_for=taken)
        case ShelfCounted():
            assert shelf
            return replace(shelf, count_by=change.count_by)
        case SeizureRefused():
            assert shelf
            return replace(shelf, refused=shelf.refused + 1)


def announce(change: Change, shelf: Shelf) -> list[Fact]:
    del change
    return [
        StockChangedV1(
            offer_id=shelf.shelf_id,
            product_id="brass-bobbin",
            supplier_id="own",
            title="Brass bobbin",
            availability="counted",
            quantity=shelf.bobbins,
            price=MoneyV1(minor=12_000, currency="RUB"),
            as_of=MONDAY,
        )
    ]


def deadlines(shelf: Shelf) -> list[Deadline]:
    return [Deadline("count", shelf.count_by)] if shelf.count_by else []


def listed(shelf: Shelf) -> dict[str, Listed]:
    return {"bobbins": shelf.bobbins, "count_by": shelf.count_by, "taken_for": list(shelf.taken_for)}


SHELVES: Documents[Shelf] = Documents(
    collection="shelves",
    states=TypeAdapter(Shelf),
    schema=1,
    listed=listed,
    indexes=(("bobbins",),),
    sealed=("keeper",),
)

SHELF: Decider[Command, Shelf, Change] = Decider(
    key=lambda command: command.shelf_id, decide=decide, evolve=evolve, announce=announce, deadlines=deadlines
)


def occasion(id_: str, *, remembered: bool = True, print_: str | None = None) -> Occasion:
    return Occasion(id_, MONDAY, ANNA, fingerprint=print_, remembered=remembered)


def fact(sequence: int, *, id_: str | None = None, late: bool = False) -> Occasion:
    return Occasion(
        id_ or f"fact-{sequence}",
        MONDAY,
        ANNA,
        heard=("orders/o-1", sequence),
        remembered=True,
        even_if_stale=late,
    )


def tell_nobody(key: str, owed: Sequence[Record], *, before: Sequence[str]) -> None:
    """The ear of a relay that is not there."""
    del key, owed, before


def shelf_of(held: Held[Shelf]) -> Shelf:
    """The shelf, which is there."""
    assert held.state
    return held.state
