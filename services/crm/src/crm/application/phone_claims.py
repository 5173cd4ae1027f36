"""Whose a phone is: one claim a phone, which says by whom it was claimed first; and what becomes of it when he is gone."""

from dataclasses import dataclass
from typing import Protocol

from chassis.claims import Claims
from chassis.handling import Entry, Held
from chassis.listing import Page, Query
from kernel.phone import Phone

from crm.domain.customer import Customer
from crm.domain.sharing import Candidate, in_order

MOST_SHARING = 50


class Kept(Protocol):
    """Customers, kept and listed."""

    async def load(self, key: str) -> Held[Customer]: ...
    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[Customer]: ...
    async def count(self, query: Query, *, most: int | None = None) -> int: ...
    async def history(self, key: str) -> list[Entry]: ...


@dataclass(frozen=True, slots=True)
class PhoneClaims:
    """`key` is the key of the look-up hashes."""

    claims: Claims
    customers: Kept
    key: bytes

    def hash(self, phone: Phone) -> str:
        """By which it is found and nobody can read it."""
        return phone.keyed_hash(self.key)

    async def holder(
        self, hash_: str, proposed: str, *, even_if_gone: bool = False
    ) -> tuple[str, Customer | None]:
        """Who has claimed it, `proposed` if nobody had; and who that is by now. A claim of somebody who is gone is given up first,
        unless `even_if_gone`.
        """
        while True:
            holder = await self.claims.claim(hash_, proposed)
            known = (await self.customers.load(holder)).state
            now = await self.now_of(known) if known else None
            if now is None or now.erased is None or even_if_gone:
                return holder, now
            await self.free(hash_, holder)

    async def now_of(self, customer: Customer) -> Customer:
        """Who he is by now, after all merges."""
        while customer.joined is not None:
            into = (await self.customers.load(customer.joined.into)).state
            if into is None:
                return customer
            customer = into
        return customer

    async def candidates(self, hash_: str) -> list[Candidate]:
        """All who may be meant by this phone, the likeliest first."""
        found: dict[str, Customer] = {}
        page = await self.customers.page(Query(equal={"hashes": hash_}), MOST_SHARING)
        for held in page.items:
            if held.state is not None:
                now = await self.now_of(held.state)
                found[now.customer_id] = now
        return in_order([each for each in found.values() if each.erased is None])

    async def free(self, hash_: str, held_by: str) -> None:
        """He is gone: nobody has it, or whoever has it besides."""
        others = await self.customers.page(Query(equal={"hashes": hash_}), 2)
        to = next((each.key for each in others.items if each.key != held_by), None)
        await self.claims.give_up(hash_, held_by, to)
