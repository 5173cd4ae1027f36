"""What is due of a pick-up: reminded of, asked for by itself, its cut-off, the end of its hours, and what was left half done."""

from datetime import datetime, timedelta

from kernel.deadline import Deadline

from logistics.domain import pick_up_changes as c
from logistics.domain import pick_up_commands as k
from logistics.domain.pick_up import PickUp, PickUpStage

ASK, CUT_OFF, END, SETTLE, MOVE = "ask", "cut_off", "end", "settle", "move"
REMINDERS = {"remind_60": 60, "remind_20": 20}
"""Minutes before the cut-off (R61)."""


def deadlines(pick_up: PickUp) -> list[Deadline]:
    """Asked for by the cut-off, handed over by the end (R61); and what whoever died left behind."""
    due: list[Deadline] = []
    if pick_up.settle_at is not None:
        due.append(Deadline(SETTLE, pick_up.settle_at))
    if pick_up.move_at is not None:
        due.append(Deadline(MOVE, pick_up.move_at))
    if pick_up.stage is PickUpStage.PLANNED:
        due.append(Deadline(CUT_OFF, pick_up.agreed.cut_off_at))
        due.extend(Deadline(name, _before_cut_off(pick_up, minutes)) for name, minutes in REMINDERS.items())
        if pick_up.agreed.ask_at is not None:
            due.append(Deadline(ASK, pick_up.agreed.ask_at))
    if pick_up.stage is PickUpStage.REQUESTED:
        due.append(Deadline(END, pick_up.interval.ends_at))
    return due


def pass_deadline(command: k.PickUpDeadlinePassed, pick_up: PickUp) -> list[c.Change]:
    """The cut-off of one that nobody asked for, or the end of one that was, with shipments that might have gone and are still
    here: it is missed, and known at once (R61, R63).
    """
    agreed, stage = pick_up.agreed, pick_up.stage
    if command.name in REMINDERS:
        return remind(command, pick_up)
    if command.name == ASK and stage is PickUpStage.PLANNED:
        asks = command.waiting and command.at < agreed.cut_off_at
        return [c.PickUpRequested(command.by, agreed.hours, command.waiting, command.at)] if asks else []
    if command.name == CUT_OFF and stage is PickUpStage.PLANNED:
        return [_over(command, pick_up)] if command.at >= agreed.cut_off_at else []
    if command.name == END and stage is PickUpStage.REQUESTED:
        return [_over(command, pick_up)] if command.at >= pick_up.interval.ends_at else []
    return []


def remind(command: k.PickUpDeadlinePassed, pick_up: PickUp) -> list[c.Change]:
    """The typical excuse is that there was no time to ask for it (R61): whoever answers for the carrier is told before, while
    something waits. Of two reminders that are due at once only the later one is told.
    """
    minutes = REMINDERS[command.name]
    later = (_before_cut_off(pick_up, each) for each in REMINDERS.values() if each < minutes)
    if pick_up.stage is not PickUpStage.PLANNED or not command.waiting:
        return []
    if command.at >= pick_up.agreed.cut_off_at or any(command.at >= each for each in later):
        return []
    return [c.PickUpReminded(minutes, command.waiting, command.at)]


def _before_cut_off(pick_up: PickUp, minutes: int) -> datetime:
    return pick_up.agreed.cut_off_at - timedelta(minutes=minutes)


def _over(command: k.PickUpDeadlinePassed, pick_up: PickUp) -> c.Change:
    passed = pick_up.due_at
    assert passed is not None  # it is open
    if command.waiting:
        return c.PickUpMissed(passed, command.waiting, command.next_on, command.at)
    stage = PickUpStage.HANDED_OVER if pick_up.handed else PickUpStage.EMPTY
    return c.PickUpEnded(stage, command.next_on, command.at)
