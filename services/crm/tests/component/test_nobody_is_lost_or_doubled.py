"""Whatever is merged, undone, shared and erased, and wherever it breaks off: nobody is lost, nobody is there twice."""

import asyncio
import json
from collections.abc import Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from chassis.handling import Occasion
from crm.application.knowing import Contact
from crm.domain import doubles as d
from crm.domain.customer import Customer
from crm.domain.handover import HandOver
from crm.domain.notes import SPIN, Part, WriteNotes
from crm.domain.noting import notes_of, type_of
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from kernel.actor import Actor, Role, service
from kernel.personal import Personal
from kernel.phone import Phone
from kernel.refusal import Refusal

from services.crm.tests.component.cards_in_memory import World

T = TypeVar("T")
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
CLERK, ORDERS = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR})), service("orders")
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))
PHONES = [Phone.parse(f"+7916123450{n}") for n in range(6)]
who = st.integers(0, 5)


class Doubles(RuleBasedStateMachine):
    """`person` says, as people would, whose each id is; `erased` who is gone."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.world = World()
        self.ids = list[str]()
        self.count = 0
        self.before = dict[str, Customer]()

    def run_(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def why(self) -> Occasion:
        self.count += 1
        return Occasion(f"command:{self.count}", NOW, CLERK)

    def one(self, n: int) -> str:
        return self.ids[n % len(self.ids)] if self.ids else "c-nobody"

    def tried(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            self.run_(work)
        except Refusal:
            return

    def state(self, key: str) -> Customer:
        found = self.run_(self.world.store.load(key)).state
        assert found is not None
        return found

    @initialize()
    def all_are_known(self) -> None:
        for n in range(4):
            self.somebody_calls(n)

    @rule(n=st.integers(0, 5))
    def somebody_calls(self, n: int) -> None:
        said = Contact("main", PHONES[n], None, None, None)
        found, new = self.run_(self.world.knowing.resolve(said, ORDERS, NOW, owner_id="anna"))
        assert found.erased is None
        assert found.joined is None
        assert new is (found.customer_id not in self.ids)
        if new:
            self.ids.append(found.customer_id)

    @rule(a=who, b=who)
    def they_are_one(self, a: int, b: int) -> None:
        for key in (self.one(a), self.one(b)):  # the command would finish parting it, and change it in one go
            self.tried(self.world.merging.settle(key, self.why()))
        self.a_card_that_was_parted_is_as_it_was()
        self.tried(self.world.merging.merge(self.one(a), self.one(b), self.why()))

    @rule(a=who, b=who)
    def they_are_one_but_it_breaks_off(self, a: int, b: int) -> None:
        async def begin() -> None:
            into = (await self.world.store.load(self.one(a))).state
            if into is None or into.erased is not None or into.joined is not None:
                return
            if await self.world.merging.cards_of(self.one(b), settling=True):
                return
            await self.world.knowing.handle(d.Join(self.one(b), self.one(a), CLERK, NOW), self.why())

        self.tried(begin())

    @rule(b=who)
    def they_were_two(self, b: int) -> None:
        into = self.state(self.one(b)).joined if self.ids else None
        self.tried(self.world.merging.unmerge(into.into if into else "c-nobody", self.one(b), self.why()))

    @rule(b=who)
    def they_were_two_but_it_breaks_off(self, b: int) -> None:
        into = self.state(self.one(b)).joined if self.ids else None
        if into is not None and into.phase is d.Phase.JOINED and self.state(into.into).joined is None:
            self.tried(self.world.knowing.handle(d.Part(self.one(b), CLERK, NOW), self.why()))

    @rule(a=who, n=st.integers(0, 5))
    def a_number_is_shared(self, a: int, n: int) -> None:
        self.tried(self.world.knowing.share_phone(self.one(a), PHONES[n], self.why()))

    @rule(a=who)
    def somebody_is_forgotten(self, a: int) -> None:
        self.tried(self.world.merging.erase(self.one(a), "asked", self.why()))

    @rule(a=who, to=st.sampled_from(["anna", "boris"]))
    def somebody_else_answers_for_him(self, a: int, to: str) -> None:
        roles = frozenset({Role.SALES_MANAGER})
        command = HandOver(self.one(a), to, "handed_over", frozenset({to}), roles, ORDERS, NOW)
        self.tried(self.world.knowing.handle(command, self.why()))

    @rule(a=who, n=st.integers(0, 5))
    def he_has_another_number(self, a: int, n: int) -> None:
        self.tried(self.world.knowing.add_phone(self.one(a), PHONES[n], self.why()))

    @rule(a=who, part=st.sampled_from(Part), text=st.sampled_from(["loud", "slow", None]))
    def something_is_noted_or_taken_away(self, a: int, part: Part, text: str | None) -> None:
        said = {part: Personal(text) if text else None}
        command = WriteNotes(self.one(a), said, frozenset({"loud", "slow"}), None, ANNA, NOW)
        self.tried(self.world.knowing.handle(command, self.why()))

    @rule()
    def what_is_due_is_done(self) -> None:
        for _ in range(8):
            for key in self.ids:
                held = self.run_(self.world.store.load(key))
                for deadline in held.due:
                    self.run_(self.world.forgetting.due(key, deadline, self.why()))
        assert not any(self.run_(self.world.store.load(key)).due for key in self.ids)
        self.settled()

    def settled(self) -> None:
        """Each card is a person's, is another's, or is gone; who is gone took his cards along and left no phone claimed."""
        told = [(each.topic, each.key) for each in self.world.told]
        for key in self.ids:
            card = self.state(key)
            assert told.count(("customer.erased", key)) == (card.erased is not None)
            if card.joined is not None:
                now = self.run_(self.world.knowing.phones.now_of(card))
                assert now.erased is None
                assert now.joined is None
                assert set(card.hashes) <= set(now.hashes), "a merged card's phones are its person's"
                assert key in {each.customer_id for each in self.state(card.joined.into).taken}
            for each in card.taken:
                joined = self.state(each.customer_id).joined
                assert joined is not None
                assert joined.into == key
        for phone in PHONES:
            hash_ = self.world.knowing.phones.hash(phone)
            found = self.run_(self.world.knowing.phones.candidates(hash_))
            having = {
                key for key in self.ids if hash_ in self.state(key).hashes and not self.state(key).joined
            }
            assert {each.customer.customer_id for each in found} == having

    @invariant()
    def what_was_told_last_is_what_is_noted(self) -> None:
        bodies = [json.loads(each.value) for each in self.world.told if each.topic == "customer.noted"]
        last = {each["customer"]["customer_id"]: (each["customer_type"], each["notes"]) for each in bodies}
        for key in self.ids:
            card = self.state(key)
            noted = (type_of(card), [part.value for part in SPIN if part in notes_of(card)])
            assert noted == ((None, []) if card.erased else last.get(key, (None, [])))

    @invariant()
    def a_card_says_nothing_twice(self) -> None:
        for key in self.ids:
            card = self.state(key)
            assert len(card.phones) == len(card.hashes) == len(set(card.hashes))
            assert not (card.erased and (card.phones or card.taken or card.joined or card.notes))

    @invariant()
    def who_has_a_number_is_found_by_it_and_nobody_who_is_gone(self) -> None:
        cards = [self.state(key) for key in self.ids]
        for phone in PHONES:
            hash_ = self.world.knowing.phones.hash(phone)
            found = [each.customer for each in self.run_(self.world.knowing.by_phone(phone))]
            assert all(each.erased is None and each.joined is None for each in found)
            having = [card for card in cards if hash_ in card.hashes]
            now = {self.run_(self.world.knowing.phones.now_of(card)).customer_id for card in having}
            gone = {card.customer_id for card in cards if card.erased is not None}
            assert {each.customer_id for each in found} == now - gone

    @invariant()
    def a_card_that_was_parted_is_as_it_was(self) -> None:
        for key in self.ids:
            card = self.state(key)
            if card.joined is not None:
                assert self.before.setdefault(key, replace(card, joined=None)) == replace(card, joined=None)
            elif (was := self.before.pop(key, None)) is not None and card.erased is None:
                assert card == was

    def teardown(self) -> None:
        self.what_is_due_is_done()
        self.loop.close()


TestNobodyIsLostOrDoubled = Doubles.TestCase
TestNobodyIsLostOrDoubled.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
