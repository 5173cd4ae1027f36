"""What a conflict manager does all day, by short names."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from claims.domain import commands as o
from claims.domain.words import Answer, Channel, Guests, Stage, Step
from claims.testing.people import LEV

Given = dict[str, Any]
_WORK: Mapping[str, Callable[[Given], o.Command]] = {
    "take": lambda given: o.TakeClaim(**given, trained=True),
    "hear": lambda given: o.TickStep(**given, step=Step.HEAR),
    "try": lambda given: o.NoteTry(**given, on=given["at"].date()),
    "helped": lambda given: o.TryInstruction(**given, helped=True),
    "ask": lambda given: o.AskForItem(
        **given, on=given["at"].date(), channel=Channel.PHONE, answer=Answer.REFUSED
    ),
    "court": lambda given: o.Sharpen(**given, stage=Stage.COURT),
    "lawyer": lambda given: o.Escalate(
        **given, to=Guests.LEGAL, staff_id="lev", until=given["at"] + timedelta(days=1)
    ),
    "advice": lambda given: replace(o.Advise(**given, words="pay"), actor=LEV),
}
WORK = list(_WORK)


def work(what: str, given: Given) -> o.Command:
    """That command, by whom and when `given` says; advice is Lev's."""
    return _WORK[what](given)
