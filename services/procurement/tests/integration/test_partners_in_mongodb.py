"""Cards, stops, cases and scorecards on a real MongoDB: bounded by indexes, and right when many act at once."""

import asyncio
from datetime import timedelta
from types import ModuleType
from typing import Any

from chassis.following import Hear
from chassis.handling import Occasion
from chassis.listing import Query
from chassis.testing.plugin import MONDAY_MORNING
from kernel.actor import Actor, Grade, Role
from kernel.money import Money
from kernel.refusal import Refusal
from procurement.application.casing import Raised
from procurement.domain.availability import counted
from procurement.domain.case_commands import AddEntry, CloseCase, DecideClosing
from procurement.domain.finding import category_mark, margin_marks, word_mark
from procurement.domain.member import Member
from procurement.domain.offer import ListOffer, Terms
from procurement.domain.sale import Reason
from procurement.domain.standing import ReviewSupplier, Verdict
from procurement.domain.supplier import AgreeConditions, Conditions
from procurement.domain.supplier_case import Ending, Entry, Said, Trouble
from procurement.entrypoints.http_standing import LONG_AGO

ANNA = Actor("anna", frozenset({Role.BUYER}), Grade.SENIOR)
VERA = Actor("vera", frozenset({Role.SERVICE_OWNER}))
OWNER = Actor("owner", frozenset({Role.OWNER}))
MONTH = MONDAY_MORNING - MONDAY_MORNING.replace(month=2)
MANY = 2_000


def by(actor: Actor, name: str) -> Occasion:
    return Occasion(name, MONDAY_MORNING, actor)


