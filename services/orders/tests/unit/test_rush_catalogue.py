"""The request catalogue: ready answers per mode, and no duty of the law among the ignored (R32, R34, R58)."""

import pytest
from kernel.actor import Actor
from kernel.refusal import Refused
from orders.application.announcing_rush import announce_catalogue
from orders.application.rush_answering import CATALOGUES
from orders.domain.rush_catalogue import (
    LEGAL,
    Answer,
    Catalogue,
    CatalogueWritten,
    Entry,
    LegalDutyIgnored,
    Ready,
    Sort,
    UnknownRequestKind,
    WriteCatalogue,
    entry_of,
    write,
)
from orders.domain.rush_usual_answers import NO_EXTRAS, USUAL
from orders.testing.people import ANNA, KIRA, NINA, OLGA

NO, YES = Ready(Answer.NO, "Нет.", "No."), Ready(Answer.YES, "Да.", "Yes.")
METRO = Entry("bring_to_metro", Sort.COURTESY, YES, NO)


def asked(*entries: Entry, actor: Actor = OLGA) -> WriteCatalogue:
    return WriteCatalogue("main", entries, actor)


def written(command: WriteCatalogue, catalogue: Catalogue | None = None) -> tuple[Entry, ...]:
    decision = write(command, catalogue, USUAL)
    assert not isinstance(decision, Refused)
    (change,) = decision
    assert isinstance(change, CatalogueWritten)
    return change.entries


def test_what_the_seeds_name_is_refused_in_a_rush() -> None:
    for kind in (
        "bring_to_metro",
        "change_courier_route",
        "pay_more_for_delivery",
        "weigh_it",
        "look_at_colour",
    ):
        assert entry_of(USUAL, kind).ready(in_rush=True).answer is Answer.NO
        assert entry_of(USUAL, kind).ready(in_rush=False).answer is not Answer.NO


def test_what_the_customer_can_do_himself_is_no_priority_but_no_no() -> None:
    own = [entry for entry in USUAL if entry.sort is Sort.SELF_SERVICE]

    assert own
    assert {entry.rush.answer for entry in own} == {Answer.NEXT_DAY}


def test_the_law_is_never_ignored() -> None:
    duties = [entry for entry in USUAL if entry.is_legal_duty]

    assert {entry.kind for entry in duties} == set(LEGAL)
    assert {each.answer for entry in duties for each in (entry.usual, entry.rush)} == {Answer.YES}


@pytest.mark.parametrize("ready", [entry.rush for entry in USUAL] + [NO_EXTRAS])
def test_every_word_is_polite_and_in_both_languages(ready: Ready) -> None:
    assert 10 < len(ready.ru) <= 600
    assert 10 < len(ready.en) <= 600
    if ready.answer is Answer.NO:
        assert ready.ru.startswith("К сожалению")
        assert ready.en.startswith("We are sorry")


@pytest.mark.parametrize("somebody", [OLGA, NINA])
def test_the_owner_and_the_service_owner_write_it(somebody: Actor) -> None:
    entries = written(asked(METRO, actor=somebody))

    assert entries[0] == METRO
    assert {entry.kind for entry in entries[1:]} == set(LEGAL), "duties that were left out stay"


def test_the_same_again_changes_nothing() -> None:
    kept = Catalogue("main", written(asked(METRO)))

    assert write(asked(METRO), kept, USUAL) == []


@pytest.mark.parametrize(
    "entry",
    [
        Entry("return_goods", Sort.LEGAL_DUTY, YES, NO),
        Entry("return_goods", Sort.COURTESY, NO, YES),
        Entry("our_own_duty", Sort.LEGAL_DUTY, YES, NO),
    ],
)
def test_a_duty_of_the_law_is_not_written_as_a_no(entry: Entry) -> None:
    with pytest.raises(LegalDutyIgnored) as no:
        write(asked(METRO, entry), None, USUAL)

    assert no.value.about == {"kinds": entry.kind}


@pytest.mark.parametrize("somebody", [ANNA, KIRA])
@pytest.mark.parametrize("kept", [None, Catalogue("main", USUAL)])
def test_nobody_else_writes_it_and_the_attempt_is_told(somebody: Actor, kept: Catalogue | None) -> None:
    decision = write(asked(METRO, actor=somebody), kept, USUAL)
    assert isinstance(decision, Refused)
    state, facts = kept, list[object]()
    for change in decision.changes:
        state = CATALOGUES.evolve(state, change)
        facts += announce_catalogue(change, state)

    assert state == Catalogue("main", USUAL)
    assert len(facts) == 1


def test_what_is_not_in_it_a_person_answers() -> None:
    with pytest.raises(UnknownRequestKind):
        entry_of(USUAL, "sing_a_song")
