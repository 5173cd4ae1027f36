"""Several cards of one person, and several people of one number (R96, R97)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from contracts.crm import CustomerMergedV1, CustomerUnmergedV1
from crm.application.announcing_customers import announce_customer
from crm.domain import doubles as d
from crm.domain.customer import AddPhone, Change, Customer, PhoneAdded, Preference, Registering
from crm.domain.customer_decider import deadlines, decide
from crm.domain.customer_evolving import evolve
from crm.domain.erasure import Age, Erase, Erasure, GoWith, PersonErased
from crm.domain.handover import Stage
from crm.domain.merging import marks
from crm.domain.refusals import CustomerMerged, SameCustomer
from crm.domain.sharing import in_order
from kernel.actor import Actor, Role, service
from kernel.personal import Personal
from kernel.phone import Phone
from kernel.refusal import Refused

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
MOBILE, OFFICE, DACHA = (Phone.parse(f"+7916123456{n}") for n in (1, 2, 3))
CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}))
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))
TVER, MOSCOW = Personal("Tver, Tenth street 1"), Personal("Moscow, First street 10")

hers = Customer("c-1", "igla", (MOBILE,), ("h-1",), addresses=(TVER,), owner_id="anna", heard_at=NOW)
double = Customer(
    "c-2", "igla", (OFFICE, DACHA), ("h-2", "h-3"), name=Personal("Pelageya"), addresses=(TVER, MOSCOW),
    preference=Preference.NO_CALLS, owner_id="boris", heard_at=NOW,
)  # fmt: skip
join = d.Join("c-2", "c-1", CLERK, NOW)


def decided(command: d.Command, customer: Customer) -> Sequence[Change]:
    decision = decide(command, customer)
    assert not isinstance(decision, Refused)
    return decision


def after(customer: Customer, *commands: d.Command) -> Customer:
    for command in commands:
        for change in decided(command, customer):
            customer = evolve(customer, change)
    return customer


def take(other: Customer) -> d.TakeIn:
    return d.TakeIn("c-1", other.customer_id, other.phones, marks(other), "clerk", NOW)


def test_what_is_known_stays_and_what_is_not_is_gained() -> None:
    one = after(hers, take(double))

    assert one.phones == (MOBILE, OFFICE, DACHA)
    assert one.hashes == ("h-1", "h-2", "h-3")
    assert (one.addresses, one.name, one.owner_id) == ((TVER, MOSCOW), Personal("Pelageya"), "anna")
    assert one.preference is Preference.NO_CALLS


def test_the_undo_gives_back_what_was_gained_and_no_more() -> None:
    learned = evolve(after(hers, take(double)), PhoneAdded(Phone.parse("+74951112233"), "h-9"))

    two = after(learned, d.LetGo("c-1", "c-2", "clerk", NOW))

    assert two.hashes == ("h-1", "h-9")
    assert (two.addresses, two.name, two.preference, two.taken) == ((TVER,), None, Preference.ANY, ())


def test_what_two_cards_said_stays_until_both_are_gone() -> None:
    third = replace(double, customer_id="c-3", phones=(DACHA,), hashes=("h-3",))
    all_ = after(hers, take(double), take(third))

    left = after(all_, d.LetGo("c-1", "c-2", "clerk", NOW))
    none = after(left, d.LetGo("c-1", "c-3", "clerk", NOW))

    assert (left.phones, left.hashes) == ((MOBILE, DACHA), ("h-1", "h-3"))
    assert (left.name, left.preference) == (Personal("Pelageya"), Preference.NO_CALLS)
    assert none == hers


def test_each_side_does_its_part_once_and_it_is_told() -> None:
    (taken,) = decided(take(double), hers)
    (merged,) = announce_customer(taken, one := evolve(hers, taken))
    (gone,) = decided(d.LetGo("c-1", "c-2", "clerk", NOW), one)
    (unmerged,) = announce_customer(gone, evolve(one, gone))

    assert isinstance(merged, CustomerMergedV1)
    assert isinstance(unmerged, CustomerUnmergedV1)
    assert {merged.merged_id, unmerged.merged_id} == {"c-2"}
    assert merged.customer.customer_id == unmerged.customer.customer_id == "c-1"
    assert (decide(take(double), one), decide(d.LetGo("c-1", "c-2", "clerk", NOW), hers)) == ([], [])


def test_the_merged_card_stays_as_it_was_and_names_who_it_is() -> None:
    merged = after(double, join)
    done = after(merged, d.Settle("c-2"))

    assert replace(done, joined=None) == double
    assert ([each.at for each in deadlines(merged)], list(deadlines(done))) == ([NOW], [])
    assert (decide(join, merged), decide(join, done), decide(d.Settle("c-2"), done)) == ([], [], [])
    with pytest.raises(CustomerMerged) as no:
        decide(AddPhone("c-2", MOBILE, "h-1", ANNA, NOW), done)
    assert no.value.about == {"merged_into": "c-1"}


def test_parted_it_is_what_it_was() -> None:
    done = after(double, join, d.Settle("c-2"))
    leaving = after(done, d.Part("c-2", CLERK, NOW))

    assert len(list(deadlines(leaving))) == 1
    assert after(leaving, d.Settle("c-2")) == double
    part = d.Part("c-2", CLERK, NOW)
    assert (decide(part, leaving), decide(part, double), decide(d.Settle("c-2"), double)) == ([], [], [])


def test_whose_duty_it_is_not_merges_parts_and_shares_nothing() -> None:
    for command in (
        replace(join, actor=ANNA), d.Part("c-2", ANNA, NOW), AddPhone("c-2", MOBILE, "h-1", ANNA, NOW, shared=True),
    ):  # fmt: skip
        assert isinstance(decide(command, double), Refused)


def test_nobody_is_merged_with_himself_or_into_a_third() -> None:
    with pytest.raises(SameCustomer):
        decide(replace(join, into="c-2"), double)
    with pytest.raises(CustomerMerged):
        decide(replace(join, into="c-3"), after(double, join))


def test_who_is_merged_goes_with_who_he_is_and_by_nothing_else() -> None:
    merged = after(double, join, d.Settle("c-2"))
    gone = Erasure(NOW, "asked", "clerk", ("h-1",), settled=True)

    assert decide(GoWith("c-2", gone), merged) == [
        PersonErased(Erasure(NOW, "asked", "clerk", ("h-2", "h-3")))
    ]
    assert decide(GoWith("c-2", gone), double) == []
    late = NOW + timedelta(days=9)
    assert decide(Age("c-2", late, service("crm"), late), merged) == []
    with pytest.raises(CustomerMerged):
        decide(Erase("c-2", "asked", CLERK, NOW), merged)


def test_a_phone_that_comes_with_a_card_is_not_learned_besides() -> None:
    met = Registering("c-1", "igla", OFFICE, "h-2", None, None, None, None, ANNA, NOW, by_another_card=True)

    assert decide(met, hers) == []
    assert decide(replace(met, by_another_card=False), hers) == [PhoneAdded(OFFICE, "h-2")]


def test_of_several_who_share_a_number_each_stands_where_he_does_for_a_reason() -> None:
    bought = replace(hers, customer_id="c-5", stage=Stage.CUSTOMER)
    lately = replace(hers, customer_id="c-4", heard_at=NOW + timedelta(days=40))
    blocked = replace(hers, customer_id="c-0", blocked=True, stage=Stage.CUSTOMER)
    twin = replace(hers, customer_id="c-3")

    found = in_order([blocked, twin, hers, lately, bought])

    assert [(each.customer.customer_id, each.reason) for each in found] == [
        ("c-5", "has_bought"),
        ("c-4", "in_touch_lately"),
        ("c-1", "by_id"),
        ("c-3", "not_blocked"),
        ("c-0", "has_this_number"),
    ]
    assert in_order([]) == []
