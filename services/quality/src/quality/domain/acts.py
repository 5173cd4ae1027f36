"""What people did to a thing, until it stands in the journal: kept with the thing, so a crash in between loses none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kernel.deadline import Deadline

JOURNAL = "journal"


@dataclass(frozen=True, slots=True)
class Act:
    """`what` is a word of ours; `about` a further word (a rule, an outcome), never a customer's."""

    number: int
    what: str
    by: str
    at: datetime
    about: str = ""


@dataclass(frozen=True, slots=True)
class Acts:
    """`count` of all there ever were; `open` those the journal does not have yet, oldest first."""

    count: int = 0
    open: tuple[Act, ...] = ()

    def plus(self, what: str, by: str, at: datetime, about: str = "") -> "Acts":
        """One more."""
        number = self.count + 1
        return Acts(number, (*self.open, Act(number, what, by, at, about)))

    def written(self, up_to: int) -> "Acts":
        """The journal has them up to this one."""
        return replace(self, open=tuple(each for each in self.open if each.number > up_to))

    def due(self) -> Sequence[Deadline]:
        """At once; whoever finds it overdue writes them down."""
        return [Deadline(JOURNAL, self.open[-1].at)] if self.open else []
