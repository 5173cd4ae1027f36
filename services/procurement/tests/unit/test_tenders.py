"""Sourcing of many orders at once: the least cost, within every limit, the same each time."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from procurement.adapters.highs import Highs, solve
from procurement.domain.answering import Answer, judged
from procurement.domain.awarding import Award, Awards, faults, goods, missing, paid, weighed
from procurement.domain.explaining import explain
from procurement.domain.formulating import formulate
from procurement.domain.one_by_one import one_by_one
from procurement.domain.programme import Column, NotSolved, Programme, Row, Solved
from procurement.domain.tender import Bid, House, Need, Tender, Weighing, dearly_missed

PATIENCE = 20.0


def best(tender: Tender) -> Awards:
    formulated = formulate(tender)
    answer = judged(tender, formulated, solve(formulated.programme, PATIENCE), one_by_one(tender))
    assert answer.proven
    return answer.awards


def lamps(quantity: int = 2, latest: int | None = None, missing_cost: int = 10_000_00) -> Need:
    return Need("o-1/1", "lamp", quantity, missing_cost, latest)


def test_one_delivery_is_cheaper_than_two_though_each_line_is_dearer_there() -> None:
    needs = (lamps(), Need("o-2/1", "shade", 1, 10_000_00))
    bids = (
        Bid("brass:lamp", "brass", "lamp", 100_00, 9, 1),
        Bid("slow:lamp", "slow", "lamp", 95_00, 9, 1),
        Bid("brass:shade", "brass", "shade", 50_00, 9, 1),
    )
    tender = Tender(needs, bids, {"brass": House("brass", 300_00), "slow": House("slow", 80_00)})

    assert goods(tender, best(tender)) == {"brass": 250_00}
    assert set(goods(tender, one_by_one(tender))) == {"brass", "slow"}


def test_waiting_doubt_and_uncounted_stock_have_their_price() -> None:
    tender = Tender(
        (lamps(),),
        (
            Bid("far:lamp", "far", "lamp", 100_00, 9, 10),
            Bid("vague:lamp", "vague", "lamp", 102_00, None, 1),
            Bid("wild:lamp", "wild", "lamp", 99_00, 9, 1),
            Bid("brass:lamp", "brass", "lamp", 104_00, 9, 0),
        ),
        {"wild": House("wild", reliability=600)},
    )

    assert [tender.weighed(bid) for bid in tender.bids] == [110_00, 105_06, 107_91, 104_00]
    assert best(tender).taken() == {"brass:lamp": 2}


def test_a_minimum_is_reached_with_pieces_for_our_own_shelves_or_the_supplier_is_left_out() -> None:
    bids = (Bid("brass:lamp", "brass", "lamp", 100_00, 9, 1),)
    near, far = {"brass": House("brass", minimum=300_00)}, {"brass": House("brass", minimum=2000_00)}

    topped_up, left_out = best(Tender((lamps(),), bids, near)), best(Tender((lamps(),), bids, far))

    assert (topped_up.taken(), topped_up.top_ups) == ({"brass:lamp": 3}, {"brass:lamp": 1})
    assert left_out == Awards()


def test_uncounted_stock_is_never_bought_for_the_shelf() -> None:
    bids = (Bid("brass:lamp", "brass", "lamp", 100_00, None, 1),)

    assert best(Tender((lamps(),), bids, {"brass": House("brass", minimum=300_00)})) == Awards()


def test_what_would_come_too_late_is_not_bought() -> None:
    tender = Tender((lamps(latest=3),), (Bid("slow:lamp", "slow", "lamp", 1_00, 9, 4),), {})

    assert missing(tender, best(tender)) == {"o-1/1": 2}


def test_the_budget_of_the_day_holds_fees_too_and_serves_what_is_missed_most() -> None:
    wish = Need("wish:1", "shade", 5, 60_00)
    bids = (
        Bid("brass:lamp", "brass", "lamp", 100_00, 9, 1),
        Bid("brass:shade", "brass", "shade", 50_00, 9, 1),
    )
    tender = Tender((wish, lamps()), bids, {"brass": House("brass", 10_00)}, budget=270_00)

    chosen = best(tender)

    assert chosen.taken() == {"brass:lamp": 2, "brass:shade": 1}
    assert (paid(tender, chosen), faults(tender, one_by_one(tender))) == (260_00, [])


def test_a_wish_is_left_when_it_is_dearer_than_it_is_worth() -> None:
    wish = Need("wish:1", "lamp", 5, 99_00)

    assert best(Tender((wish,), (Bid("brass:lamp", "brass", "lamp", 100_00, 9, 0),), {})) == Awards()


def test_each_award_says_why_and_what_the_next_best_would_have_cost() -> None:
    bids = (
        Bid("brass:lamp", "brass", "lamp", 100_00, 9, 0),
        Bid("slow:lamp", "slow", "lamp", 110_00, 9, 0),
    )
    tender = Tender((lamps(),), bids, {"slow": House("slow", 30_00)})

    (told,) = explain(tender, best(tender))

    assert (told.next_best, told.dearer) == ("slow", 50_00)
    assert told.words.en == (
        "brass: 2 at 100.00 RUB, 0 working days, 100.00 RUB a piece with waiting and reliability; offers in time: 2; "
        "next best slow: 50.00 RUB more, with his delivery fee 30.00 RUB and his minimum."
    )
    assert "следующий slow: дороже на 50.00 RUB" in told.words.ru


def test_a_line_that_nobody_else_can_serve_says_so() -> None:
    tender = Tender((lamps(),), (Bid("brass:lamp", "brass", "lamp", 100_00, 9, 0),), {})

    (told,) = explain(tender, best(tender))

    assert told.next_best is None
    assert "nobody else" in told.words.en


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (Awards((Award("o-1/1", "brass:lamp", 3),)), "more than is needed"),
        (Awards((Award("o-1/1", "few:lamp", 2),)), "more than was counted"),
        (Awards((Award("o-1/1", "brass:shade", 1),)), "other goods"),
        (Awards((Award("o-1/1", "dear:lamp", 1),)), "below the minimum"),
        (Awards((Award("o-1/1", "brass:lamp", 2),)), "budget"),
        (Awards((), {"brass:lamp": 21}), "topped up"),
    ],
)
def test_a_wrong_answer_is_seen(wrong: Awards, why: str) -> None:
    bids = (
        Bid("brass:lamp", "brass", "lamp", 100_00, 50, 0),
        Bid("few:lamp", "few", "lamp", 10_00, 1, 0),
        Bid("brass:shade", "brass", "shade", 10_00, 9, 0),
        Bid("dear:lamp", "dear", "lamp", 10_00, 9, 0),
    )
    tender = Tender((lamps(),), bids, {"dear": House("dear", minimum=100_00)}, budget=150_00)

    assert any(why in fault for fault in faults(tender, wrong))


async def test_what_can_not_be_solved_says_so() -> None:
    nonsense = Programme((Column(1, 1),), (Row(((0, 1),), 2, 3),))

    with pytest.raises(NotSolved, match="Infeasible"):
        await Highs(5.0)(nonsense)


SUPPLIERS = st.sampled_from(["brass", "slow"])
HOUSES = st.builds(House, SUPPLIERS, st.integers(0, 40), st.integers(0, 60), st.sampled_from([1000, 900, 0]))


@st.composite
def tenders(draw: st.DrawFn, most: int = 3) -> Tender:
    needed = draw(
        st.lists(
            st.tuples(st.sampled_from("ab"), st.integers(1, 2), st.sampled_from([None, 1])), max_size=most
        )
    )
    offered = draw(
        st.lists(
            st.tuples(
                SUPPLIERS,
                st.sampled_from("ab"),
                st.integers(1, 40),
                st.none() | st.integers(0, 2),
                st.integers(0, 2),
            ),
            max_size=4,
            unique_by=lambda each: each[:2],
        )
    )
    houses = {house.supplier_id: house for house in draw(st.lists(HOUSES, max_size=2))}
    bids = tuple(Bid(f"{s}:{p}", s, p, cost, free, days) for s, p, cost, free, days in offered)
    missed = draw(st.sampled_from([dearly_missed(bids, houses), 25]))
    needs = tuple(Need(f"o-{n}", p, q, missed, latest) for n, (p, q, latest) in enumerate(needed))
    return Tender(needs, bids, houses, draw(st.none() | st.integers(0, 90)), Weighing(top_up=1))


def brute_force(tender: Tender) -> int:
    """The least cost of all answers there are."""
    places = [(need, bid) for need in tender.needs for bid in tender.answering(need)]
    amounts = [range(need.quantity + 1) for need, _ in places]
    top_ups = [range(tender.most_topped_up(bid) + 1) for bid in tender.bids]
    least = weighed(tender, Awards())
    for chosen in product(*amounts, *top_ups):
        given = zip(places, chosen, strict=False)
        awards = tuple(Award(need.need_id, bid.offer_id, n) for (need, bid), n in given if n)
        more = zip(tender.bids, chosen[len(places) :], strict=True)
        answer = Awards(awards, {bid.offer_id: n for bid, n in more if n})
        if not faults(tender, answer):
            least = min(least, weighed(tender, answer))
    return least


@given(tenders())
@settings(max_examples=150, deadline=None)
def test_the_best_answer_is_the_best_of_all_there_are(tender: Tender) -> None:
    chosen = best(tender)

    assert faults(tender, chosen) == []
    assert weighed(tender, chosen) == brute_force(tender)


@given(tenders(most=12))
@settings(max_examples=150, deadline=None)
def test_the_best_answer_never_costs_more_than_the_greedy_one(tender: Tender) -> None:
    greedy, chosen = one_by_one(tender), best(tender)

    assert (faults(tender, greedy), faults(tender, chosen)) == ([], [])
    assert weighed(tender, chosen) <= weighed(tender, greedy)
    assert best(tender) == chosen


def test_a_solver_that_lies_is_not_believed() -> None:
    tender = Tender((lamps(),), (Bid("brass:lamp", "brass", "lamp", 100_00, 1, 0),), {})
    formulated, greedy = formulate(tender), one_by_one(tender)
    places = formulated.places

    def told(bound: float, **pieces: int) -> Answer:
        values = [0] * len(places)
        values[places["y", "brass"]] = 1
        values[places["u", "0"]], values[places["x", "0", "brass:lamp"]] = pieces["u"], pieces["x"]
        return judged(tender, formulated, Solved(tuple(values), bound, proven=True), greedy)

    assert "breaks a limit" in told(1.0, u=0, x=2).trouble
    assert (told(1.0, u=2, x=0).by, told(1.0, u=2, x=0).proven) == ("greedy", False)
    assert not told(9_000_00.0, u=1, x=1).proven
    assert told(10_100_00.0, u=1, x=1).proven
