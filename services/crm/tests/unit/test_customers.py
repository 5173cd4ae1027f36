"""A customer is found or registered, looked at for a reason, and always somebody's (R26, R98)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from crm.domain.customer import (
    AddPhone,
    Correct,
    Customer,
    CustomerRegistered,
    DetailsChanged,
    PhoneAdded,
    Preference,
    Registering,
    Unmask,
    Unmasked,
)
from crm.domain.customer_decider import MOST_PHONES, decide
from crm.domain.customer_evolving import LOOKS_KEPT, evolve
from crm.domain.handover import HandOver, OwnerChanged, Stage
from crm.domain.refusals import NobodyToOwn, NoRoomOnCard, UnknownCustomer
from kernel.actor import Actor, Role
from kernel.personal import Personal
from kernel.phone import Phone
from kernel.refusal import Refused

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
MOBILE, OFFICE = Phone.parse("+79161234567"), Phone.parse("+74951234567")
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))
COURIER = Actor("carl", frozenset({Role.COURIER}))
ORDERS = Actor("service:orders", frozenset({Role.SERVICE}))
TVER, MOSCOW = Personal("Tver, Tenth street 1"), Personal("Moscow, First street 10")

pelageya = Customer("c-1", "igla", (MOBILE,), ("h-mobile",), owner_id="anna", heard_at=NOW)


def met(
    name: Personal | None = None,
    address: Personal | None = None,
    preference: Preference | None = None,
    phone: tuple[Phone, str] = (MOBILE, "h-mobile"),
) -> Registering:
    return Registering("c-1", "igla", *phone, name, address, preference, "anna", ORDERS, NOW)


def test_who_gets_in_touch_for_the_first_time_is_registered_and_somebodys() -> None:
    known = replace(pelageya, name=Personal("Pelageya"), addresses=(TVER,))

    assert decide(met(Personal("Pelageya"), TVER), None) == [CustomerRegistered(known)]


def test_the_same_contact_again_changes_nothing() -> None:
    known = replace(pelageya, name=Personal("Pelageya"), addresses=(TVER,))

    assert decide(met(Personal("Pelageya"), TVER, Preference.ANY), known) == []


def test_what_is_new_is_learned_and_what_is_known_is_not_overwritten() -> None:
    known = replace(pelageya, name=Personal("Pelageya"), addresses=(TVER,))

    learned = decide(met(Personal("P."), MOSCOW), known)

    assert learned == [DetailsChanged(Personal("Pelageya"), (TVER, MOSCOW), Preference.ANY)]


def test_a_wish_not_to_be_called_is_heard_and_a_form_without_it_takes_it_back_for_nobody() -> None:
    quiet = DetailsChanged(None, (), Preference.NO_CALLS)

    assert decide(met(preference=Preference.NO_CALLS), pelageya) == [quiet]
    assert decide(met(preference=Preference.ANY), evolve(pelageya, quiet)) == []


def test_staff_take_the_wish_back_when_the_customer_says_so() -> None:
    quiet = replace(pelageya, preference=Preference.NO_CALLS)
    ask = Correct("c-1", None, None, Preference.ANY, ANNA, NOW)

    assert decide(ask, quiet) == [DetailsChanged(None, (), Preference.ANY)]
    assert decide(ask, pelageya) == []
    assert isinstance(decide(replace(ask, actor=COURIER), quiet), Refused)


def test_a_phone_claimed_for_him_in_a_crash_is_his_after_all() -> None:
    assert decide(met(phone=(OFFICE, "h-office")), pelageya) == [PhoneAdded(OFFICE, "h-office")]


def test_a_customer_has_several_phones_but_not_any_number() -> None:
    add = AddPhone("c-1", OFFICE, "h-office", ANNA, NOW)

    assert decide(add, pelageya) == [PhoneAdded(OFFICE, "h-office")]
    assert decide(add, evolve(pelageya, PhoneAdded(OFFICE, "h-office"))) == []
    assert isinstance(decide(replace(add, actor=COURIER), pelageya), Refused)
    full = replace(pelageya, hashes=tuple(f"h-{n}" for n in range(MOST_PHONES)))
    with pytest.raises(NoRoomOnCard):
        decide(add, full)


def hand_over(to: str, *roles: Role, by: Actor = ANNA) -> HandOver:
    return HandOver("c-1", to, "sold", frozenset({to} if roles else ()), frozenset(roles), by, NOW)


def test_after_the_sale_the_account_manager_answers_for_him() -> None:
    assert decide(hand_over("boris", Role.ACCOUNT_MANAGER), pelageya) == [
        OwnerChanged("anna", "boris", "sold", Stage.CUSTOMER, "anna", NOW)
    ]


def test_a_lead_handed_to_another_sales_manager_stays_a_lead() -> None:
    assert decide(hand_over("misha", Role.SALES_MANAGER), pelageya) == [
        OwnerChanged("anna", "misha", "sold", Stage.LEAD, "anna", NOW)
    ]


def test_handed_to_who_has_him_already_nothing_happens() -> None:
    assert decide(hand_over("anna", Role.SALES_MANAGER), pelageya) == []


def test_a_customer_is_not_handed_to_who_cannot_answer() -> None:
    with pytest.raises(NobodyToOwn):
        decide(hand_over("carl"), pelageya)


def test_whose_duty_it_is_not_hands_nobody_over() -> None:
    assert isinstance(decide(hand_over("boris", Role.ACCOUNT_MANAGER, by=COURIER), pelageya), Refused)


def looked(command: Unmask, known: Customer) -> Customer:
    decision = decide(command, known)
    assert not isinstance(decision, Refused)
    (seen,) = decision
    assert isinstance(seen, Unmasked)
    return evolve(known, seen)


def test_every_look_is_written_down_with_its_reason() -> None:
    look = Unmask("c-1", Personal("he asked to be called"), ANNA, NOW)

    (kept,) = looked(look, pelageya).looks

    assert (kept.by, kept.at, kept.reason.value) == ("anna", NOW, "he asked to be called")
    assert decide(replace(look, actor=ORDERS), pelageya)
    assert isinstance(decide(replace(look, actor=COURIER), pelageya), Refused)


def test_the_card_keeps_the_newest_looks() -> None:
    known = pelageya
    for n in range(LOOKS_KEPT + 5):
        known = looked(Unmask("c-1", Personal(str(n)), ANNA, NOW), known)

    assert [look.reason.value for look in known.looks] == [str(n) for n in range(5, LOOKS_KEPT + 5)]


@pytest.mark.parametrize(
    "command",
    [Unmask("c-1", Personal("why"), ANNA, NOW), hand_over("boris", Role.ACCOUNT_MANAGER)],
)
def test_nobody_looks_at_an_unknown_customer(command: Unmask | HandOver) -> None:
    with pytest.raises(UnknownCustomer):
        decide(command, None)


def test_a_customer_prints_as_nobody() -> None:
    known = replace(pelageya, name=Personal("Pelageya"), addresses=(TVER,))

    assert not any(word in repr(known) for word in ("Pelageya", "Tver", "1234567"))
