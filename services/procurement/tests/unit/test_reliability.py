"""How far a supplier can be relied on: few data say little, and a bad delivery never helps (R41, R48)."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from procurement.domain.scorecard import months_between, reliability, scorecard
from procurement.domain.supplier_case import Trouble
from procurement.domain.track_record import (
    AnswerNote,
    CaseNote,
    DeliveryNote,
    Month,
    Note,
    NoteDown,
    decide,
    evolve,
)

TODAY = date(2026, 3, 20)
DAY = date(2026, 3, 10)
GOOD = DeliveryNote(1, DAY, 10, 10, 0, DAY)
LATE = DeliveryNote(1, DAY, 10, 10, 0, TODAY)
SHORT = DeliveryNote(1, DAY, 10, 4, 1, DAY)

deliveries = st.builds(
    DeliveryNote,
    st.just(1),
    st.dates(date(2026, 3, 1), date(2026, 3, 31)),
    st.integers(1, 50),
    st.integers(0, 60),
    st.integers(0, 9),
    st.none() | st.dates(date(2026, 3, 1), date(2026, 3, 31)),
)


def month(*notes: Note) -> Month:
    known: Month | None = None
    for n, note in enumerate(notes):
        for change in decide(NoteDown("brass", "2026-03", str(n), note), known):
            known = evolve(known, change)
    return known or Month("brass", "2026-03")


def relied(*notes: Note) -> float:
    return reliability(scorecard([month(*notes)], TODAY))


def test_one_late_delivery_of_two_is_not_yet_a_bad_supplier_and_ten_of_twenty_are() -> None:
    assert relied() > relied(GOOD, LATE) > 0.65
    assert relied(*[GOOD, LATE] * 10) < 0.55


@given(st.lists(deliveries, max_size=12))
def test_it_lies_between_nothing_and_one_and_bad_news_never_helps(known: list[DeliveryNote]) -> None:
    before = relied(*known)

    assert 0 <= before <= 1
    assert relied(*known, GOOD) >= before
    for bad in (DeliveryNote(1, DAY, 10, 0, 0, TODAY), DeliveryNote(1, DAY, 10, 0, 10, TODAY)):
        assert relied(*known, bad) <= before
    assert relied(*known, AnswerNote(1, None)) <= before


def test_what_is_still_to_come_says_nothing_and_what_never_came_is_late() -> None:
    to_come = DeliveryNote(1, date(2026, 3, 25), 10, 0, 0, None)
    never = DeliveryNote(1, DAY, 10, 0, 0, None)

    assert relied(to_come) == relied()
    assert scorecard([month(never)], TODAY).on_time.good == 0
    assert scorecard([month(SHORT)], TODAY).short == 6


def test_our_own_failures_do_not_count_against_him() -> None:
    case = CaseNote(1, Trouble.DELAY, closed=True, at_stake=100, recovered=0, own_failures=3)

    assert relied(case) == relied()
    assert scorecard([month(case)], TODAY).own_failures == 3


def test_the_newest_that_is_told_of_a_thing_counts() -> None:
    newer, older = DeliveryNote(3, DAY, 10, 10, 0, DAY), DeliveryNote(2, DAY, 10, 4, 0, None)
    known = month(newer)

    assert decide(NoteDown("brass", "2026-03", "0", older), known) == []
    assert decide(NoteDown("brass", "2026-03", "0", newer), known) == []


def test_months_over_the_turn_of_a_year() -> None:
    assert months_between("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert months_between("2026-02", "2026-01") == []
