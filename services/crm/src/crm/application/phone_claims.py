"""Whose a phone is: one claim a phone, which says by whom it was claimed first; and what becomes of it when he is gone."""

from dataclasses import dataclass
from typing import Protocol

from chassis.claims import Claims
from chassis.handling import Held
from chassis.listing import Page, Query
from kernel.phone import Phone

from crm.domain.customer import Customer


class Kept(Protocol):
    """Customers, kept and listed."""

    async def load(self, key: str) -> Held[Customer]: ...
    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[Customer]: ...
    async def count(self, query: Query, *, most: int | None = None) -> int: ...


@dataclass(frozen=True, slots=True)
class PhoneClaims:
    """`key` is the key of the look-up hashes."""

    claims: Claims
    customers: Kept
    key: bytes

    def hash(self, phone: Phone) -> str:
        """By which it is found and nobody can read it."""
        return phone.keyed_hash(self.key)

    async def holder(self, hash_: str, proposed: str) -> tuple[str, Customer | None]:
        """Who has claimed it, `proposed` if nobody had. A claim of somebody who is gone is given up first."""
        while True:
            holder = await self.claims.claim(hash_, proposed)
            known = (await self.customers.load(holder)).state
            if known is None or known.erased is None:
                return holder, known
            await self.free(hash_, holder)

    async def free(self, hash_: str, held_by: str) -> None:
        """He is gone: nobody has it, or whoever has it besides."""
        others = await self.customers.page(Query(equal={"hashes": hash_}), 2)
        to = next((each.key for each in others.items if each.key != held_by), None)
        await self.claims.give_up(hash_, held_by, to)
