"""An answer of crm is as old as its question: it takes nothing back that was heard or answered since."""

from datetime import datetime, timedelta

from chassis.handling import fold
from telephony_router.domain import learning_customers as c
from telephony_router.domain import learning_staff as s
from telephony_router.domain.directory import CustomerCard, Numbers
from telephony_router.domain.people import Person
from telephony_router.testing.world import MONDAY


def after(seconds: float) -> datetime:
    return MONDAY + timedelta(seconds=seconds)


def heard(at: float) -> c.HearCustomer:
    return c.HearCustomer(
        customer_id="c-maria", stage="customer", owner_id="anna", no_calls=False, at=after(at)
    )


def answered(asked_at: float, *hashes: str) -> c.LearnCard:
    return c.LearnCard(
        customer_id="c-maria", stage="customer", owner_id="anna", no_calls=False, blocked=False, hashes=hashes,
        merged_into=None, at=after(asked_at),
    )  # fmt: skip


def card(*commands: c.Command) -> CustomerCard:
    known = None
    for command in commands:
        known = fold(c.evolve, c.decide(command, known), known)
    assert known
    return known


def test_given_a_new_number_told_while_a_page_was_read_it_is_still_asked_for() -> None:
    known = card(heard(0), answered(0, "old"), heard(10), answered(9, "old"))

    assert known.ask_at == after(10)


def test_given_a_new_number_learned_while_a_page_was_read_the_page_does_not_take_it_back() -> None:
    known = card(heard(0), answered(0, "old"), heard(10), answered(10, "new"), answered(9, "old"))

    assert (known.hashes, known.ask_at) == (("new",), None)


def test_an_answer_that_says_what_was_known_is_not_written_down() -> None:
    known = card(heard(0), answered(0, "old"))

    assert c.decide(answered(86_400, "old"), known) == []


def test_of_a_colleague_it_is_the_same() -> None:
    person, known = Person("anna", "main"), None
    commands: list[s.Command] = [
        s.HearStaff(staff_id="anna", person=person, at=after(0)),
        s.HearStaff(staff_id="anna", person=person, at=after(10)),
        s.LearnNumbers(staff_id="anna", shop_id="main", numbers=Numbers("101"), at=after(9)),
    ]
    for command in commands:
        known = fold(s.evolve, s.decide(command, known), known)
    assert known
    assert known.ask_at == after(10)

    for asked_at, numbers in ((10, Numbers("102")), (9, Numbers("101"))):
        late = s.LearnNumbers(staff_id="anna", shop_id="main", numbers=numbers, at=after(asked_at))
        known = fold(s.evolve, s.decide(late, known), known)
    assert known
    assert known.numbers == Numbers("102")
