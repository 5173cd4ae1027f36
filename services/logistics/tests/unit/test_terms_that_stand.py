"""Terms are read once and kept, since they never change; what is in force is looked up every moment or so."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chassis.handling import Handler, Occasion
from chassis.memory import MemoryStore
from logistics.adapters.documents import AGREEMENTS, CARRIERS
from logistics.application.agreeing import Agreeing
from logistics.application.deciders import AGREEMENTS as KEPT
from logistics.application.deciders import CARRIERS as REGISTER
from logistics.application.standing import KEPT_FOR, Standing
from logistics.domain.agreement import Agreement
from logistics.domain.carrier import ApproveTerms, DescribeCarrier, Mode, Profile
from logistics.testing.agreements import CDEK, MONDAY, OWN, TODAY, TUESDAY
from logistics.testing.people import LENA, VERA


def quiet(key: str, owed: Sequence[Any], *, before: Sequence[str]) -> None:
    del key, owed, before


class Counted:
    """Counts round trips, each of which lets others come first."""

    def __init__(self, inner: MemoryStore[Any]) -> None:
        self.inner, self.asked = inner, Counter[str]()

    def __getattr__(self, name: str) -> Any:
        async def ask(*given: Any) -> Any:
            self.asked[name] += 1
            await asyncio.sleep(0)
            return await getattr(self.inner, name)(*given)

        return ask


class World:
    """Carriers whose terms are read by a replica with a clock of its own."""

    def __init__(self) -> None:
        carriers, agreements = MemoryStore(CARRIERS), MemoryStore(AGREEMENTS)
        self.carriers: Any = Counted(carriers)
        self.agreements: Any = Counted(agreements)
        self.seconds = 0.0
        self.standing = Standing(self.carriers, self.agreements, passed=lambda: self.seconds)
        register = Handler("logistics", REGISTER, carriers, quiet)
        self.agreeing = Agreeing(register, Handler("logistics", KEPT, agreements, quiet), lambda: None)

    async def agree(self, agreement: Agreement, number: int = 1) -> None:
        id_ = agreement.carrier_id
        profile = Profile(id_, Mode.POST, "lena")
        occasion = Occasion(f"{id_}-{number}", MONDAY, LENA)
        await self.agreeing.describe(DescribeCarrier(id_, profile, LENA, MONDAY), occasion)
        await self.agreeing.write(agreement, LENA, replace(occasion, id=f"{id_}-{number}-w"))
        approved = ApproveTerms(id_, number, 1, VERA, MONDAY)
        await self.agreeing.settle(approved, Occasion(f"{id_}-{number}-a", MONDAY, VERA))


async def test_of_many_who_ask_at_once_one_looks_and_each_agreement_is_read_once() -> None:
    world = World()
    await world.agree(OWN)
    await world.agree(CDEK)

    shelves = await asyncio.gather(*(world.standing.shelf(MONDAY) for _ in range(64)))
    world.seconds += KEPT_FOR
    await world.standing.shelf(MONDAY)

    assert [len(shelf.on(TUESDAY)) for shelf in shelves] == [2] * 64
    assert (world.carriers.asked["page"], world.agreements.asked["load_many"]) == (2, 1)


async def test_an_approval_is_known_after_a_moment_and_at_once_to_who_forgot() -> None:
    world = World()
    assert (await world.standing.shelf(MONDAY)).on(TUESDAY) == []
    await world.agree(OWN)

    assert (await world.standing.shelf(MONDAY)).on(TUESDAY) == []
    world.standing.forget()

    assert [terms.version for terms in (await world.standing.shelf(MONDAY)).on(TUESDAY)] == [1]


async def test_versions_whose_time_is_over_are_not_read_until_a_promise_names_one() -> None:
    world = World()
    await world.agree(OWN)
    for number in (2, 3):
        await world.agree(replace(OWN, ahead_days=14 + number), number)

    shelf = await world.standing.shelf(MONDAY + timedelta(days=30))

    assert sorted(number for _, number in shelf.opened) == [3]
    named = await world.standing.named("own-couriers", 1)
    assert (named and named.agreement, world.agreements.asked["load_many"]) == (OWN, 2)
    assert await world.standing.named("own-couriers", 4) is None
    assert await world.standing.named("nobody", 1) is None


async def test_a_version_of_next_week_is_there_for_days_of_next_week() -> None:
    world = World()
    await world.agree(OWN)
    await world.agree(replace(OWN, effective_from=TODAY + timedelta(days=7)), 2)

    shelf = await world.standing.shelf(MONDAY)

    assert [terms.version for terms in shelf.on(TODAY + timedelta(days=6))] == [1]
    assert [terms.version for terms in shelf.on(TODAY + timedelta(days=7))] == [2]