async def with_goods(parts: Any) -> None:
    """Two thousand lamps of one category at one supplier, at all prices, a few of them with a thin margin."""
    agreed = AgreeConditions("brass", Conditions("Brass", "anna", 2, MONTH), MONDAY_MORNING)
    await parts.wired["partnering"].agree(agreed, ANNA, by(ANNA, "agree"))
    to_offers = parts.wired["stocking"].offers
    offers = [
        ListOffer(
            f"brass:{n}",
            "brass",
            Terms(
                f"lamp-{n}",
                f"Lamp number {n}",
                Money(100_00 + n * 100),
                Money((100_00 + n * 100) * (98 if n % 500 == 0 else 60) // 100),
                counted(10),
                category="Light / Lamps",
            ),
            MONDAY_MORNING,
        )
        for n in range(MANY)
    ]
    for start in range(0, MANY, 500):
        await to_offers.many([(each, by(ANNA, "list")) for each in offers[start : start + 500]])


async def looked_at(database: Any, query: dict[str, Any], order: str) -> dict[str, Any]:
    """What MongoDB says it did to find the first forty."""
    find = {"find": "offers", "filter": query, "sort": {order: 1, "_id": 1}, "limit": 41}
    told = await database.command({"explain": find, "verbosity": "executionStats"})
    return told["executionStats"]


async def test_alternatives_and_proposals_look_at_a_few_offers_only(database: Any, much: ModuleType) -> None:
    chassis = much.MongoChassis(database)
    parts = await chassis.prepared()
    await with_goods(parts)

    of, found = await parts.wired["carding"].alternatives("lamp-1000", 5, MONDAY_MORNING)
    stops = await parts.wired["proposing_stops"].page(Reason.LOW_MARGIN, 50, None, MONDAY_MORNING)

    assert (of.product_id, len(found)) == ("lamp-1000", 5)
    assert {abs(card.price.minor - of.price.minor) for card in found} == {100, 200, 300}
    assert sorted(each.card.product_id for each in stops.items) == [
        "lamp-0",
        "lamp-1000",
        "lamp-1500",
        "lamp-500",
    ]
    for mark in (category_mark("Lamps"), word_mark("lamp")):
        dearer = {"listed.found_by": mark, "listed.available": True, "listed.price": {"$gte": 1100_00}}
        assert (await looked_at(database, dearer, "listed.price"))["totalDocsExamined"] <= 41
    thin = {"listed.found_by": {"$in": margin_marks(10)}, "listed.available": True}
    assert (await looked_at(database, thin, "listed.price"))["totalDocsExamined"] <= 41
    await chassis.relay.stop()


async def test_a_trouble_that_is_raised_by_many_at_once_is_one_case(database: Any, much: ModuleType) -> None:
    chassis = much.MongoChassis(database)
    parts = await chassis.prepared()
    await with_goods(parts)
    casing, raised = parts.wired["casing"], Raised("brass", Trouble.SHORTAGE, Money(100_00), "p-1/1")

    ids = await asyncio.gather(*(casing.raise_case(raised, by(ANNA, f"r-{n}")) for n in range(16)))

    assert len(set(ids)) == 1
    assert await parts.wired["cases"].count(Query()) == 1
    card = await parts.wired["scoring"].scorecard("brass", "2026-03", "2026-03", MONDAY_MORNING)
    assert card.opened == 1
    await chassis.relay.stop()


async def test_of_a_yes_and_a_no_at_once_one_holds_and_the_thread_loses_nothing(
    database: Any, much: ModuleType
) -> None:
    chassis = much.MongoChassis(database)
    parts = await chassis.prepared()
    await with_goods(parts)
    casing, owning = parts.wired["casing"], parts.wired["owning"]
    case = await casing.raise_case(Raised("brass", Trouble.DEFECT, Money(90_000_00), "p-1"), by(ANNA, "r"))
    entries = [Entry(MONDAY_MORNING, "anna", Said.OWN_LATE_PAYMENT, f"{n}") for n in range(5)]
    await asyncio.gather(*(casing.act(AddEntry(case, e, ANNA), by(ANNA, e.words)) for e in entries))
    close = CloseCase(case, Ending.REJECTED, Money(0), Money(0), ANNA, MONDAY_MORNING)
    await casing.act(close, by(ANNA, "close"))
    clock = await owning.clock(by(VERA, "clock"))
    answers = [DecideClosing(case, who is VERA, clock, who, MONDAY_MORNING) for who in (VERA, OWNER)]

    ends = await asyncio.gather(
        *(casing.act(each, by(each.actor, f"d-{each.actor.id}")) for each in answers), return_exceptions=True
    )

    assert sum(isinstance(each, Refusal) for each in ends) == 1
    held = (await parts.wired["cases"].load(case)).state
    assert sorted(each.words for each in held.entries) == ["0", "1", "2", "3", "4"]
    card = await parts.wired["scoring"].scorecard("brass", "2026-03", "2026-03", MONDAY_MORNING)
    assert (card.own_failures, card.closed) == (5, int(held.closed_at is not None))
    await chassis.relay.stop()


async def test_who_leaves_while_he_is_given_a_supplier_keeps_none(database: Any, much: ModuleType) -> None:
    chassis = much.MongoChassis(database)
    parts = await chassis.prepared()
    await with_goods(parts)
    partnering, hear = parts.wired["partnering"], parts.wired["hear_member"]
    boris = Member("boris", "main", ("buyer",), "senior", active=True)
    gone = Member("boris", "main", ("buyer",), "senior", active=False)

    async def leaves(n: int) -> None:
        await hear(Hear("boris", gone), by(OWNER, f"gone-{n}"))
        await parts.wired["owning"].check("boris", by(OWNER, f"left-{n}"))

    for n in range(8):
        await hear(Hear("boris", boris), by(OWNER, f"back-{n}"))
        named = partnering.name_owner("brass", "boris", ANNA, by(ANNA, f"name-{n}"))
        await asyncio.gather(named, leaves(n), return_exceptions=True)
        supplier = (await parts.wired["suppliers"].load("brass")).state
        assert supplier.conditions.owner_id != "boris"
    await chassis.relay.stop()


async def test_who_owes_a_look_at_a_supplier_finds_it_among_those_who_owe_nothing(
    database: Any, much: ModuleType
) -> None:
    chassis = much.MongoChassis(database)
    parts = await chassis.prepared()
    partnering = parts.wired["partnering"]
    for name, owner in (("brass", "anna"), ("slow", None), ("far", None)):
        agreed = AgreeConditions(name, Conditions(name, owner, 2, MONTH), chassis.clock.now())
        await partnering.agree(agreed, ANNA, by(ANNA, name))
    part = ReviewSupplier("far", Verdict.PART, None, MONDAY_MORNING, ANNA, MONDAY_MORNING)
    await partnering.act(part, by(ANNA, "part"))

    chassis.clock.forward(timedelta(days=60))
    for worker in parts.deadlines:
        while await worker.once():
            continue

    for query, found in (({}, ["brass", "slow"]), ({"tasks_of": "owner"}, ["slow"])):
        asked = Query(query, at_least={"task_due_at": LONG_AGO}, order="task_due_at")
        page = await parts.wired["suppliers"].page(asked, 10)
        assert [held.key for held in page.items] == found
    await chassis.relay.stop()
