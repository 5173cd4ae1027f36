"""The oracle of the kill test, itself tried: it must see each way in which a log can be wrong."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from bench.killing.answered import Answered, Taken
from bench.killing.effects import World, imports_wrong, wrong
from bench.killing.oracle import Logged, Saved, judged
from bench.killing.report import Report

CREATED, CHANGED = "order.created", "order.changed"


def fact(
    ce_id: str, sequence: int, topic: str = CHANGED, *, offset: int, thing: str = "orders/o-1"
) -> Logged:
    return Logged(topic, 1, offset, ce_id, thing, sequence)


LOG = [
    fact("a", 1, CREATED, offset=0),
    fact("b", 2, offset=0),
    fact("c", 3, offset=1),
    fact("b", 2, offset=2),  # told again: allowed
    fact("d", 4, offset=3),
]
HISTORIES = [
    Saved("orders", "orders/o-1", 1, ("a",)),
    Saved("orders", "orders/o-1", 2, ("b", "c")),
    Saved("orders", "orders/o-1", 3, ()),
    Saved("orders", "orders/o-1", 4, ("d",)),
]


def test_a_log_that_holds_what_the_histories_told_is_clean() -> None:
    verdict = judged(LOG, HISTORIES)

    assert verdict.is_clean
    assert (verdict.facts, verdict.again) == (4, 1)


def test_a_fact_that_is_missing_is_seen() -> None:
    verdict = judged([each for each in LOG if each.ce_id != "c"], HISTORIES)

    assert verdict.missing == ["c: told by orders orders/o-1, entry 2"]
    assert not verdict.is_clean


def test_a_fact_that_no_history_told_is_seen() -> None:
    verdict = judged([*LOG, fact("x", 5, offset=4)], HISTORIES)

    assert verdict.invented == ["x: order.changed/1/4 of orders/o-1"]
    assert not verdict.is_clean


def test_a_fact_that_was_made_twice_is_seen() -> None:
    again = [*HISTORIES, Saved("orders", "orders/o-1", 5, ("e",))]

    verdict = judged([*LOG, fact("e", 4, offset=4)], again)

    assert verdict.doubled == ["orders/o-1 has two facts number 4 in order.changed"]
    assert not verdict.is_clean


def test_a_fact_that_two_histories_claim_is_seen() -> None:
    verdict = judged(LOG, [*HISTORIES, Saved("orders", "orders/o-2", 1, ("a",))])

    assert verdict.doubled == ["a: told twice by histories"]


def test_one_id_for_two_facts_is_seen() -> None:
    verdict = judged([*LOG, fact("d", 5, offset=4)], HISTORIES)

    assert verdict.doubled == ["d: names different facts"]


def test_facts_in_the_wrong_order_are_seen() -> None:
    swapped = [*LOG[:2], replace(LOG[2], offset=3), replace(LOG[4], offset=1)]

    verdict = judged(swapped, HISTORIES)

    assert verdict.disordered == ["orders/o-1: 3 after 4: order.changed/1/3 of orders/o-1"]
    assert not verdict.is_clean


def test_an_old_fact_told_again_later_is_no_disorder() -> None:
    assert judged([*LOG, fact("a", 1, CREATED, offset=9)], HISTORIES).is_clean


def test_a_story_in_two_partitions_is_seen() -> None:
    verdict = judged([*LOG[:4], replace(LOG[4], partition=2)], HISTORIES)

    assert verdict.disordered == ["orders/o-1 lies in two partitions of order.changed"]


ORDER: dict[str, Any] = {
    "order_id": "o-1",
    "external_number": "run-1",
    "stage": "new",
    "supply": "allocated",
    "lines": [{"line_no": 1, "product_id": "tea", "quantity": 2}],
    "attempts": [{}],
    "customer_id": "c-1",
    "responsible_id": "sveta",
    "next_deadline_at": "2026-03-02T07:30:00Z",
}
PART = {"line_no": 1, "offer_id": "own:tea", "quantity": 2, "grip": "held"}
ALLOCATION = {
    "order_id": "o-1",
    "stage": "allocated",
    "lines": [{"line_no": 1, "quantity": 2}],
    "parts": [PART],
}
OFFER = {"offer_id": "own:tea", "held": 2, "free": 8, "overdrawn": 0}
CUSTOMER = {"customer_id": "c-1", "phones": ["+7916***0000"]}
IMPORT = {"import_id": "i-1", "supplier_id": "s-1", "received_at": "2026-03-02T07:00:00Z", "stage": "done"}
NEWER = {**IMPORT, "import_id": "i-2", "received_at": "2026-03-02T08:00:00Z"}
WORLD = World([ORDER], [ALLOCATION], [OFFER], [CUSTOMER], [IMPORT])
TAKEN = Taken("o-1", "run-1", "+79160000000", {"tea": 2}, attempts=1)
ANSWERED = Answered([TAKEN], {"tea": 10}, ["i-1"])


def test_a_world_in_which_every_effect_is_once_is_clean() -> None:
    assert wrong(ANSWERED, WORLD, "run") == []


@pytest.mark.parametrize(
    ("answered", "world", "seen"),
    [
        (ANSWERED, replace(WORLD, orders=[]), "order o-1 was answered and is lost"),
        (
            ANSWERED,
            replace(WORLD, orders=[ORDER, {**ORDER, "order_id": "o-2"}]),
            "order run-1 exists 2 times",
        ),
        (Answered([], {}, []), WORLD, "order run-1 exists, but was never answered"),
        (ANSWERED, replace(WORLD, orders=[{**ORDER, "attempts": [{}, {}]}]), "has 2 attempts of 1"),
        (ANSWERED, replace(WORLD, allocations=[]), "order o-1 has no allocation"),
        (
            ANSWERED,
            replace(WORLD, allocations=[ALLOCATION, {**ALLOCATION, "order_id": "o-2"}]),
            "offer own:tea holds 2, allocations hold 4",
        ),
        (
            ANSWERED,
            replace(WORLD, allocations=[{**ALLOCATION, "stage": "holding"}]),
            "stopped halfway: holding",
        ),
        (
            ANSWERED,
            replace(WORLD, allocations=[{**ALLOCATION, "parts": [PART, PART]}]),
            "holds {1: 4} for {1: 2}",
        ),
        (ANSWERED, replace(WORLD, offers=[{**OFFER, "overdrawn": 1}]), "offer own:tea is oversold"),
        (ANSWERED, replace(WORLD, offers=[{**OFFER, "free": 7}]), "own stock of tea was answered as 10"),
        (ANSWERED, replace(WORLD, customers=[CUSTOMER, CUSTOMER]), "2 customers have +7916***0000"),
        (
            Answered([TAKEN, replace(TAKEN, order_id="o-2", mark="run-2")], {}, []),
            replace(
                WORLD,
                orders=[
                    ORDER,
                    {**ORDER, "order_id": "o-2", "external_number": "run-2", "customer_id": "c-2"},
                ],
            ),
            "phone 0 has the customers",
        ),
        (ANSWERED, replace(WORLD, imports=[]), "import i-1 is None"),
        (ANSWERED, replace(WORLD, imports=[{**IMPORT, "stage": "discarded"}]), "import i-1 is discarded"),
        (Answered(refused=["POST /orders: 409"]), WORLD, "POST /orders: 409"),
    ],
)
def test_an_effect_that_is_lost_or_doubled_is_seen(answered: Answered, world: World, seen: str) -> None:
    assert any(seen in each for each in wrong(answered, world, "run"))


CLEAN = Report(Counter(orders=1), 1, 1, 1, judged(LOG, HISTORIES), [], [], [], 1.0, 1.0, {"begun": 1})


@pytest.mark.parametrize(
    "worse",
    [
        {"wrong": ["order o-1 has no allocation"]},
        {"late": ["orders orders/o-1 due at ten"]},
        {"dead": ["orders 0-1: poison"]},
        {"unrest": "3 records are unread"},
        {"verdict": judged(LOG[1:], HISTORIES)},
    ],
)
def test_a_report_is_clean_only_when_all_of_it_is(worse: dict[str, Any]) -> None:
    assert CLEAN.is_clean
    assert not replace(CLEAN, **worse).is_clean


def test_a_catalogue_may_be_overtaken_by_a_newer_one_of_its_supplier() -> None:
    overtaken = replace(WORLD, imports=[{**IMPORT, "stage": "discarded"}, NEWER])

    assert imports_wrong(["i-1", "i-2"], overtaken) == []
