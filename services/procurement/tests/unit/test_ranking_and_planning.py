from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from kernel.calendar import WorkingCalendar
from kernel.money import Money
from procurement.domain.allocation import Want
from procurement.domain.planning import Calendar, make_plan
from procurement.domain.ranking import Candidate, rank

MONDAY = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Europe/Moscow"))
DATES = Calendar(
    WorkingCalendar.usual().nth_working_day, MONDAY.date(), MONDAY + timedelta(hours=4), MONDAY.date()
)


def offer(
    name: str, cost: int, free: int | None = 10, *, lead: int = 1, fee: int = 0, least: int = 0
) -> Candidate:
    supplier, _, _ = name.partition(":")
    return Candidate(
        name, supplier, "lamp", Money(cost * 100), free, lead, Money(fee * 100), Money(least * 100)
    )


def order_of(*offers: Candidate, quantity: int = 1) -> list[str]:
    return [each.candidate.offer_id for each in rank(offers, quantity)]


def test_own_stock_comes_first_whatever_it_cost() -> None:
    assert order_of(offer("cheap:1", 10), offer("own:lamp", 500)) == ["own:lamp", "cheap:1"]


def test_the_delivery_fee_is_shared_by_the_pieces() -> None:
    near, far = offer("near:1", 110), offer("far:1", 100, fee=50)

    assert order_of(near, far, quantity=1) == ["near:1", "far:1"]
    assert order_of(near, far, quantity=10) == ["far:1", "near:1"]


def test_waiting_and_uncertainty_have_a_price() -> None:
    assert order_of(offer("late:1", 100, lead=20), offer("soon:1", 105)) == ["soon:1", "late:1"]
    assert order_of(offer("word:1", 100, None), offer("count:1", 101)) == ["count:1", "word:1"]
    assert order_of(offer("big:1", 100, least=5000), offer("small:1", 102)) == ["small:1", "big:1"]


def test_the_reason_is_told() -> None:
    (best,) = rank([offer("brass:1", 100, None, lead=3, fee=50)], 1)

    assert best.reason == "150.00 RUB a piece landed, 3 working days, uncounted; place 1 of 1"


def test_a_line_may_be_split_over_offers() -> None:
    plan = make_plan(
        [Want(1, "lamp", 5)], {"lamp": [offer("own:lamp", 1, 2, lead=0), offer("brass:1", 100)]}, DATES
    )

    assert [(part.offer_id, part.quantity) for part in plan.parts] == [("own:lamp", 2), ("brass:1", 3)]
    assert [part.expected_on for part in plan.parts] == [date(2026, 3, 2), date(2026, 3, 3)]


def test_what_one_line_takes_is_not_there_for_the_next() -> None:
    plan = make_plan([Want(1, "lamp", 2), Want(2, "lamp", 2)], {"lamp": [offer("own:lamp", 1, 3)]}, DATES)

    assert plan.parts == ()
    assert [(lack.line_no, lack.missing, lack.reason) for lack in plan.lacking] == [
        (2, 1, "not_enough_anywhere")
    ]


def test_goods_that_nobody_offers_are_lacking() -> None:
    assert make_plan([Want(1, "wick", 2)], {}, DATES).lacking[0].reason == "nobody_offers_it"


@given(
    st.lists(st.integers(1, 6), min_size=1, max_size=5),
    st.lists(
        st.tuples(st.integers(1, 200), st.one_of(st.none(), st.integers(0, 6)), st.integers(0, 9)), max_size=6
    ),
)
def test_a_plan_covers_all_or_says_what_is_missing(
    wants: list[int], stock: list[tuple[int, int | None, int]]
) -> None:
    offers = [offer(f"s{n}:1", cost, free, lead=lead) for n, (cost, free, lead) in enumerate(stock)]
    wanted = [Want(n, "lamp", quantity) for n, quantity in enumerate(wants)]

    plan = make_plan(wanted, {"lamp": offers}, DATES)

    enough = any(free is None for _, free, _ in stock) or sum(free or 0 for _, free, _ in stock) >= sum(wants)
    assert enough == (not plan.lacking)
    for want in wanted if enough else ():
        assert sum(part.quantity for part in plan.parts if part.line_no == want.line_no) == want.quantity
    for each in offers:
        taken = sum(part.quantity for part in plan.parts if part.offer_id == each.offer_id)
        assert each.free is None or taken <= each.free
