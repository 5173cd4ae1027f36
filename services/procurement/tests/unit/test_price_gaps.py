"""How far our price is from what others ask (R40)."""

import pytest
from chassis.testing.plugin import MONDAY_MORNING
from hypothesis import given
from hypothesis import strategies as st
from kernel.money import Money
from procurement.adapters.price_gap_sheets import heading, row
from procurement.domain.availability import counted
from procurement.domain.offer import Offer, Terms, offer_id
from procurement.domain.price_gap import gap_of


def offer(supplier_id: str, price: int, currency: str = "RUB", title: str = "Lamp") -> Offer:
    terms = Terms("lamp", title, Money(price, currency), None, counted(1))
    return Offer(offer_id(supplier_id, "lamp"), supplier_id, terms, MONDAY_MORNING)


@pytest.mark.parametrize(
    ("ours", "others", "percent"),
    [
        (120_00, [100_00, 150_00], 20),
        (90_00, [100_00, 150_00], -10),
        (100_00, [100_00], 0),
        (100_99, [100_00], 0),
    ],
)
def test_we_are_compared_with_the_lowest_that_others_ask(ours: int, others: list[int], percent: int) -> None:
    gap = gap_of(offer("own", ours), [offer(f"s-{n}", each) for n, each in enumerate(others)])

    assert gap is not None
    assert (gap.percent, gap.lowest.minor, gap.highest.minor, gap.offers) == (
        percent,
        min(others),
        max(others),
        len(others),
    )


def test_ourselves_other_currencies_and_no_price_are_no_comparison() -> None:
    others = [offer("own", 50_00), offer("far", 50_00, "EUR"), offer("odd", 0)]

    assert gap_of(offer("own", 100_00), others) is None


@given(ours=st.integers(0, 10**9), others=st.lists(st.integers(1, 10**9), min_size=1, max_size=5))
def test_dearer_than_the_lowest_is_never_below_nothing(ours: int, others: list[int]) -> None:
    gap = gap_of(offer("own", ours), [offer(f"s-{n}", each) for n, each in enumerate(others)])

    assert gap is not None
    assert (gap.percent >= 0) or ours < min(others)
    assert (gap.percent <= 0) or ours > min(others)
    assert gap.exceeds(abs(gap.percent))
    assert not gap.exceeds(abs(gap.percent) + 1)


def test_a_title_like_a_formula_is_a_text() -> None:
    gap = gap_of(offer("own", 1_200_50, title="=1+1"), [offer("brass", 1_000_00)])
    assert gap is not None

    assert heading("ru").decode("utf-8-sig").startswith("Товар;Название;Наша цена;")
    assert row(gap).decode() == "lamp;'=1+1;1200,50;1000,00;brass;1000,00;1;20\r\n"
