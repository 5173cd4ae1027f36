"""What is counted of a supplier, month by month: his deliveries, his answers, the cases with him (R45, R48).

Each thing is noted under its own name with its version, so that telling it twice, late or out of order counts it once; and
a month is one document, so that a scorecard never has to look at all purchases or cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from procurement.domain.supplier_case import Trouble


@dataclass(frozen=True, slots=True)
class DeliveryNote:
    """A purchase order: pieces ordered, good ones received, wrong ones; `complete_on`: nothing more is awaited since."""

    version: int
    expected_on: date
    ordered: int
    received: int
    wrong: int
    complete_on: date | None


@dataclass(frozen=True, slots=True)
class AnswerNote:
    """A yes or no that was asked for; `minutes` of working time until it came, None when it did not come in time."""

    version: int
    minutes: int | None


@dataclass(frozen=True, slots=True)
class CaseNote:
    """A case opened in this month, as it stands now; sums in minor units."""

    version: int
    trouble: Trouble
    closed: bool
    at_stake: int
    recovered: int
    own_failures: int


Note = DeliveryNote | AnswerNote | CaseNote


@dataclass(frozen=True, slots=True)
class Month:
    """A supplier's month; `month` is such as `2026-03`."""

    supplier_id: str
    month: str
    deliveries: Mapping[str, DeliveryNote] = field(default_factory=dict[str, DeliveryNote])
    answers: Mapping[str, AnswerNote] = field(default_factory=dict[str, AnswerNote])
    cases: Mapping[str, CaseNote] = field(default_factory=dict[str, CaseNote])

    def known(self, name: str, note: Note) -> Note | None:
        """What is noted of this thing already."""
        match note:
            case DeliveryNote():
                return self.deliveries.get(name)
            case AnswerNote():
                return self.answers.get(name)
            case CaseNote():
                return self.cases.get(name)


@dataclass(frozen=True, slots=True)
class NoteDown:
    """`name` is the thing's own: a purchase, an asked offer of an order, a case."""

    supplier_id: str
    month: str
    name: str
    note: Note


@dataclass(frozen=True, slots=True)
class Noted:
    supplier_id: str
    month: str
    name: str
    note: Note


def month_key(supplier_id: str, month: str) -> str:
    """The name of a supplier's month."""
    return f"{supplier_id}:{month}"


def decide(command: NoteDown, known: Month | None) -> Sequence[Noted]:
    """The newest that is known of a thing counts."""
    before = known.known(command.name, command.note) if known else None
    if before is not None and before.version >= command.note.version:
        return []
    return [Noted(command.supplier_id, command.month, command.name, command.note)]


def evolve(known: Month | None, change: Noted) -> Month:
    """The month with the note."""
    month = known or Month(change.supplier_id, change.month)
    match change.note:
        case DeliveryNote():
            return replace(month, deliveries={**month.deliveries, change.name: change.note})
        case AnswerNote():
            return replace(month, answers={**month.answers, change.name: change.note})
        case CaseNote():
            return replace(month, cases={**month.cases, change.name: change.note})
