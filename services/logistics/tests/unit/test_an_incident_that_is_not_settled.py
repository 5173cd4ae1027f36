"""What goes wrong again is somebody's work again, and no yes is had for another source nor time for another question (R50-R56)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from kernel.calendar import WorkingCalendar
from kernel.money import Money
from kernel.refusal import Refused
from kernel.window import Window
from logistics.domain import incident_commands as asks
from logistics.domain.incident import Incident, Payer, Stage, Sums
from logistics.domain.incident_changes import Change
from logistics.domain.incident_decider import decide
from logistics.domain.incident_evolving import evolve
from logistics.domain.incident_refusals import NothingToApprove
from logistics.domain.incident_trouble import Source, Trouble
from logistics.domain.ladder import USUAL
from logistics.domain.playbook_catalogue import CATALOGUE
from logistics.testing.agreements import MONDAY
from logistics.testing.people import LENA, OLGA

PACE = asks.Pace(WorkingCalendar.usual())
WINDOW = Window(MONDAY, MONDAY + timedelta(hours=2), "Europe/Moscow")
AFTER = WINDOW.ends + timedelta(hours=1)
TROUBLE = Trouble("delay", Source.COURIER_SERVICE, MONDAY, "main", "cdek", "o-1", "s-1", 1, WINDOW)
ASK = asks.AskCarrier("i", "Where is it?", PACE, LENA, AFTER)
LARGE = asks.SetMoney("i", Sums(Money(9_000_00), Payer.CARRIER, Money(9_000_00)), LENA, AFTER)
CLOSE = asks.CloseIncident(
    "i", "overloaded", "sooner", True, Source.COURIER_SERVICE, "settled", Money(5_000_00), LENA, AFTER
)


def told(**more: Any) -> asks.OpenIncident:
    trouble = replace(TROUBLE, **more)
    return asks.OpenIncident("i", trouble, "delay", CATALOGUE["delay"], USUAL, "lena", PACE, LENA, MONDAY)


def changes(command: asks.Command, incident: Incident | None) -> list[Change]:
    decision = decide(command, incident)
    assert not isinstance(decision, Refused)
    return list(decision)


def after(*commands: asks.Command) -> Incident:
    incident: Incident | None = None
    for command in (told(), *commands):
        for change in changes(command, incident):
            incident = evolve(incident, change)
    assert incident is not None
    return incident


def test_what_goes_wrong_again_after_it_was_closed_opens_it_again() -> None:
    closed = after(CLOSE)
    again = replace(told(happened_at=AFTER + timedelta(hours=1)), at=AFTER + timedelta(hours=2))

    opened = after(CLOSE, again)

    assert changes(told(), closed) == []  # the same, told late
    assert (opened.stage, opened.reopened, opened.owner_id) == (Stage.OPEN, 1, "lena")
    assert opened.due_at > again.at
    assert changes(again, opened) == []


def test_a_yes_to_a_closing_is_no_yes_to_another_source() -> None:
    other = asks.ChangeSource("i", Source.WAREHOUSE, "packed_late", LENA, AFTER)
    waits = after(LARGE, CLOSE)
    assert waits.stage is Stage.AWAITING

    changed = after(LARGE, CLOSE, other)

    assert (changed.stage, changed.settlement) == (Stage.OPEN, None)
    with pytest.raises(NothingToApprove):
        decide(asks.DecideClosing("i", True, PACE, OLGA, AFTER), changed)


def test_asking_the_carrier_in_other_words_puts_the_next_level_off_not_at_all() -> None:
    asked = after(ASK)
    assert asked.inquiry
    later = replace(ASK, text="And now?", at=AFTER + timedelta(hours=2))

    again = after(ASK, later)

    assert again.inquiry
    assert (again.inquiry.text, again.inquiry.reply_due, again.due_at) == (
        "And now?",
        asked.inquiry.reply_due,
        asked.due_at,
    )
    answered = asks.NoteAnswer("i", "In a van.", LENA, AFTER)
    anew = after(ASK, answered, later)
    assert anew.inquiry
    assert anew.inquiry.reply_due > asked.inquiry.reply_due
