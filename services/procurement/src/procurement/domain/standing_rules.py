"""The rules of a supplier's standing: partners are tested before and during the work with them (R48). Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from kernel.action import Action
from kernel.deadline import Deadline
from kernel.refusal import Refused
from kernel.refused_duty import DutyRefused, duty

from procurement.domain.case_refusals import ChecklistIncomplete, OwnerMayNotBuy, TrialNeedsAnEnd
from procurement.domain.standing import (
    Chase,
    ItemTicked,
    NameOwner,
    Owed,
    OwnerLeft,
    OwnerNamed,
    Phase,
    ReviewSupplier,
    Standing,
    StandingChange,
    StandingCommand,
    SupplierReviewed,
    Task,
    TaskOpened,
    Ticked,
    TickItem,
    TrialBegan,
    Verdict,
)

TRIAL, CHECK, TASK = "trial", "check", "task_"

Decided = Sequence[StandingChange] | Refused[DutyRefused]


def decide_standing(command: StandingCommand, standing: Standing, owner_id: str | None) -> Decided:
    """What comes of a command; `owner_id` answers for the supplier now."""
    if isinstance(command, OwnerLeft):
        return owner_left(command, owner_id)
    no = duty(command.actor, Action.RUN_SUPPLIER_CASE)
    if no is not None:
        return no
    match command:
        case TickItem():
            return tick(command, standing)
        case ReviewSupplier():
            return review(command, standing)
        case NameOwner():
            return name_owner(command, standing, owner_id)
        case _:
            assert_never(command)


def tick(command: TickItem, standing: Standing) -> list[StandingChange]:
    """An item is done once."""
    if command.done is (command.item in standing.checklist):
        return []
    return [ItemTicked(command.item, Ticked(command.actor.id, command.at) if command.done else None)]


def review(command: ReviewSupplier, standing: Standing) -> list[StandingChange]:
    """Who passed his trial has all that is asked of him; who is kept is looked at again some day (R48)."""
    if command.verdict is Verdict.KEEP and standing.phase is Phase.TRIAL and standing.missing:
        names = ", ".join(standing.missing)
        raise ChecklistIncomplete("Not all that is asked of a new supplier is done.", missing=names)
    if command.verdict is Verdict.EXTEND and (command.until is None or command.until <= command.at):
        raise TrialNeedsAnEnd("A trial goes on until a day to come.")
    if command.verdict is Verdict.PART and standing.phase is Phase.PARTED:
        return []
    until = command.until if command.verdict is Verdict.EXTEND else None
    check_at = command.check_at if command.verdict is Verdict.KEEP else None
    return [SupplierReviewed(command.verdict, until, check_at, command.actor.id, command.at)]


def name_owner(command: NameOwner, standing: Standing, owner_id: str | None) -> list[StandingChange]:
    """Only the best buyers answer for suppliers (R4, R45)."""
    if not command.fits:
        raise OwnerMayNotBuy("Only an active senior buyer may answer for it.", owner_id=command.owner_id)
    if command.owner_id == owner_id and Task.NAME_OWNER not in standing.tasks:
        return []
    return [OwnerNamed(command.owner_id)]


def owner_left(command: OwnerLeft, owner_id: str | None) -> list[StandingChange]:
    """The shop's owner answers for the supplier, and owes him another owner (R4)."""
    if owner_id != command.gone_id or command.chase.owner_id == owner_id:
        return []
    owed = Owed(command.chase.owner_id, command.chase.due_at, command.at)
    return [OwnerNamed(command.chase.owner_id), TaskOpened(Task.NAME_OWNER, owed)]


def pass_standing_deadline(
    name: str, at: datetime, chase: Chase, standing: Standing, owner_id: str | None
) -> list[StandingChange]:
    """A look at the supplier falls due: his owner has a task; one that nobody did goes to the shop's owner, again and
    again (R48).
    """
    for look, task, when in _looks(standing):
        if name == look and when <= at:
            return [TaskOpened(task, Owed(owner_id or chase.owner_id, chase.due_at, at))]
    task = next((each for each in standing.tasks if name == f"{TASK}{each}"), None)
    if task is None or standing.tasks[task].due_at > at:
        return []
    owed = standing.tasks[task]
    chased = replace(owed, owner_id=chase.owner_id, due_at=chase.due_at, overdue=owed.overdue + 1)
    return [TaskOpened(task, chased)]


def standing_deadlines(standing: Standing) -> list[Deadline]:
    """When somebody has to look at him, and when a task is late."""
    looks = [Deadline(look, when) for look, _, when in _looks(standing)]
    return looks + [Deadline(f"{TASK}{task}", owed.due_at) for task, owed in standing.tasks.items()]


def evolve_standing(standing: Standing, change: StandingChange) -> Standing:
    """The standing after a change."""
    match change:
        case TrialBegan():
            return replace(standing, phase=Phase.TRIAL, trial_until=change.until)
        case ItemTicked():
            rest = {item: ticked for item, ticked in standing.checklist.items() if item is not change.item}
            return replace(
                standing, checklist={**rest, **({change.item: change.ticked} if change.ticked else {})}
            )
        case SupplierReviewed():
            phase = {Verdict.KEEP: Phase.KEPT, Verdict.EXTEND: Phase.TRIAL, Verdict.PART: Phase.PARTED}
            after = standing.without(Task.END_TRIAL, Task.CHECK_AGAIN)
            return replace(
                after, phase=phase[change.verdict], trial_until=change.until, check_at=change.check_at
            )
        case OwnerNamed():
            return standing.without(Task.NAME_OWNER)
        case TaskOpened():
            return replace(standing, tasks={**standing.tasks, change.task: change.owed})
        case _:
            assert_never(change)


def _looks(standing: Standing) -> list[tuple[str, Task, datetime]]:
    looks = ((TRIAL, Task.END_TRIAL, standing.trial_until), (CHECK, Task.CHECK_AGAIN, standing.check_at))
    return [
        (name, task, when) for name, task, when in looks if when is not None and task not in standing.tasks
    ]
