"""NPS of one day and one dimension: company, carrier, manager, supplier or touchpoint (R85, R87). Told at the day's end, and anew when more came."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kernel.deadline import Deadline

from quality.domain.judging import Figures

TELL = "tell"


class Of(StrEnum):
    """Whose NPS."""

    COMPANY = "company"
    CARRIER = "carrier"
    MANAGER = "manager"
    SUPPLIER = "supplier"
    TOUCHPOINT = "touchpoint"


@dataclass(frozen=True, slots=True)
class Place:
    """`day` is an ISO date of the delivery city; `of_id` for the company is the shop's."""

    shop_id: str
    day: str
    of: Of
    of_id: str

    @property
    def key(self) -> str:
        """Names the measure."""
        return f"{self.shop_id}:{self.day}:{self.of}:{self.of_id}"


@dataclass(frozen=True, slots=True)
class Measure:
    """`told` are the figures last told, None before; `due_at` when the newest are told."""

    place: Place
    figures: Figures
    due_at: datetime
    told: Figures | None = None


@dataclass(frozen=True, slots=True)
class TakeIn:
    """Answers were counted; `ends_at` is the end of the day, `at` now."""

    place: Place
    figures: Figures
    ends_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class TellDay:
    place: Place
    figures: Figures


@dataclass(frozen=True, slots=True)
class TakenIn:
    place: Place
    figures: Figures
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DayTold:
    figures: Figures


Measured = TakenIn | DayTold


class NeverTakenIn(Exception):
    """A day told before anything was counted: a defect."""


def measure(command: TakeIn | TellDay, known: Measure | None) -> Sequence[Measured]:
    """Counted again and again it only grows; what is told is told once, until it grows (R90)."""
    grown = command.figures.with_most(known.figures) if known else command.figures
    match command:
        case TakeIn():
            due_at = max(command.ends_at, command.at)
            news = known is None or grown != known.figures
            return [TakenIn(command.place, grown, due_at)] if news else []
        case TellDay():
            return [DayTold(grown)] if known and grown.answers and grown != known.told else []


def evolve(known: Measure | None, change: Measured) -> Measure:
    """The measure after the change."""
    match change:
        case TakenIn():
            told = known.told if known else None
            return Measure(change.place, change.figures, change.due_at, told)
        case DayTold():
            if known is None:
                raise NeverTakenIn
            return replace(known, figures=change.figures, told=change.figures)


def deadlines(known: Measure) -> Sequence[Deadline]:
    """To be told, unless it is."""
    return [] if known.figures == known.told else [Deadline(TELL, known.due_at)]
