"""The rules of incidents, their methods and carriers' reviews, each seen to do, to refuse, and to stay quiet (R50-R59, R72)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from kernel.actor import Actor
from kernel.calendar import WorkingCalendar
from kernel.money import Money
from kernel.refusal import Decision, Refusal, Refused
from kernel.window import Window
from logistics.domain import incident_commands as asks
from logistics.domain import incident_refusals as no
from logistics.domain import ladder, playbook
from logistics.domain.incident import Incident, Mark, Payer, Sums
from logistics.domain.incident_decider import decide
from logistics.domain.incident_evolving import evolve
from logistics.domain.incident_trouble import Source, Trouble, incident_of, kind_of
from logistics.domain.ladder import USUAL, Rung
from logistics.domain.playbook import Step
from logistics.domain.playbook_catalogue import CATALOGUE
from logistics.testing.agreements import MONDAY
from logistics.testing.people import KOSTYA, LENA, OLGA, STEPAN, VERA

E = TypeVar("E")
PACE = asks.Pace(WorkingCalendar.usual())
HEIRS = asks.Heirs("kostya", "olga")
WINDOW = Window(MONDAY, MONDAY + timedelta(hours=6), "Europe/Moscow")
AFTER = WINDOW.ends + timedelta(hours=1)
TROUBLE = Trouble("delay", Source.COURIER_SERVICE, MONDAY, "main", "cdek", "o-1", "s-1", 1, WINDOW)


def opening(trouble: Trouble = TROUBLE) -> asks.OpenIncident:
    book = CATALOGUE[trouble.kind]
    return asks.OpenIncident("i", trouble, trouble.kind, book, USUAL, "lena", PACE, LENA, MONDAY)


def after(*commands: asks.Command, trouble: Trouble = TROUBLE) -> Incident:
    incident: Incident | None = None
    for command in (opening(trouble), *commands):
        decision = decide(command, incident)
        assert not isinstance(decision, Refused)
        for change in decision:
            incident = evolve(incident, change)
    assert incident is not None
    return incident


def names(decision: Decision[Any]) -> list[str]:
    changes: Sequence[Any] = decision.changes if isinstance(decision, Refused) else decision
    return [type(change).__name__ for change in changes]


def one(decision: Decision[E]) -> Sequence[E]:
    assert not isinstance(decision, Refused)
    return decision


def closing(actor: Actor = LENA, **more: Any) -> asks.CloseIncident:
    usual = asks.CloseIncident(
        "i",
        "overloaded",
        "earlier_pickup",
        True,
        Source.COURIER_SERVICE,
        "sooner",
        Money(5_000_00),
        actor,
        AFTER,
    )
    return replace(usual, **more)


ASK = asks.AskCarrier("i", "Where is it?", PACE, LENA, AFTER)
ANSWER = asks.NoteAnswer("i", "In the wrong van.", LENA, AFTER)
UP = asks.Escalate("i", "not_settled", HEIRS, PACE, LENA, AFTER)
LARGE = asks.SetMoney("i", Sums(Money(9_000_00), Payer.CARRIER, Money(9_000_00), Money(1_00)), LENA, AFTER)

COMMANDS = [
    (asks.ChangeSource("i", Source.WAREHOUSE, "packed_late", LENA, AFTER), ["SourceChanged"]),
    (asks.MarkStep("i", "tell_customer", Mark.DONE, None, LENA, AFTER), ["StepMarked"]),
    (ASK, ["CarrierAsked"]),
    (asks.HandOver("i", "kostya", True, LENA, AFTER), ["IncidentHandedOver"]),
    (LARGE, ["MoneySet"]),
    (closing(), ["StepMarked"] * 3 + ["IncidentClosed"]),
]


@pytest.mark.parametrize(("command", "changes"), COMMANDS, ids=lambda it: type(it).__name__)
def test_it_is_done_once_and_is_quiet_when_asked_again(command: asks.ByPerson, changes: list[str]) -> None:
    assert names(decide(command, after())) == changes
    assert names(decide(command, after(command))) == []


@pytest.mark.parametrize("command", [each for each, _ in COMMANDS], ids=lambda it: type(it).__name__)
def test_it_is_refused_to_those_whose_duty_it_is_not(command: Any) -> None:
    decision = decide(replace(command, actor=STEPAN), after())

    assert isinstance(decision, Refused)
    assert names(decision) == ["DutyRefused"]


@pytest.mark.parametrize("command", [each for each, _ in COMMANDS[:-1]], ids=lambda it: type(it).__name__)
def test_a_closed_one_is_left_alone(command: asks.ByPerson) -> None:
    with pytest.raises(no.IncidentIsClosed):
        decide(command, after(closing()))
    with pytest.raises(no.UnknownIncident):
        decide(command, None)


REFUSED = [
    (after(), replace(ASK, at=WINDOW.ends), no.WindowStillOpen),
    (after(), replace(ASK, at=WINDOW.ends + PACE.grace), no.WindowStillOpen),
    (after(trouble=replace(TROUBLE, carrier_id=None)), ASK, no.NoCarrier),
    (after(), ANSWER, no.NothingWasAsked),
    (after(), UP, no.InquiryComesFirst),
    (after(ASK), UP, no.InquiryComesFirst),
    (after(ASK, ANSWER, UP, UP, UP), UP, no.TopOfLadder),
    (after(), asks.MarkStep("i", "dance", Mark.DONE, None, LENA, AFTER), no.UnknownStep),
    (after(), asks.MarkStep("i", "new_window", Mark.SKIPPED, None, LENA, AFTER), no.DeviationNeedsReason),
    (after(), asks.HandOver("i", "stepan", False, LENA, AFTER), no.OwnerMayNotSettle),
    (after(), replace(LARGE, sums=Sums(Money(1), Payer.CARRIER, Money(1), Money(2))), no.MoneyDoesNotAddUp),
    (after(), replace(LARGE, sums=Sums(Money(1), Payer.US, Money(1), Money(1))), no.MoneyDoesNotAddUp),
    (after(), closing(source=Source.WAREHOUSE), no.SourceNotConfirmed),
    (after(), closing(deviation=None), no.DeviationNeedsReason),
    (after(), asks.DecideClosing("i", True, PACE, OLGA, AFTER), no.NothingToApprove),
]


@pytest.mark.parametrize(("incident", "command", "refusal"), REFUSED)
def test_a_rule_says_no(incident: Incident, command: asks.Command, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        decide(command, incident)


def test_a_damaged_parcel_may_be_asked_about_while_the_window_is_open() -> None:
    damaged = after(trouble=replace(TROUBLE, kind="damage"))

    assert names(decide(replace(ASK, at=MONDAY), damaged)) == ["CarrierAsked"]


def test_after_the_answers_term_it_may_go_up_without_an_answer() -> None:
    asked = after(ASK)
    assert asked.inquiry is not None

    assert names(decide(replace(UP, at=asked.inquiry.reply_due), asked)) == ["IncidentEscalated"]


def test_without_a_carrier_there_is_nobody_to_ask_first() -> None:
    ours = after(trouble=replace(TROUBLE, carrier_id=None))

    assert [each.code for each in ours.steps] == ["tell_customer", "new_window"]
    assert names(decide(UP, ours)) == ["IncidentEscalated"]


def test_who_closes_does_not_approve_and_a_no_gives_it_back() -> None:
    awaiting = after(LARGE, closing(OLGA))

    own = decide(asks.DecideClosing("i", True, PACE, OLGA, AFTER), awaiting)
    declined = decide(asks.DecideClosing("i", False, PACE, VERA, AFTER), awaiting)

    assert isinstance(own, Refused)
    assert names(declined) == ["ClosingDeclined"]
    assert names(decide(asks.DecideClosing("i", True, PACE, VERA, AFTER), awaiting)) == ["IncidentClosed"]


def test_a_shop_that_never_opens_has_deadlines_all_the_same() -> None:
    never = asks.Pace(WorkingCalendar("Europe/Moscow", {}))

    assert never.due(MONDAY, timedelta(hours=4)) == MONDAY + timedelta(hours=4)


def test_kinds_are_few_and_the_same_trouble_has_the_same_id() -> None:
    assert kind_of("window_missed", frozenset(CATALOGUE)) == "delay"
    assert kind_of("meteorite", frozenset(CATALOGUE)) == "other"
    assert incident_of(TROUBLE) == incident_of(replace(TROUBLE, kind="window_missed", happened_at=AFTER))
    assert incident_of(TROUBLE) != incident_of(replace(TROUBLE, attempt=2))


def test_a_playbook_is_written_by_one_and_approved_by_another() -> None:
    steps = (Step("call", "Позвонить", "Call"),)
    write = playbook.WritePlaybook("delay", steps, CATALOGUE["delay"], OLGA, MONDAY)
    [written] = one(playbook.decide(write, None))
    draft = playbook.evolve(None, written)
    approve = playbook.ApprovePlaybook("delay", 1, VERA, MONDAY)

    assert (draft.version, draft.steps) == (1, CATALOGUE["delay"].steps)
    assert names(playbook.decide(write, draft)) == []
    assert isinstance(playbook.decide(replace(approve, actor=OLGA), draft), Refused)
    with pytest.raises(playbook.NoDraft):
        playbook.decide(replace(approve, revision=2), draft)
    [approved] = one(playbook.decide(approve, draft))
    in_force = playbook.evolve(draft, approved)
    assert (in_force.version, in_force.steps) == (2, steps)
    assert names(playbook.decide(approve, in_force)) == []


def test_a_ladder_is_written_by_who_runs_incidents() -> None:
    write = ladder.WriteLadder("cdek", (Rung("boss", 60),), KOSTYA, MONDAY)
    [written] = one(ladder.decide(write, None))
    kept = ladder.evolve(None, written)

    assert names(ladder.decide(write, kept)) == []
    assert isinstance(ladder.decide(replace(write, actor=STEPAN), kept), Refused)
