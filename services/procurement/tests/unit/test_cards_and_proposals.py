"""By which marks goods are found, which are alike, and whose sale might be closed (R25, R46)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernel.money import Money
from procurement.domain.availability import UNCOUNTED, counted
from procurement.domain.finding import (
    category_mark,
    found_by,
    left_marks,
    margin_marks,
    margin_of,
    overlap,
    words_of,
)
from procurement.domain.offer import Offer, Terms
from procurement.domain.product_card import Card, alternatives
from procurement.domain.sale import Reason
from procurement.domain.stop_proposals import Looked, Thresholds, propose

AT = datetime(2026, 3, 2, 7, tzinfo=UTC)


def terms(**more: Any) -> Terms:
    given: dict[str, Any] = {
        "purchase_price": None,
        "availability": counted(9),
        "price": Money(100_00),
        **more,
    }
    return Terms(product_id="lamp", title=given.pop("title", "Brass lamp"), **given)


def card(product_id: str, **more: Any) -> Card:
    offer = Offer("brass:1", "brass", terms(), AT)
    known: dict[str, Any] = {
        "title": "Brass lamp", "category": "Свет / Лампы", "attributes": {}, "price": Money(100_00), "cost": None,
        "stock": offer.terms.availability.stock, "quantity": 9, "lead_days": 1, **more,
    }  # fmt: skip
    return Card(product_id, **known)


def looked(*offers: Terms, claims: int = 0, reliability: float = 1.0, **more: Any) -> Looked:
    selling = [Offer(f"brass:{n}", "brass", each, AT) for n, each in enumerate(offers)]
    return Looked(card("lamp", **more), selling, reliability, claims)


def test_an_offer_is_found_by_its_longest_words_its_category_its_margin_and_its_last_pieces() -> None:
    marks = found_by(
        terms(title="Лампа 220В из латуни на стол", category="Свет / ЛАМПЫ ", purchase_price=Money(93_00),
              availability=counted(2))
    )  # fmt: skip

    assert marks == ["w:латуни", "w:лампа", "w:стол", "c:лампы", "m:1", "l:2"]


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(1, 50))
def test_every_thin_margin_is_among_the_marks_looked_for(price: int, bought: int, below: int) -> None:
    sold = terms(price=Money(price), purchase_price=Money(bought))
    margin = margin_of(sold)

    assert margin is not None
    if margin < below:
        assert set(found_by(sold)) & set(margin_marks(below))


def test_marks_of_few_left() -> None:
    assert left_marks(2) == ["l:1", "l:2"]
    assert "l:3" not in found_by(terms(availability=UNCOUNTED))


@given(st.text(), st.text())
def test_titles_are_alike_both_ways(one: str, other: str) -> None:
    a, b = words_of(one), words_of(other)

    assert 0 <= overlap(a, b) == overlap(b, a) <= 1


def test_the_same_category_comes_before_a_like_title_and_that_before_a_near_price() -> None:
    of = card("of")
    same = card("same", category="LAMPS / лампы", title="Something", price=Money(900_00))
    alike = card("alike", category=None, title="Brass lamp")
    near, far = (
        card(name, category=None, title="Stone", price=Money(minor))
        for name, minor in (("near", 1), ("far", 9**9))
    )
    closed = card("closed", sale_closed=True)

    found = alternatives(of, [far, closed, alike, near, same, of], 9)

    assert [each.product_id for each in found] == ["same", "alike", "near", "far", "closed"]
    assert category_mark("a / B") == category_mark("c/ b ")


@pytest.mark.parametrize(
    ("what", "reasons"),
    [
        (looked(terms(purchase_price=Money(91_00))), (Reason.LOW_MARGIN,)),
        (looked(terms(purchase_price=Money(91_00)), terms(purchase_price=Money(50_00))), ()),
        (looked(terms(purchase_price=Money(91_00)), terms()), ()),
        (looked(terms(availability=counted(2))), (Reason.FEW_LEFT,)),
        (looked(terms(availability=counted(2)), terms(availability=UNCOUNTED)), ()),
        (looked(terms(), lead_days=15), (Reason.HARD_TO_PROCURE,)),
        (looked(terms(), reliability=0.4), (Reason.HARD_TO_PROCURE,)),
        (looked(terms(), claims=3), (Reason.MANY_CLAIMS,)),
        (looked(terms(), claims=3, sale_closed=True), ()),
    ],
)
def test_each_criterion_of_a_sales_stop(what: Looked, reasons: tuple[Reason, ...]) -> None:
    proposal = propose(what, Thresholds())

    assert (proposal.reasons if proposal else ()) == reasons
