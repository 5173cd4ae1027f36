"""What is due on a call, derived from its state: an open one always ends, and what was answered is counted."""

from collections.abc import Sequence

from kernel.deadline import Deadline

from quality.domain.acts import JOURNAL
from quality.domain.call import Answered, Call, NotCalled, Open

RING, OVERDUE, GIVE_UP, COUNT, CHECK = "ring", "overdue", "give_up", "count", "check"
__all__ = ["CHECK", "COUNT", "GIVE_UP", "JOURNAL", "OVERDUE", "RING", "deadlines"]


def deadlines(call: Call) -> list[Deadline]:
    """To be made, alerted of at day +2, given up; to be counted, checked, and written into the journal."""
    found: list[Deadline] = [*call.acts.due()]
    match call:
        case Open():
            found += [Deadline(RING, call.next_at), Deadline(GIVE_UP, call.asking.ends_at)]
            found += [] if call.overdue else [Deadline(OVERDUE, call.asking.overdue_at)]
        case Answered():
            found += [] if call.counted else [Deadline(COUNT, call.at)]
            found += _check(call)
        case NotCalled():
            found += _check(call)
    return found


def _check(call: Answered | NotCalled) -> Sequence[Deadline]:
    check = call.check
    waits = check is not None and check.agrees is None and not check.overdue
    return [Deadline(CHECK, check.due_at)] if check and waits else []
