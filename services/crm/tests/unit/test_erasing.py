"""A person is erased on his word or by age, told once; nothing of him is left but that he was (152-FZ art. 21)."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from contracts.crm import CustomerErasedV1
from crm.application.announcing_customers import announce_customer
from crm.domain.customer import (
    AddPhone,
    Block,
    Change,
    Command,
    Correct,
    Customer,
    Heard,
    Preference,
    Registering,
    Unmask,
)
from crm.domain.customer_decider import HEARD_TO, deadlines, decide
from crm.domain.customer_evolving import evolve
from crm.domain.erasure import (
    AGE,
    Age,
    Erase,
    Erasure,
    ErasureSettled,
    Export,
    Look,
    PersonErased,
    PersonExported,
    SettleErasure,
)
from crm.domain.handover import HandOver
from crm.domain.refusals import CustomerErased, UnknownCustomer
from kernel.actor import Actor, Role, service
from kernel.personal import Personal
from kernel.phone import Phone
from kernel.refusal import Refused

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
MOBILE, OFFICE = Phone.parse("+79161234567"), Phone.parse("+74951234567")
CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}))
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))
CRM = service("crm")

pelageya = Customer(
    "c-1",
    "igla",
    (MOBILE, OFFICE),
    ("h-mobile", "h-office"),
    name=Personal("Pelageya"),
    addresses=(Personal("Tver, Tenth street 1"),),
    preference=Preference.NO_CALLS,
    owner_id="anna",
    looks=(Look(NOW, "anna", Personal("she wants a call")),),
    heard_at=NOW,
)
ask = Erase("c-1", "asked", CLERK, NOW)
gone = PersonErased(Erasure(NOW, "asked", "clerk", ("h-mobile", "h-office")))
erased = evolve(pelageya, gone)


def _decided(command: Command) -> Sequence[Change]:
    decision = decide(command, pelageya)
    assert not isinstance(decision, Refused)
    return decision


def test_who_asks_for_it_is_gone_and_only_that_he_was_is_left() -> None:
    assert decide(ask, pelageya) == [gone]

    kept = {each.name for each in fields(erased) if getattr(erased, each.name) not in ((), {}, None, False)}
    assert kept == {"customer_id", "shop_id", "preference", "stage", "erased"}
    assert erased.preference is Preference.ANY


def test_he_is_erased_and_told_once() -> None:
    (told,) = announce_customer(gone, erased)

    assert isinstance(told, CustomerErasedV1)
    assert (told.reason, told.by, told.at, told.customer.owner_id) == ("asked", "clerk", NOW, None)
    assert decide(ask, erased) == []


def test_whose_duty_it_is_not_erases_and_exports_nobody() -> None:
    assert isinstance(decide(replace(ask, actor=ANNA), pelageya), Refused)
    assert isinstance(decide(Export("c-1", Personal("why"), ANNA, NOW), pelageya), Refused)


@pytest.mark.parametrize(
    "command",
    [
        Registering("c-1", "igla", MOBILE, "h-mobile", None, None, None, "anna", CRM, NOW),
        AddPhone("c-1", OFFICE, "h-office", ANNA, NOW),
        Correct("c-1", Personal("P."), None, None, ANNA, NOW),
        HandOver("c-1", "boris", "sold", frozenset({"boris"}), frozenset({Role.ACCOUNT_MANAGER}), ANNA, NOW),
        Unmask("c-1", Personal("why"), ANNA, NOW),
        Block("c-1", True, "rude", CLERK, NOW),
        Export("c-1", Personal("why"), CLERK, NOW),
    ],
)
def test_nothing_is_done_with_who_is_gone(command: Command) -> None:
    with pytest.raises(CustomerErased):
        decide(command, erased)


def test_his_phones_are_given_up_at_once_and_then_nothing_is_due() -> None:
    (due,) = deadlines(erased)
    assert due.at == NOW

    assert decide(SettleErasure("c-1"), erased) == [ErasureSettled()]
    settled = evolve(erased, ErasureSettled())

    assert settled.erased == Erasure(NOW, "asked", "clerk", (), settled=True)
    assert (list(deadlines(settled)), decide(SettleErasure("c-1"), settled)) == ([], [])
    assert (list(deadlines(pelageya)), decide(SettleErasure("c-1"), pelageya)) == ([], [])


def test_who_was_silent_for_too_long_is_erased_and_a_contact_meanwhile_keeps_him() -> None:
    age = Age("c-1", NOW + timedelta(days=1), CRM, NOW + timedelta(days=1000))

    (found,) = _decided(age)
    assert isinstance(found, PersonErased)
    assert (found.erasure.reason, found.erasure.by) == (AGE, "service:crm")
    assert decide(age, replace(pelageya, heard_at=age.before)) == []
    assert decide(age, replace(pelageya, heard_at=None)) == []
    assert decide(age, erased) == []


def test_a_contact_is_noted_once_a_month() -> None:
    def again(at: datetime) -> Registering:
        return Registering("c-1", "igla", MOBILE, "h-mobile", None, None, None, "anna", CRM, at)

    assert decide(again(NOW + HEARD_TO - timedelta(seconds=1)), pelageya) == []
    assert decide(again(NOW + HEARD_TO), pelageya) == [Heard(NOW + HEARD_TO)]
    assert evolve(pelageya, Heard(NOW + HEARD_TO)).heard_at == NOW + HEARD_TO


def test_that_his_data_were_taken_out_is_written_down() -> None:
    (taken,) = _decided(Export("c-1", Personal("she asked"), CLERK, NOW))

    assert isinstance(taken, PersonExported)
    assert evolve(pelageya, taken).looks[-1] == Look(NOW, "clerk", Personal("she asked"))


@pytest.mark.parametrize("command", [ask, SettleErasure("c-1")])
def test_nobody_is_erased_whom_nobody_knows(command: Command) -> None:
    with pytest.raises(UnknownCustomer):
        decide(command, None)
