"""The situation of a call, put together from memory: no store and no other service is asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from chassis.shops import Unheard
from kernel.calendar import WorkingCalendar

from telephony_router.application.remembering import Remembered
from telephony_router.domain.directory import CustomerCard
from telephony_router.domain.people import Duty, Moment, Person, Standing
from telephony_router.domain.plan import Plan
from telephony_router.domain.routing import route
from telephony_router.domain.situation import SELLS, Call, Card, Rules, Situation, Trouble

PHONE_ROLES = frozenset(
    {"sales_manager", "account_manager", "phone_operator", "conflict_manager", "service_owner"}
)
"""Whose work is the telephone: their breaks are told to the roster (R105)."""


@dataclass(frozen=True, slots=True)
class Situating:
    """`unheard`: how a shop is taken to be that crm has not told of yet."""

    memory: Remembered
    unheard: Unheard

    def plan(
        self, call: Call, hash_: str | None, shop_id: str, at: datetime, busy: Collection[str] = ()
    ) -> Plan:
        """Who is rung, by what is known now."""
        return route(call, self.situation(hash_, shop_id, at, busy))

    def situation(
        self,
        hash_: str | None,
        shop_id: str,
        at: datetime,
        busy: Collection[str] = (),
        rules: Rules | None = None,
    ) -> Situation:
        """All that the plan of such a call is made from."""
        book, lanes = self.memory.books.get(shop_id), self.memory.lanes.get(shop_id)
        found = self.memory.with_hash(hash_) if hash_ else []
        return Situation(
            now=at,
            calendar=self.calendar(shop_id),
            last_resort=self.owner_of(shop_id),
            people=self.people(shop_id),
            candidates=tuple(self._card(each) for each in found),
            duty=self.duty(shop_id, at),
            lanes=lanes.standing if lanes else None,
            busy=frozenset(busy),
            rules=rules or (book.rules if book else Rules()),
            shop_id=shop_id,
        )

    def calendar(self, shop_id: str) -> WorkingCalendar:
        """The shop's working time."""
        known = self.memory.shops.get(shop_id)
        return known.shop.calendar if known else WorkingCalendar.usual(self.unheard.zone)

    def owner_of(self, shop_id: str) -> str:
        """Who answers when nobody else can."""
        known = self.memory.shops.get(shop_id)
        return (known.shop.owner_id if known else None) or self.unheard.owner_id

    def people(self, shop_id: str) -> dict[str, Person]:
        """The staff of a shop."""
        everybody = self.memory.people.items.items()
        return {key: each.as_rung for key, each in everybody if each.person.shop_id == shop_id}

    def duty(self, shop_id: str, at: datetime) -> Duty:
        """Who has a shift and who is on a break."""
        roster = self.memory.rosters.get(shop_id)
        if roster is None:
            return Duty()
        away = roster.on_break(at)
        back = tuple((each.staff_id, each.until) for each in roster.pauses if each.staff_id in away)
        return Duty(roster.on_shift(at), away, back)

    def by_the_telephone(self, shop_id: str, at: datetime) -> frozenset[str]:
        """Who may be counted on at lunch: who has a shift or is the first line, since nobody else is rung for whoever calls, and is
        neither off nor on a break that crm told of (R105).
        """
        now = self.situation(None, shop_id, at)
        return frozenset(
            each.staff_id
            for each in now.people.values()
            if (each.staff_id in now.duty.on_shift or set(SELLS) & set(each.roles))
            and each.presence != "on_break"
            and self._here(now, each)
        )

    def _here(self, now: Situation, person: Person) -> bool:
        """There by his hours; on a break of our own counts, since the roster takes those off itself."""
        standing = now.standing_of(person)
        return standing is Standing.THERE or (
            standing is Standing.BREAK
            and person.staff_id in now.duty.on_break
            and now.moment is not Moment.CLOSED
        )

    def _card(self, card: CustomerCard) -> Card:
        orders = self.memory.orders_of(card.customer_id)
        troubled = self.memory.troubles_of(card.customer_id)
        return Card(
            card.customer_id,
            card.stage,
            card.owner_id,
            card.no_calls,
            card.blocked,
            len(orders),
            self.memory.last_order_at(card.customer_id),
            tuple(Trouble(each.kind, each.trouble_id, each.order_id, each.keeper_id) for each in troubled),
        )
