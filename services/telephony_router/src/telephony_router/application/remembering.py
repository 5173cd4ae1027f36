"""The directory in memory: found by the hash of a number, by a customer, by an order."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chassis.chassis import Listing
from kernel.shop import Shop

from telephony_router.application.shelving import Shelf
from telephony_router.domain.directory import CustomerCard, KnownOrder, KnownTrouble, Lanes, StaffMember
from telephony_router.domain.roster import Roster
from telephony_router.domain.rule_book import RuleBook

Index = defaultdict[str, set[str]]
CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class KnownShop:
    """A shop as crm told of it."""

    shop: Shop
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Stores:
    """Where all of it is kept."""

    people: Listing[StaffMember]
    cards: Listing[CustomerCard]
    orders: Listing[KnownOrder]
    troubles: Listing[KnownTrouble]
    shops: Listing[KnownShop]
    lanes: Listing[Lanes]
    rosters: Listing[Roster]
    books: Listing[RuleBook]


class Remembered:
    """Every replica holds all of it; what it answers is never older than half a second and a save."""

    def __init__(self, stores: Stores) -> None:
        self.people: Shelf[StaffMember] = Shelf(stores.people)
        self.cards: Shelf[CustomerCard] = Shelf(stores.cards, self._card_taken)
        self.orders: Shelf[KnownOrder] = Shelf(stores.orders, self._order_taken)
        self.troubles: Shelf[KnownTrouble] = Shelf(stores.troubles, self._trouble_taken)
        self.shops: Shelf[KnownShop] = Shelf(stores.shops)
        self.lanes: Shelf[Lanes] = Shelf(stores.lanes)
        self.rosters: Shelf[Roster] = Shelf(stores.rosters)
        self.books: Shelf[RuleBook] = Shelf(stores.books)
        self._by_hash: Index = defaultdict(set)
        self._became: Index = defaultdict(set)
        self._orders_of: Index = defaultdict(set)
        self._troubles_of: Index = defaultdict(set)

    @property
    def shelves(self) -> Sequence[Shelf[Any]]:
        """All that follows its store."""
        return (
            self.people, self.cards, self.orders, self.troubles, self.shops, self.lanes, self.rosters, self.books,
        )  # fmt: skip

    async def fill(self, now: datetime) -> None:
        """All there is; before the first call."""
        for shelf in self.shelves:
            await shelf.fill(now)

    async def catch_up(self, now: datetime) -> None:
        """What other replicas saved since."""
        for shelf in self.shelves:
            await shelf.catch_up(now)

    def with_hash(self, hash_: str) -> list[CustomerCard]:
        """The customers with this number; a merged card is whom it became."""
        found = {self.now_of(customer_id) for customer_id in self._by_hash.get(hash_, ())}
        cards = (self.cards.get(customer_id) for customer_id in sorted(found))
        return [card for card in cards if card and not card.erased]

    def now_of(self, customer_id: str) -> str:
        """Who he is by now, after all merges."""
        seen = {customer_id}
        while (card := self.cards.get(customer_id)) and card.merged_into and card.merged_into not in seen:
            customer_id = card.merged_into
            seen.add(customer_id)
        return customer_id

    def orders_of(self, customer_id: str) -> list[KnownOrder]:
        """His open orders, those of cards that became his among them; the newest first."""
        found = (
            self.orders.items[each]
            for one in self._all_of(customer_id)
            for each in self._orders_of.get(one, ())
        )
        return sorted((each for each in found if each.is_open), key=lambda each: each.placed_at, reverse=True)

    def last_order_at(self, customer_id: str) -> datetime | None:
        """When he placed the newest order that was not cancelled, open or completed."""
        placed = (
            order.placed_at
            for one in self._all_of(customer_id)
            for each in self._orders_of.get(one, ())
            if (order := self.orders.items[each]).stage != CANCELLED
        )
        return max(placed, default=None)

    def troubles_of(self, customer_id: str) -> list[KnownTrouble]:
        """Open incidents and claims, of him or of any of his orders."""
        keys: set[str] = set()
        for one in self._all_of(customer_id):
            keys |= self._troubles_of.get(f"customer:{one}", set())
            for order_id in self._orders_of.get(one, ()):
                keys |= self._troubles_of.get(f"order:{order_id}", set())
        found = (self.troubles.items[each] for each in sorted(keys))
        return [each for each in found if each.is_open]

    def _all_of(self, customer_id: str) -> Iterator[str]:
        waiting, seen = [customer_id], {customer_id}
        while waiting:
            yield (one := waiting.pop())
            more = self._became.get(one, set()) - seen
            seen |= more
            waiting.extend(more)

    def _card_taken(self, key: str, before: CustomerCard | None, now: CustomerCard) -> None:
        if before is not None:
            for hash_ in before.hashes:
                self._by_hash[hash_].discard(key)
            if before.merged_into:
                self._became[before.merged_into].discard(key)
        for hash_ in now.hashes:
            self._by_hash[hash_].add(key)
        if now.merged_into:
            self._became[now.merged_into].add(key)

    def _order_taken(self, key: str, before: KnownOrder | None, now: KnownOrder) -> None:
        if before is not None and before.customer_id:
            self._orders_of[before.customer_id].discard(key)
        if now.customer_id:
            self._orders_of[now.customer_id].add(key)

    def _trouble_taken(self, key: str, before: KnownTrouble | None, now: KnownTrouble) -> None:
        del before
        if now.order_id:
            self._troubles_of[f"order:{now.order_id}"].add(key)
        if now.customer_id:
            self._troubles_of[f"customer:{now.customer_id}"].add(key)
