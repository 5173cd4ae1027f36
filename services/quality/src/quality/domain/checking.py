"""The second look at a closed call, by somebody else (R11)."""

from kernel.action import Action
from kernel.refusal import Decision
from kernel.refused_duty import refused

from quality.domain import changes as c
from quality.domain.call import Answered, Call, NotCalled
from quality.domain.changes import Change
from quality.domain.commands import RecordCheck
from quality.domain.refusals import CheckedBySomebodyElse, NoCheckDue


def record_check(command: RecordCheck, call: Call) -> Decision[Change]:
    """Once, by nobody who made a call of this order."""
    if not isinstance(call, Answered | NotCalled) or call.check is None:
        raise NoCheckDue("This call was not drawn for a second check.")
    if command.actor.id in {call.by, *(each.by for each in call.tries)}:
        no = CheckedBySomebodyElse("You made this call yourself.")
        return refused(command.actor, Action.CHECK_QUALITY.value, "R11", no)
    if call.check.agrees is not None:
        if (call.check.by, call.check.agrees) == (command.actor.id, command.agrees):
            return []
        raise NoCheckDue("This call was checked already.")
    return [c.CheckMade(command.actor.id, command.agrees, command.words, command.at)]
