"""Knowing the customer: found by his phone or registered, once, however many ask at the same moment (wire.md 3)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from chassis.handling import Handler, Held, Occasion, Outcome
from chassis.listing import Page, Query
from kernel.actor import Actor, Role
from kernel.personal import Personal
from kernel.phone import Phone
from uuid_utils.compat import uuid7

from crm.application.phone_claims import Kept, PhoneClaims
from crm.domain import customer as c
from crm.domain.customer import Customer
from crm.domain.owning import choose, sellers_there
from crm.domain.refusals import CustomerErased, CustomerMerged, PhoneOfAnother, UnknownCustomer
from crm.domain.sharing import Candidate
from crm.domain.shop import Shop
from crm.domain.staff import Staff
from crm.domain.whereabouts import there

COUNT_UP_TO = 500
MOST_SELLERS = 200
MAY_OWN = frozenset({Role.SALES_MANAGER, Role.ACCOUNT_MANAGER, Role.OWNER})


class People(Protocol):
    """The staff, kept and listed."""

    async def load(self, key: str) -> Held[Staff]: ...
    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[Staff]: ...


class Shops(Protocol):
    """Shops, kept."""

    async def load(self, key: str) -> Held[Shop]: ...


@dataclass(frozen=True, slots=True)
class Contact:
    """Who got in touch, as far as he said. `cause` names in his history what it came by."""

    shop_id: str
    phone: Phone
    name: Personal | None
    address: Personal | None
    preference: c.Preference | None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Knowing:
    """Who he is, whose he is."""

    handle: Handler[c.Command, Customer, c.Change]
    customers: Kept
    staff: People
    shops: Shops
    phones: PhoneClaims

    async def resolve(
        self, contact: Contact, actor: Actor, at: datetime, *, owner_id: str | None = None
    ) -> tuple[Customer, bool]:
        """The customer of this phone, and whether he is new. `owner_id`: who answers for a new one, where that is known."""
        hash_ = self.phones.hash(contact.phone)
        while True:
            holder_id, known = await self.phones.holder(hash_, f"c-{uuid7().hex}")
            customer_id = known.customer_id if known else holder_id
            if known:
                owner_id = known.owner_id
            elif owner_id is None:
                owner_id = await self.owner_for(contact.shop_id, customer_id, at)
            try:
                command = self._registering(customer_id, contact, owner_id, actor, at)
                command = replace(command, by_another_card=holder_id != customer_id)
                return await self._done(command, contact.cause)
            except (CustomerErased, CustomerMerged):  # in between: whose the phone is by now is another
                continue

    async def learn(self, customer_id: str, contact: Contact, actor: Actor, at: datetime) -> Customer:
        """Somebody says more of a known customer: another phone, his name. What is known is not overwritten, and a phone that another
        customer is known by stays his.
        """
        hash_ = await self._claim(customer_id, contact.phone)
        try:
            command = self._registering(customer_id, contact, None, actor, at)
            return (await self._done(command, contact.cause))[0]
        except CustomerErased:
            await self.phones.free(hash_, customer_id)
            raise

    async def add_phone(self, customer_id: str, phone: Phone, why: Occasion) -> Outcome[Customer]:
        """Another phone of a known customer. One that another customer is known by stays his: whose it really is, only
        they can say.
        """
        hash_ = await self._claim(customer_id, phone)
        try:
            return await self.handle(c.AddPhone(customer_id, phone, hash_, why.actor, why.at), why)
        except CustomerErased:
            await self.phones.free(hash_, customer_id)
            raise

    async def by_phone(self, phone: Phone) -> list[Candidate]:
        """The customers who have this phone, the likeliest first; nobody is registered."""
        return await self.phones.candidates(self.phones.hash(phone))

    async def share_phone(self, customer_id: str, phone: Phone, why: Occasion) -> Outcome[Customer]:
        """A number that another customer is known by is his, too: somebody who may say so knows it."""
        hash_ = self.phones.hash(phone)
        done = await self.handle(c.AddPhone(customer_id, phone, hash_, why.actor, why.at, shared=True), why)
        await self.phones.claims.claim(hash_, customer_id)
        return done

    async def owner_for(
        self, shop_id: str, customer_id: str, at: datetime, role: Role = Role.SALES_MANAGER
    ) -> str | None:
        """Who of this role is to answer for a customer; a seller is never missed, since the shop has a last resort."""
        shop = (await self.shops.load(shop_id)).state
        found = await self.staff.page(Query(equal={"roles": role.value, "active": True}), MOST_SELLERS)
        sellers = sellers_there([held.state for held in found.items if held.state], shop_id, at, role)
        loads = {
            each.staff_id: await self.customers.count(
                Query(equal={"owner_id": each.staff_id}), most=COUNT_UP_TO
            )
            for each in sellers
        }
        last = shop.owner_id if shop and role is Role.SALES_MANAGER else None
        return choose(sellers, loads, last, customer_id)

    async def _claim(self, customer_id: str, phone: Phone) -> str:
        known = (await self.customers.load(customer_id)).state
        if known is None:
            raise UnknownCustomer("There is no such customer.")
        there(known)
        hash_ = self.phones.hash(phone)
        whose, now = await self.phones.holder(hash_, customer_id)
        if customer_id not in (whose, now and now.customer_id) and hash_ not in known.hashes:
            raise PhoneOfAnother("Another customer is known by this phone.", customer_id=whose)
        return hash_

    def _registering(
        self, customer_id: str, contact: Contact, owner_id: str | None, actor: Actor, at: datetime
    ) -> c.Registering:
        return c.Registering(
            customer_id=customer_id,
            shop_id=contact.shop_id,
            phone=contact.phone,
            hash=self.phones.hash(contact.phone),
            name=contact.name,
            address=contact.address,
            preference=contact.preference,
            owner_id=owner_id,
            actor=actor,
            at=at,
        )

    async def _done(self, command: c.Registering, cause: str) -> tuple[Customer, bool]:
        why = Occasion(cause or f"contact:{uuid7()}", command.at, command.actor)
        done = await self.handle(command, why)
        assert done.state is not None
        return done.state, "CustomerRegistered" in done.changes
