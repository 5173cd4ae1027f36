"""Substitutes are ranked by a pure rule, and each says why it stands where it stands (R25)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernel.money import Money
from orders.domain import reasons
from orders.domain.ranking import Availability, Candidate, Missing, Past, Ranked, rank

BRASS = Candidate(
    "brass-lamp",
    "Лампа латунная",
    Money(648000),
    Availability.NONE,
    category="Свет / Настольные лампы",
    attributes={"цоколь": "E27", "высота": "45 см"},
)
STEEL = replace(
    BRASS, product_id="steel-lamp", title="Лампа стальная", price=Money(598000), availability=Availability.COUNTED,
    quantity=7, cost=Money(300000),
)  # fmt: skip
FLOOR = replace(STEEL, product_id="floor-lamp", category="Свет / Торшеры", attributes={"цоколь": "e27"})
MISSING = Missing("brass-lamp", 2, Money(648000), BRASS)


def ranked(*candidates: Candidate, missing: Missing = MISSING, **past: Past) -> list[Ranked]:
    return list(rank(missing, candidates, {name.replace("_", "-"): said for name, said in past.items()}))


def codes(one: Ranked) -> dict[str, int]:
    return {each.code: each.points for each in one.reasons}


def test_each_reason_counts_its_points_and_the_weightiest_comes_first() -> None:
    (steel,) = ranked(STEEL)

    assert codes(steel) == {"same_category": 30, "attributes": 20, "price": 20, "counted": 20, "margin": 9}
    assert (steel.rank, steel.points, steel.difference) == (1, 99, Money(-100000))
    assert [each.points for each in steel.reasons] == sorted(codes(steel).values(), reverse=True)


def test_reasons_speak_both_languages_and_give_their_data() -> None:
    (steel,) = ranked(STEEL)
    price = next(each for each in steel.reasons if each.code == "price")

    assert (price.ru, price.en, dict(price.about)) == ("дешевле на 8 %", "8% cheaper", {"percent": -8})


def test_the_likest_stands_first() -> None:
    found = ranked(FLOOR, STEEL)

    assert [each.candidate.product_id for each in found] == ["steel-lamp", "floor-lamp"]
    assert (codes(found[1])["near_category"], codes(found[1])["attributes"]) == (15, 10)


@pytest.mark.parametrize(
    "never",
    [
        replace(STEEL, sale_closed=True),
        replace(STEEL, availability=Availability.NONE),
        replace(STEEL, quantity=1),
        replace(STEEL, price=Money(5000, "USD")),
        replace(STEEL, product_id="brass-lamp"),
    ],
    ids=["closed for sale", "not to be had", "too few", "another currency", "itself"],
)
def test_what_is_never_offered(never: Candidate) -> None:
    assert ranked(never) == []


def test_counted_stock_is_surer_than_stock_that_nobody_counted() -> None:
    unsure = replace(STEEL, product_id="a-lamp", availability=Availability.UNKNOWN, quantity=None)

    assert [each.candidate.product_id for each in ranked(unsure, STEEL)] == ["steel-lamp", "a-lamp"]


def test_what_customers_took_before_stands_before_what_they_declined() -> None:
    copper = replace(STEEL, product_id="copper-lamp")

    found = ranked(STEEL, copper, steel_lamp=Past(1, 9), copper_lamp=Past(9, 1))

    assert [(each.candidate.product_id, codes(each)["past"]) for each in found] == [
        ("copper-lamp", 8),
        ("steel-lamp", 1),
    ]


def test_a_product_that_nobody_knows_is_replaced_by_price_and_stock_alone() -> None:
    (steel,) = ranked(STEEL, missing=replace(MISSING, known=None))

    assert set(codes(steel)) == {"price", "counted", "margin"}


@pytest.mark.parametrize(
    ("price", "points"), [(648000, 20), (712800, 20), (712801, 12), (810000, 12), (972000, 5), (972001, None)]
)
def test_prices_fall_into_bands(price: int, points: int | None) -> None:
    reason = reasons.price_reason(Money(648000), Money(price))

    assert (reason.points if reason else None) == points


def test_a_loss_is_no_margin() -> None:
    assert reasons.margin_reason(Money(100), Money(100)) is None
    assert reasons.margin_reason(Money(100), None) is None
    top = reasons.margin_reason(Money(100), Money(1))
    assert top
    assert top.points == reasons.MARGIN


@st.composite
def candidate(draw: st.DrawFn) -> Candidate:
    return replace(
        STEEL,
        product_id=draw(st.sampled_from(["a", "b", "c", "d"])),
        price=Money(draw(st.integers(0, 2_000_000))),
        availability=draw(st.sampled_from(Availability)),
        quantity=draw(st.none() | st.integers(0, 5)),
        sale_closed=draw(st.booleans()),
        category=draw(st.none() | st.sampled_from(["Свет", "Свет / Торшеры", "Посуда", " / "])),
    )


@given(st.lists(candidate(), max_size=6, unique_by=lambda each: each.product_id))
def test_ranks_have_no_gap_no_doubt_and_no_forbidden_goods(of: list[Candidate]) -> None:
    found = ranked(*of)

    assert [each.rank for each in found] == list(range(1, len(found) + 1))
    assert [each.points for each in found] == sorted((each.points for each in found), reverse=True)
    assert not any(each.candidate.sale_closed for each in found)
    assert found == ranked(*reversed(of)), "the order they came in decides nothing"
    assert all(each.points == sum(codes(each).values()) <= 110 for each in found)
