"""What is noted of a customer: by whom, over whose words, until when (R109-R111; market-facts 3)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from contracts.crm import CustomerNotedV1
from crm.application.announcing_customers import announce_customer
from crm.domain import doubles as d
from crm.domain.customer import Change, Customer, Unmasked
from crm.domain.customer_decider import decide
from crm.domain.customer_evolving import evolve
from crm.domain.erasure import Erase
from crm.domain.merging import marks
from crm.domain.notes import DropNotes, NotesCarried, NotesWritten, Part, ReadNotes, WriteNotes
from crm.domain.noting import SAME_LOOK, WRITTEN_KEPT, notes_of, quiet_at, type_of
from crm.domain.refusals import NotesChanged, TypesNotKept, UnknownCustomer, UnknownType
from kernel.actor import Actor, Role, service
from kernel.personal import Personal
from kernel.phone import Phone
from kernel.refusal import Refused

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
LATER = NOW + timedelta(days=40)
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))
BORIS = Actor("boris", frozenset({Role.ACCOUNT_MANAGER}))
CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}))
KIRA = Actor("kira", frozenset({Role.QUALITY_CONTROLLER}))
ROUTER, CRM = service("telephony_router"), service("crm")
TYPES = frozenset({"confident_open", "unsure_closed"})
SEWS, THREAD, TORN = Personal("sews for a theatre"), Personal("thread tears"), Personal("costumes come late")

hers = Customer("c-1", "igla", (Phone.parse("+79161234561"),), ("h-1",), owner_id="anna", heard_at=NOW)
other = Customer("c-2", "igla", (Phone.parse("+79161234562"),), ("h-2",), owner_id="anna", heard_at=NOW)


def write(
    actor: Actor = ANNA, at: datetime = NOW, revision: int | None = None, **said: Personal | None
) -> WriteNotes:
    return WriteNotes("c-1", {Part(name): text for name, text in said.items()}, TYPES, revision, actor, at)


def after(
    customer: Customer, *commands: WriteNotes | ReadNotes | DropNotes | d.TakeIn | d.LetGo | Erase
) -> Customer:
    for command in commands:
        for change in decided(command, customer):
            customer = evolve(customer, change)
    return customer


def decided(
    command: WriteNotes | ReadNotes | DropNotes | d.TakeIn | d.LetGo | Erase, customer: Customer
) -> list[Change]:
    decision = decide(command, customer)
    assert not isinstance(decision, Refused)
    return list(decision)


def texts(customer: Customer) -> dict[str, str]:
    return {part.value: note.text.value for part, note in notes_of(customer).items()}


def take(card: Customer) -> d.TakeIn:
    return d.TakeIn("c-1", card.customer_id, card.phones, marks(card), "clerk", NOW)


def typed(code: str = "confident_open") -> Personal:
    return Personal(code)


def test_what_was_said_is_kept_with_who_wrote_it_and_when() -> None:
    known = after(hers, write(situation=SEWS), write(BORIS, LATER, problem=THREAD, customer_type=typed()))

    assert texts(known) == {
        "customer_type": "confident_open",
        "situation": SEWS.value,
        "problem": THREAD.value,
    }
    assert {part: note.by for part, note in known.notes.items()} == {
        Part.SITUATION: "anna", Part.PROBLEM: "boris", Part.CUSTOMER_TYPE: "boris",
    }  # fmt: skip
    assert [(each.by, each.parts) for each in known.written] == [
        ("anna", (Part.SITUATION,)), ("boris", (Part.CUSTOMER_TYPE, Part.PROBLEM)),
    ]  # fmt: skip


def test_the_same_words_again_are_no_news_and_what_is_left_out_stays() -> None:
    known = after(hers, write(situation=SEWS, problem=THREAD))

    assert decide(write(BORIS, LATER, situation=SEWS), known) == []
    assert decide(write(implication=None), known) == []
    (change,) = decided(write(BORIS, LATER, situation=SEWS, problem=TORN), known)
    assert change == NotesWritten({Part.PROBLEM: TORN}, "boris", LATER)


def test_a_note_that_is_taken_away_is_gone_and_who_did_it_stays() -> None:
    known = after(hers, write(situation=SEWS), write(BORIS, LATER, situation=None))

    assert texts(known) == {}
    assert (known.written[-1].by, known.written[-1].parts) == ("boris", (Part.SITUATION,))


def test_nobody_writes_over_words_he_has_not_seen_where_he_says_which_he_has() -> None:
    known = after(hers, write(situation=SEWS))

    with pytest.raises(NotesChanged) as no:
        decide(write(BORIS, LATER, revision=0, situation=TORN), known)

    assert no.value.about == {"revision": 1}
    assert texts(after(known, write(BORIS, LATER, revision=1, situation=TORN)))["situation"] == TORN.value


def test_the_type_is_one_of_the_shops_and_none_where_it_keeps_none() -> None:
    with pytest.raises(UnknownType):
        decide(write(customer_type=typed("grumpy")), hers)
    with pytest.raises(TypesNotKept) as no:
        decide(replace(write(customer_type=typed()), types=None), hers)

    assert no.value.rule == "R109"
    known = after(hers, write(customer_type=typed()))
    assert texts(after(known, replace(write(customer_type=None), types=None))) == {}


def test_who_does_not_deal_with_customers_neither_writes_nor_reads() -> None:
    known = after(hers, write(situation=SEWS))

    for actor in (CLERK, KIRA):
        assert isinstance(decide(write(actor, situation=TORN), known), Refused)
        assert isinstance(decide(ReadNotes("c-1", None, Personal("curious"), actor, NOW), known), Refused)
    assert isinstance(decide(write(ROUTER, situation=TORN), known), Refused)
    with pytest.raises(UnknownCustomer):
        decide(write(situation=SEWS), None)


def test_each_look_is_written_down_as_his_for_whom_it_was_once_in_an_hour() -> None:
    known = after(hers, write(situation=SEWS))
    look = ReadNotes("c-1", "boris", Personal("call k-1"), ROUTER, NOW)

    (seen,) = decided(look, known)
    assert isinstance(seen, Unmasked)
    assert (seen.look.by, seen.look.reason) == ("boris", Personal("call k-1"))
    known = after(known, look)
    assert decide(replace(look, at=NOW + SAME_LOOK - timedelta(seconds=1)), known) == []
    for another in (
        replace(look, at=NOW + SAME_LOOK), replace(look, reader="anna"), replace(look, reason=Personal("call k-2")),
    ):  # fmt: skip
        assert len(decided(another, known)) == 1


def test_a_person_looks_as_himself_and_at_nothing_nobody_looked() -> None:
    look = ReadNotes("c-1", "boris", Personal("she rings"), ANNA, NOW)

    assert decide(look, hers) == []
    (seen,) = decided(look, after(hers, write(situation=SEWS)))
    assert isinstance(seen, Unmasked)
    assert seen.look.by == "anna"


def test_it_is_told_with_the_code_of_the_type_and_no_word_of_the_notes() -> None:
    known = after(hers, write(situation=SEWS, need_payoff=TORN, customer_type=typed()))

    (told,) = announce_customer(NotesWritten({}, "anna", NOW), known)

    assert isinstance(told, CustomerNotedV1)
    assert (told.shop_id, told.customer_type, told.notes) == (
        "igla",
        "confident_open",
        ("situation", "need_payoff"),
    )
    assert (told.by, told.at) == ("anna", NOW)
    assert not any(text.value in told.model_dump_json() for text in (SEWS, TORN))


def test_a_merged_card_brings_what_is_not_known_and_takes_it_along_again() -> None:
    known = after(hers, write(situation=SEWS))
    double = after(
        other, replace(write(situation=TORN, problem=THREAD, customer_type=typed()), customer_id="c-2")
    )

    taken, carried = decided(take(double), known)
    one = evolve(evolve(known, taken), carried)
    later = after(one, write(BORIS, LATER, implication=TORN))

    assert carried == NotesCarried("clerk", NOW)
    assert (type_of(one), texts(one)["situation"], texts(one)["problem"]) == (
        "confident_open",
        SEWS.value,
        THREAD.value,
    )
    parted = after(later, d.LetGo("c-1", "c-2", "clerk", NOW))
    assert texts(parted) == {"situation": SEWS.value, "implication": TORN.value}


def test_of_two_cards_taken_in_the_other_still_brings_what_one_takes_along() -> None:
    second = replace(other, customer_id="c-3", hashes=("h-3",))
    cards = [
        after(each, replace(write(problem=THREAD), customer_id=each.customer_id)) for each in (other, second)
    ]
    one = after(hers, *(take(each) for each in cards))

    left = after(one, d.LetGo("c-1", "c-2", "clerk", NOW))

    assert texts(left) == {"problem": THREAD.value}
    assert texts(after(left, d.LetGo("c-1", "c-3", "clerk", NOW))) == {}


def test_what_is_taken_away_is_gone_from_what_a_merged_card_brought_too() -> None:
    one = after(hers, take(after(other, replace(write(problem=THREAD), customer_id="c-2"))))

    assert texts(after(one, write(problem=None))) == {}
    assert THREAD not in [
        note.text for card in after(one, write(problem=None)).taken for note in card.said.notes.values()
    ]


def test_nothing_noted_of_either_is_nothing_told_of_a_merge() -> None:
    assert len(decided(take(other), hers)) == 1
    assert len(decided(d.LetGo("c-1", "c-2", "clerk", NOW), after(hers, take(other)))) == 1


def test_notes_go_when_he_has_been_quiet_and_nobody_wrote_meanwhile() -> None:
    known = after(hers, write(at=LATER, situation=SEWS, customer_type=typed()))
    drop = DropNotes("c-1", frozenset(Part), LATER, CRM, LATER + timedelta(days=365))

    assert quiet_at(known) == LATER
    assert quiet_at(hers) is None
    assert decide(replace(drop, quiet_since=LATER - timedelta(seconds=1)), known) == []
    assert texts(after(known, drop)) == {}
    assert decide(drop, after(known, drop)) == []


def test_where_types_are_kept_no_more_only_they_go() -> None:
    known = after(hers, write(situation=SEWS, customer_type=typed()))

    left = after(known, DropNotes("c-1", frozenset({Part.CUSTOMER_TYPE}), None, CRM, LATER))

    assert texts(left) == {"situation": SEWS.value}


def test_they_are_erased_with_the_person() -> None:
    gone = after(after(hers, write(situation=SEWS, customer_type=typed())), Erase("c-1", "asked", CLERK, NOW))

    assert (gone.notes, gone.written, type_of(gone)) == ({}, (), None)


def test_who_wrote_is_remembered_so_far_and_no_further() -> None:
    known = after(hers, *(write(situation=Personal(f"word {n}")) for n in range(WRITTEN_KEPT + 5)))

    assert len(known.written) == WRITTEN_KEPT
    assert known.notes_revision == WRITTEN_KEPT + 5
