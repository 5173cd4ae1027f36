"""After the sale the account manager says that he knows of the customer; somebody always answers for him, and one alone (R98)."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from crm.domain.customer import Customer
from crm.domain.customer_decider import deadlines, decide
from crm.domain.customer_evolving import evolve
from crm.domain.handing_over import KEPT, periods
from crm.domain.handover import (
    AcceptHandover,
    DeclineHandover,
    HandOver,
    HandoverAccepted,
    HandoverDeadlinePassed,
    HandoverLate,
    OwnerChanged,
    Stage,
)
from crm.domain.refusals import NobodyToOwn, NotHandedToYou, NothingToAccept
from hypothesis import given
from hypothesis import strategies as st
from kernel.actor import Actor, Role
from kernel.phone import Phone
from kernel.refusal import Refusal, Refused

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
BY = NOW + timedelta(hours=4)
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))
BORIS = Actor("boris", frozenset({Role.ACCOUNT_MANAGER}))
VERA = Actor("vera", frozenset({Role.SERVICE_OWNER}))
PEOPLE = {each.id: each for each in (ANNA, BORIS, VERA)}

pelageya = Customer("c-1", "igla", (Phone.parse("+79161234567"),), ("h",), owner_id="anna", heard_at=NOW)


def to(who: Actor, by: Actor = ANNA, at: datetime = NOW) -> HandOver:
    return HandOver("c-1", who.id, "sold", frozenset({who.id}), who.roles, by, at, BY)


def declined(by: Actor, **more: Any) -> DeclineHandover:
    told: dict[str, Any] = {"previous_is_there": True, "otherwise": "owner", **more}
    return DeclineHandover("c-1", "not_my_line", actor=by, at=NOW, **told)


def after(customer: Customer, *commands: Any) -> Customer:
    for command in commands:
        decision = decide(command, customer)
        assert not isinstance(decision, Refused)
        for change in decision:
            customer = evolve(customer, change)
    return customer


handed = after(pelageya, to(BORIS))


def test_the_account_manager_has_him_at_once_and_is_to_say_so_in_time() -> None:
    assert (handed.owner_id, handed.stage) == ("boris", Stage.CUSTOMER)
    assert [(each.name, each.at) for each in deadlines(handed)] == [("accept_handover", BY)]


def test_he_says_so_once_and_nobody_else_does() -> None:
    assert decide(AcceptHandover("c-1", BORIS, NOW), handed) == [HandoverAccepted("anna", "boris", NOW)]
    accepted = after(handed, AcceptHandover("c-1", BORIS, NOW))
    assert decide(AcceptHandover("c-1", BORIS, NOW), accepted) == []
    assert deadlines(accepted) == []
    for who in (ANNA, VERA):
        with pytest.raises(NotHandedToYou):
            decide(AcceptHandover("c-1", who, NOW), handed)
    assert after(handed, AcceptHandover("c-1", VERA, NOW, stands_in=True)).handover is None


def test_silence_is_flagged_once_and_ends_by_his_word() -> None:
    assert decide(HandoverDeadlinePassed("c-1", BY - timedelta(seconds=1)), handed) == []
    assert decide(HandoverDeadlinePassed("c-1", BY), handed) == [HandoverLate(BY)]
    late = after(handed, HandoverDeadlinePassed("c-1", BY))
    assert deadlines(late) == []
    assert decide(HandoverDeadlinePassed("c-1", BY), late) == []
    assert after(late, AcceptHandover("c-1", BORIS, BY)).handover is None


def test_who_declines_gives_him_back_as_he_was() -> None:
    back = after(handed, declined(BORIS))
    assert (back.owner_id, back.stage, back.handover) == ("anna", Stage.LEAD, None)
    assert after(handed, declined(BORIS, previous_is_there=False)).owner_id == "owner"
    with pytest.raises(NobodyToOwn):
        decide(declined(BORIS, previous_is_there=False, otherwise=None), handed)
    with pytest.raises(NothingToAccept):
        decide(declined(BORIS), after(handed, AcceptHandover("c-1", BORIS, NOW)))
    with pytest.raises(NotHandedToYou):
        decide(declined(ANNA), handed)


def test_nobody_is_asked_who_took_him_himself_or_sells() -> None:
    assert after(pelageya, to(BORIS, by=BORIS)).handover is None
    assert after(pelageya, to(ANNA, by=VERA)).handover is None
    carl = Actor("carl", frozenset({Role.SALES_MANAGER}))
    assert after(handed, to(carl)).handover is None, "another owner: the first one's word is not waited for"


def test_the_owners_are_kept_in_their_order() -> None:
    later = NOW + timedelta(days=1)
    told = [
        (each.owner_id, each.since, each.until, each.reason)
        for each in periods(after(handed, to(ANNA, at=later)))
    ]

    assert told == [("anna", later, None, "sold"), ("boris", NOW, later, "sold"), ("anna", None, NOW, None)]
    assert [each.owner_id for each in periods(pelageya)] == ["anna"]


def test_only_so_many_are_remembered() -> None:
    customer = pelageya
    for n in range(KEPT + 20):
        customer = evolve(customer, OwnerChanged(f"o-{n}", f"o-{n + 1}", "sold", Stage.LEAD, "vera", NOW))

    assert len(customer.owners) == KEPT
    assert customer.owners[-1].owner_id == customer.owner_id


def declining(who: Actor, there: bool) -> DeclineHandover:
    return declined(who, previous_is_there=there)


steps = st.one_of(
    st.sampled_from(list(PEOPLE.values())).map(to),
    st.sampled_from(list(PEOPLE.values())).map(lambda who: AcceptHandover("c-1", who, NOW)),
    st.builds(declining, st.sampled_from(list(PEOPLE.values())), st.booleans()),
    st.just(HandoverDeadlinePassed("c-1", BY)),
)


@given(st.lists(steps, max_size=30))
def test_whatever_is_said_one_person_answers_for_him_and_the_history_has_no_gap(said: list[Any]) -> None:
    customer = pelageya
    for command in said:
        try:
            customer = after(customer, command)
        except Refusal:
            continue
        assert customer.owner_id
        found = periods(customer)
        assert (found[0].owner_id, found[0].until) == (customer.owner_id, None)
        assert all(older.until == newer.since for newer, older in itertools.pairwise(found))
        waits = customer.handover
        assert waits is None or waits.late_at or deadlines(customer)
