"""The rules of a lead. Pure: state and command in, changes out (R98)."""

from datetime import timedelta
from typing import assert_never

from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.deadline import Deadline
from kernel.refusal import Decision, Refused
from kernel.refused_duty import DutyRefused, duty, refused

from crm.domain import lead as le
from crm.domain.lead import Change, Command, Lead, Open
from crm.domain.lead_ladder import NEXT, Rung
from crm.domain.refusals import LeadClosed, NotYourLead, StepMakesNoSense, UnknownLead, UnknownStage

DUE = "due"
CLIMB = "climb"
SETTLE = "settle_win"
ERASED = "customer_erased"
FIRST_STEP = "contact"
WATCH_OVER = (Role.OWNER, Role.SERVICE_OWNER)
"""They may work anybody's lead."""


def decide(command: Command, lead: Lead | None) -> Decision[Change]:  # noqa: C901, PLR0911 - one case a command
    """The rule of each command."""
    if isinstance(command, le.OpenLead):
        return [le.LeadOpened(command.lead)] if lead is None else []
    if lead is None:
        raise UnknownLead("There is no such lead.")
    match command:
        case le.Step():
            return step(command, lead)
        case le.Win():
            return win(command, lead)
        case le.Lose():
            return lose(command, lead)
        case le.Follow():
            return follow(command, lead)
        case le.Climb():
            return climb(command, lead)
        case le.SettleWin():
            waits = isinstance(lead.course, le.Won) and not lead.course.settled
            return [le.WinSettled()] if waits else []
        case le.Forget():
            return forget(command, lead)
        case _:
            assert_never(command)


def step(command: le.Step, lead: Lead) -> Decision[Change]:
    """What is done next and by when; who moves a lead on says so with it, so that no open lead is without."""
    no = not_his(command.actor, lead, stands_in=command.stands_in)
    if no:
        return no
    now = _open(lead)
    stage = command.stages.named(command.stage or now.stage)
    if stage is None and command.stage is not None:
        raise UnknownStage("The shop's leads have no such stage.", stage=command.stage)
    if (
        command.due_at is not None
        and not timedelta(0) < command.due_at - command.at <= command.stages.furthest
    ):
        days = command.stages.furthest.days
        raise StepMakesNoSense(f"The next step is ahead, and not more than {days} days.")
    term = stage or command.stages.first
    due_at = command.due_at or command.calendar.after(command.at, term.within)
    planned = le.Planned(stage.code if stage else now.stage, command.step or now.step, due_at)
    changes: list[Change] = [] if _stands(planned, now, command) else [planned]
    if command.wants is not None and command.wants != lead.wants:
        changes.append(le.WishNoted(command.wants))
    return changes


def win(command: le.Win, lead: Lead) -> Decision[Change]:
    """He ordered: the lead is over, and after the sale he goes to an account manager (R98)."""
    no = not_his(command.actor, lead, stands_in=command.stands_in)
    if no:
        return no
    if isinstance(lead.course, le.Won) and lead.course.order_id == command.order_id:
        return []
    _open(lead)
    return [le.LeadWon(le.Won(command.order_id, command.at, command.actor.id))]


def lose(command: le.Lose, lead: Lead) -> Decision[Change]:
    """He will not order, and it is said why."""
    no = not_his(command.actor, lead, stands_in=command.stands_in)
    if no:
        return no
    if isinstance(lead.course, le.Lost) and lead.course.reason == command.reason:
        return []
    _open(lead)
    return [le.LeadLost(le.Lost(command.reason, command.at, command.actor.id))]


def follow(command: le.Follow, lead: Lead) -> Decision[Change]:
    """An open lead is whose the customer is (R98); who won or lost it stays who it was."""
    if not isinstance(lead.course, Open) or command.owner_id == lead.owner_id:
        return []
    return [le.LeadFollowed(command.owner_id)]


def climb(command: le.Climb, lead: Lead) -> Decision[Change]:
    """An overdue lead is known to one more: the owner is reminded, then his superior, then the shop's last resort."""
    now = lead.course
    if not isinstance(now, Open) or not any(each.at <= command.at for each in deadlines(lead)):
        return []
    return [le.Climbed(NEXT[now.rung], command.turned_to, command.climbs_at)]


def forget(command: le.Forget, lead: Lead) -> Decision[Change]:
    """Nothing written about him stays (152-FZ art. 21)."""
    changes: list[Change] = [le.WishForgotten()] if lead.wants is not None else []
    if isinstance(lead.course, Open):
        changes.append(le.LeadLost(le.Lost(ERASED, command.at, command.by)))
    return changes


def deadlines(lead: Lead) -> list[Deadline]:
    """An open lead waits for its next step, and then for whoever is on the ladder; a won one for its hand-over."""
    match lead.course:
        case Open(rung=Rung.ON_TIME, due_at=due_at):
            return [Deadline(DUE, due_at)]
        case Open(climbs_at=climbs_at):
            return [Deadline(CLIMB, climbs_at)] if climbs_at else []
        case le.Won(settled=False, at=at):
            return [Deadline(SETTLE, at)]
        case _:
            return []


def not_his(actor: Actor, lead: Lead, *, stands_in: bool) -> Refused[DutyRefused] | None:
    """A lead is worked by who answers for it, his deputy while he is away, who was turned to, and who watches over all (R98)."""
    no = duty(actor, Action.WORK_LEAD)
    if no:
        return no
    now = lead.course
    turned_to = now.turned_to if isinstance(now, Open) else None
    if stands_in or actor.id in (lead.owner_id, turned_to) or actor.has(*WATCH_OVER):
        return None
    text = "Somebody else answers for this lead; have the customer handed to you."
    return refused(actor, Action.WORK_LEAD, "R98", NotYourLead(text, owner_id=lead.owner_id))


def _open(lead: Lead) -> Open:
    if not isinstance(lead.course, Open):
        raise LeadClosed("This lead is over.", course=lead.course.kind)
    return lead.course


def _stands(planned: le.Planned, now: Open, command: le.Step) -> bool:
    """Nothing new is said; where a wish alone is noted, the plan stays, too."""
    if command.stage is None and command.step is None and command.due_at is None:
        return command.wants is not None
    return (planned.stage, planned.step) == (now.stage, now.step) and planned.due_at == now.due_at
