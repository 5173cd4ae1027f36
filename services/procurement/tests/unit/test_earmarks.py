"""Whose the pieces of a line are, and who gets what comes of them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from kernel.money import Money
from procurement.domain.earmarks import Earmark, Line, Share, take

FOR_TWO = Line("brass:7", "lamp", "Lamp", Money(90_00), 5, (Earmark("o-1", 2, 2), Earmark("o-2", 2, 2)))


def test_good_pieces_go_to_the_first_orders_and_then_to_our_own_stock() -> None:
    taken = take(FOR_TWO, 3, 0, final=False)

    assert taken.shares == (Share("o-1", "brass:7", 2, 0), Share("o-2", "brass:7", 1, 0))
    assert (taken.kept, taken.line.outstanding, taken.line.own_left) == (3, 2, 1)


def test_what_falls_falls_on_our_own_stock_first_and_on_the_last_order_next() -> None:
    taken = take(FOR_TWO, 0, 2, final=False)

    assert taken.shares == (Share("o-2", "brass:7", 0, 1),)
    assert (taken.line.wrong, taken.line.own_left, taken.line.outstanding) == (2, 0, 3)


def test_when_nothing_more_will_come_what_is_missing_is_given_up() -> None:
    taken = take(FOR_TWO, 2, 1, final=True)

    assert taken.shares == (Share("o-1", "brass:7", 2, 0), Share("o-2", "brass:7", 0, 2))
    assert (taken.line.cancelled, taken.line.outstanding, taken.fell) == (2, 0, 3)


def test_pieces_beyond_the_order_are_nobodys() -> None:
    taken = take(FOR_TWO, 8, 0, final=False)

    assert (taken.line.good, taken.line.over, taken.kept, taken.good) == (5, 3, 4, 8)


@given(
    marks=st.lists(st.integers(1, 4), max_size=4),
    own=st.integers(0, 3),
    came=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.booleans()), max_size=5),
)
def test_it_always_adds_up(marks: list[int], own: int, came: list[tuple[int, int, bool]]) -> None:
    earmarks = tuple(Earmark(f"o-{n}", pieces, pieces) for n, pieces in enumerate(marks))
    line = replace(FOR_TWO, quantity=sum(marks) + own, earmarks=earmarks)
    got = dict.fromkeys((mark.order_id for mark in earmarks), 0)

    for good, wrong, final in came:
        fits = min(wrong, line.outstanding - min(good, line.outstanding))
        taken = take(line, good, fits, final=final)
        for share in taken.shares:
            got[share.order_id] += share.good + share.fell
        line = taken.line

        assert line.quantity == line.good + line.wrong + line.cancelled + line.outstanding
        assert line.own_left >= 0
        assert all(mark.left == mark.quantity - got[mark.order_id] >= 0 for mark in line.earmarks)
        assert taken.kept == sum(share.good for share in taken.shares) <= taken.good
