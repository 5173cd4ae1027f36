"""The oracle of whole lives, itself tried: it must see each effect that is lost or doubled."""

from dataclasses import replace
from typing import Any

import pytest

from bench.killing.answered import Life
from bench.killing.life_effects import Afterwards, Shown, how_far, lives_wrong, shelf_wrong

ORDER: Shown = {
    "stage": "completed",
    "supply": "allocated",
    "promise": {"price": 500},
    "lines": [{"line_no": 1, "unit_price": 100}],
    "responsible_id": "sveta",
    "next_deadline_at": None,
    "shipping": {"kept": [{"line_no": 1, "quantity": 2}]},
    "money": {"total": 690},
}
SHIPMENT: Shown = {"stage": "delivered", "missed_at": "2026-03-03T18:00:00Z"}
VAIN: Shown = {
    "shipment_id": "o-1.1",
    "kind": "no_contact",
    "attempt": 1,
    "stage": "opened",
    "owner_id": "lena",
    "due_at": "2026-03-04T09:00:00Z",
}
MISSED: Shown = {**VAIN, "kind": "window_missed", "attempt": 0, "stage": "closed", "due_at": None}
CALL: Shown = {"state": "answered"}
CLAIM: Shown = {"origin": "quality", "ruling": {"money": "taken", "amount": 10}, "next_due": None}
WAITS: Shown = {
    "origin": "quality",
    "ruling": {"money": "asked", "amount": 10},
    "next_due": "2026-03-04T10:00:00Z",
}
TWICE: Shown = {**ORDER, "money": {"total": 680}}
UNPAID: Shown = {**ORDER, "money": {"total": 700}}
LIFE = Life("o-1", 2, promised=True, sent=True, failures=1, delivered=True, kept=2, content=False, decided=1)


def after(**other: Any) -> Afterwards:
    """What is shown of one life, with something else of it."""
    shown: dict[str, Any] = {
        "orders": ORDER,
        "shipments": [SHIPMENT],
        "incidents": [VAIN, MISSED],
        "calls": [CALL],
        "claims": [CLAIM],
    }
    return Afterwards(**{name: {"o-1": each} for name, each in (shown | other).items()})


def test_a_life_in_which_every_effect_is_once_is_clean() -> None:
    assert lives_wrong([LIFE], after()) == []


@pytest.mark.parametrize(
    ("other", "seen"),
    [
        ({"orders": {**ORDER, "stage": "confirmed"}}, "is confirmed, delivered: True"),
        ({"orders": {**ORDER, "shipping": {"kept": []}}}, "kept 0 of 2"),
        ({"orders": {**ORDER, "supply": "sought"}}, "its supply is sought"),
        ({"orders": {**ORDER, "promise": None}}, "was promised, and has no promise"),
        ({"shipments": [SHIPMENT, SHIPMENT]}, "has 2 shipments"),
        ({"shipments": [{**SHIPMENT, "stage": "planned"}]}, "was sent, and its shipment is planned"),
        ({"incidents": [MISSED]}, "1 incidents of 1 failures and 1 missed windows"),
        ({"incidents": [VAIN, VAIN]}, "2 incidents of ('o-1.1', 'no_contact', 1)"),
        ({"incidents": [{**VAIN, "owner_id": ""}, MISSED]}, "an incident has nobody or no deadline"),
        ({"calls": []}, "0 calls, delivered: True"),
        ({"calls": [CALL, CALL]}, "2 calls, delivered: True"),
        ({"calls": [{"state": "open"}]}, "its call is answered: False"),
        ({"claims": []}, "0 claims, content: False"),
        ({"claims": [CLAIM, CLAIM]}, "2 claims, content: False"),
        ({"claims": [{**CLAIM, "ruling": None}]}, "0 claims are decided of 1"),
        ({"orders": UNPAID}, "0 let off, claims know of 10 of 10"),
        ({"orders": TWICE}, "20 let off, claims know of 10 of 10"),
        ({"orders": UNPAID, "claims": [{**WAITS, "next_due": None}]}, "waits for its money and for nobody"),
    ],
)
def test_an_effect_that_is_lost_or_doubled_is_seen(other: dict[str, Any], seen: str) -> None:
    assert any(seen in each for each in lives_wrong([LIFE], after(**other)))


def test_money_that_is_still_asked_for_is_owed_to_somebody() -> None:
    assert lives_wrong([LIFE], after(orders=UNPAID, claims=[WAITS])) == []


def test_a_lost_order_is_seen() -> None:
    lost = replace(after(), orders={})

    assert any("its order is lost" in each for each in lives_wrong([LIFE], lost))


@pytest.mark.parametrize(
    ("gone", "put_back", "free", "clean"), [(3, 1, 8, True), (3, 0, 8, False), (3, 1, 7, False)]
)
def test_pieces_that_left_are_gone_once(gone: int, put_back: int, free: int, clean: bool) -> None:
    sent = {"shipment_id": "o-1.1", "line_no": 1, "left": gone, "gone": gone, "put_back": put_back}
    allocation: Shown = {"lines": [{"product_id": "tea"}], "sent": [sent]}
    other: Shown = {"lines": [{"product_id": "lamp"}], "sent": [sent]}
    offer: Shown = {"offer_id": "own:tea", "free": free, "held": 2}

    assert (shelf_wrong("tea", 12, [offer], [allocation, other]) == []) == clean
    assert shelf_wrong("tea", 12, [], [allocation]) == ["own stock of tea is lost"]


def test_how_far_lives_came_is_counted() -> None:
    assert how_far([LIFE, Life("o-2", 1)]) == {
        "begun": 2,
        "sent": 1,
        "delivered": 1,
        "failed": 1,
        "asked": 1,
        "settled": 1,
    }
