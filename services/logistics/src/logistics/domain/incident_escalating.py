"""Asking the carrier, hearing him, and going up his ladder (R54, R56, R57). Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kernel.deadline import Deadline
from kernel.window import Window

from logistics.domain.incident import Incident, Inquiry, Mark, Tick
from logistics.domain.incident_changes import (
    CarrierAnswered,
    CarrierAsked,
    Change,
    IncidentEscalated,
    IncidentHandedOver,
    IncidentOverdue,
    StepMarked,
)
from logistics.domain.incident_commands import (
    AskCarrier,
    Escalate,
    Heirs,
    IncidentDeadlinePassed,
    NoteAnswer,
    Pace,
    TakeFromWhoLeft,
)
from logistics.domain.incident_refusals import (
    InquiryComesFirst,
    NoCarrier,
    NothingWasAsked,
    TopOfLadder,
    WindowStillOpen,
)
from logistics.domain.incident_trouble import CHASED
from logistics.domain.playbook import CARRIER_INQUIRY
from logistics.domain.wording import Words

DUE = "due"


def chasing(incident: Incident, pace: Pace, at: datetime) -> Window | None:
    """The promised window while asking about it would be chasing the carrier: until its end and the grace (R57)."""
    window = incident.window
    if window is None or incident.kind not in CHASED or window.is_over(at, pace.grace):
        return None
    return window


def ready_answer(window: Window) -> Words:
    """What the customer is told meanwhile (R57, R66)."""
    return Words(
        f"Доставка обещана: {window.in_words('ru')}. Этот интервал ещё идёт, курьер приедет в его пределах.",
        f"Delivery is promised for {window.in_words('en')}. The interval is still open; the courier comes within it.",
    )


def ask_carrier(command: AskCarrier, incident: Incident) -> Sequence[Change]:
    """Calmly, and never before the promised window and its grace are over (R56, R57). Asked in other words while his answer is
    awaited, he has no more time: nobody puts the next level off by asking (R54).
    """
    if incident.trouble.carrier_id is None:
        raise NoCarrier("No carrier has a part in this incident.")
    window = chasing(incident, command.pace, command.at)
    if window is not None:
        words = ready_answer(window)
        raise WindowStillOpen("The promised window is still open.", answer_ru=words.ru, answer_en=words.en)
    asked = incident.inquiry
    if asked is not None and asked.text == command.text:
        return []
    wait = timedelta(minutes=incident.rungs[min(incident.level, len(incident.rungs) - 1)].wait_minutes)
    waits = asked is not None and asked.answer is None and command.at < asked.reply_due
    due = asked.reply_due if asked is not None and waits else command.pace.due(command.at, wait)
    return [CarrierAsked(Inquiry(command.text, command.actor.id, command.at, due))]


def note_answer(command: NoteAnswer, incident: Incident) -> Sequence[Change]:
    """His answer, and with it the step of the playbook is done (R56)."""
    inquiry = incident.inquiry
    if inquiry is None:
        raise NothingWasAsked("The carrier was not asked anything.")
    if inquiry.answer == command.text:
        return []
    step = next((each for each in incident.steps if each.code == CARRIER_INQUIRY), None)
    answered = CarrierAnswered(command.text, command.at)
    if step is None or step.mark is Mark.DONE:
        return [answered]
    return [answered, StepMarked(Tick(CARRIER_INQUIRY, Mark.DONE, command.actor.id, command.at))]


def escalate(command: Escalate, incident: Incident) -> Sequence[Change]:
    """A person goes up one level: after the inquiry, and its answer or its term (R54, R56)."""
    inquiry = incident.inquiry
    if incident.trouble.carrier_id is not None and (
        inquiry is None or (inquiry.answer is None and command.at < inquiry.reply_due)
    ):
        raise InquiryComesFirst("Ask the carrier first, and wait for his answer or until it is due.")
    if incident.level >= len(incident.rungs):
        raise TopOfLadder("There is no level above this one.", level=incident.level)
    return [_up(incident, command.reason, command.heirs, command.pace, command.at)]


def pass_deadline(command: IncidentDeadlinePassed, incident: Incident | None) -> Sequence[Change]:
    """The level rises by itself; at the end of the ladder the shop's owner has it, again and again (R5, R54)."""
    if incident is None or not incident.is_open or command.name != DUE or incident.due_at > command.at:
        return []
    if incident.level < len(incident.rungs):
        return [_up(incident, why_late(incident), command.heirs, command.pace, command.at)]
    due = command.pace.due(command.at, command.pace.again)
    last = command.heirs.owner_id
    moved = [] if incident.owner_id == last else [IncidentHandedOver(last)]
    return [*moved, IncidentOverdue(due)]


def why_late(incident: Incident) -> str:
    """In one word: nobody asked him, he did not answer, or his answer did not settle it."""
    if incident.trouble.carrier_id is None:
        return "not_settled"
    if incident.inquiry is None:
        return "no_inquiry"
    return "no_answer" if incident.inquiry.answer is None else "not_settled"


def deadlines(incident: Incident) -> Sequence[Deadline]:
    """An open incident always has one (R52)."""
    return [Deadline(DUE, incident.due_at)] if incident.is_open else []


def take_from_who_left(command: TakeFromWhoLeft, incident: Incident | None) -> Sequence[Change]:
    """What he answered for is somebody else's now; the deadline stays (R5)."""
    if incident is None or not incident.is_open or incident.owner_id != command.gone_id:
        return []
    return [] if command.to == command.gone_id else [IncidentHandedOver(command.to)]


def _up(incident: Incident, reason: str, heirs: Heirs, pace: Pace, at: datetime) -> IncidentEscalated:
    wait = timedelta(minutes=incident.rungs[incident.level].wait_minutes)
    return IncidentEscalated(incident.level + 1, reason, heirs.conflict_id, pace.due(at, wait))
