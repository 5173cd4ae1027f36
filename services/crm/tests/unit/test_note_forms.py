"""The form by which a shop notes its customers: the shop's own data, types off unless it says so (R109-R111)."""

from dataclasses import replace

import pytest
from crm.domain.note_form import (
    MOST_TYPES,
    CustomerType,
    DescribeForm,
    InWords,
    NoteForm,
    decide,
    evolve,
    usual,
)
from crm.domain.notes import SPIN, Part
from crm.domain.refusals import NoteFormMakesNoSense
from kernel.actor import Actor, Role
from kernel.refusal import Refused
from kernel.refused_duty import NotYourDuty

SVETA = Actor("sveta", frozenset({Role.SERVICE_OWNER}))
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))
WORDS = InWords("слово", "word")


def described(form: NoteForm, before: NoteForm | None = None) -> NoteForm:
    decision = decide(DescribeForm(form, SVETA), before)
    assert not isinstance(decision, Refused)
    (change,) = decision
    return evolve(before, change)


def a_type(code: str) -> CustomerType:
    return CustomerType(code, WORDS, WORDS, WORDS)


def test_a_shop_that_said_nothing_notes_needs_and_no_types() -> None:
    form = usual("igla")

    assert form.kept_types is None
    assert [each.code for each in form.types] == [
        "confident_open", "confident_closed", "unsure_open", "unsure_closed",
    ]  # fmt: skip
    assert set(form.prompts) == set(SPIN)
    assert all(each.advice.ru and each.advice.en and each.signs.ru for each in form.types)


def test_a_shop_that_says_so_keeps_the_usual_types_or_its_own() -> None:
    on = described(replace(usual("igla"), keeps_types=True))
    own = described(replace(usual("igla"), keeps_types=True, types=(a_type("in_a_hurry"),)), on)

    assert on.kept_types == {"confident_open", "confident_closed", "unsure_open", "unsure_closed"}
    assert own.kept_types == {"in_a_hurry"}
    assert (own.named("in_a_hurry"), own.named("confident_open"), own.named(None)) == (
        a_type("in_a_hurry"),
        None,
        None,
    )
    assert decide(DescribeForm(own, SVETA), own) == []


@pytest.mark.parametrize(
    "form",
    [
        replace(usual("igla"), keeps_types=True, types=()),
        replace(usual("igla"), types=(a_type("same"), a_type("same"))),
        replace(usual("igla"), types=tuple(a_type(f"t_{n}") for n in range(MOST_TYPES + 1))),
        replace(usual("igla"), prompts={Part.SITUATION: WORDS}),
    ],
    ids=["no types to keep", "two of one code", "too many", "a note without a prompt"],
)
def test_a_form_that_nobody_could_fill_in_is_refused(form: NoteForm) -> None:
    with pytest.raises(NoteFormMakesNoSense):
        decide(DescribeForm(form, SVETA), None)


def test_who_sells_does_not_write_the_form_and_a_refusal_leaves_it_as_it_is() -> None:
    with pytest.raises(NotYourDuty):
        decide(DescribeForm(usual("igla"), ANNA), None)

    no = decide(DescribeForm(replace(usual("igla"), keeps_types=True), ANNA), usual("igla"))

    assert isinstance(no, Refused)
    assert evolve(usual("igla"), no.changes[0]) == usual("igla")
