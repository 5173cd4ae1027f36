"""A customer was erased: he is asked no more, and his words go; what is counted stays (152-FZ art. 21, R90)."""

from collections.abc import Sequence
from datetime import datetime

from quality.domain import changes as c
from quality.domain.call import Call, NotCalled, Open
from quality.domain.changes import Change

ERASED = "customer_erased"
NOBODY = "nobody"


def is_erased(call: Call) -> bool:
    """Whether nobody asks him any more, by no way: nothing of him is taken."""
    return isinstance(call, NotCalled) and call.reason == ERASED


def forgotten(call: Call, at: datetime) -> Sequence[Change]:
    """Said twice it is quiet."""
    if isinstance(call, Open):
        return [c.CallGivenUp(ERASED, NOBODY, at, None)]
    words = call.check is not None and call.check.words is not None
    if call.kind == "answered":
        words = words or bool(call.answers.words)
    return [c.WordsForgotten()] if words else []
