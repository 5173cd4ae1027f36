"""A supplier's scorecard, and how far he can be relied on (R41, R45, R48). Pure.

Reliability is a product of three shares, each drawn towards what we expect of a supplier we know nothing of, as if we had
seen so many such cases before (a Beta prior's mean and weight): one late delivery of two does not make him unreliable, and
ten of twenty do.

- deliveries complete by the day: expected 90%, as much worth as 5 deliveries;
- pieces that came and were right: expected 98%, as much worth as 50 pieces;
- answers in time: expected 90%, as much worth as 5 answers.

Nothing known is 0.9 * 0.98 * 0.9 = 0.7938. It grows with every good delivery and never with a bad one. Our own failures
are shown beside and never count against him.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from procurement.domain.supplier_case import Trouble
from procurement.domain.track_record import AnswerNote, CaseNote, DeliveryNote, Month


@dataclass(frozen=True, slots=True)
class Share:
    """So many good ones of so many."""

    good: int
    of: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None when there was nothing."""
        return self.good / self.of if self.of else None

    def drawn_to(self, expected: float, weight: int) -> float:
        """The share as if `weight` more had been seen, that many of them good as expected."""
        return (self.good + expected * weight) / (self.of + weight)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """`right`, `short` and `wrong` are pieces of complete deliveries; `minutes` the mean working time of answers; `troubles` the
    cases opened, by kind; sums in minor units; `own_failures` are ours (R45).
    """

    on_time: Share
    right: Share
    short: int
    wrong: int
    answered: Share
    minutes: int | None
    troubles: Mapping[Trouble, int]
    closed: int
    at_stake: int
    recovered: int
    own_failures: int

    @property
    def opened(self) -> int:
        return sum(self.troubles.values())


def scorecard(months: Sequence[Month], today: date) -> Scorecard:
    """All months together. A delivery whose day is over and that is not complete is late; one still to come says nothing."""
    deliveries = [note for month in months for note in month.deliveries.values()]
    answers = [note for month in months for note in month.answers.values()]
    cases = [note for month in months for note in month.cases.values()]
    complete = [note for note in deliveries if note.complete_on is not None]
    return Scorecard(
        on_time=_on_time(deliveries, today),
        right=Share(sum(map(_right, complete)), sum(note.ordered for note in complete)),
        short=sum(map(_short, complete)),
        wrong=sum(note.wrong for note in complete),
        answered=Share(sum(note.minutes is not None for note in answers), len(answers)),
        minutes=_mean(answers),
        troubles=_troubles(cases),
        closed=sum(note.closed for note in cases),
        at_stake=sum(note.at_stake for note in cases),
        recovered=sum(note.recovered for note in cases),
        own_failures=sum(note.own_failures for note in cases),
    )


def reliability(card: Scorecard) -> float:
    """From 0 to 1, by the rule above (R41)."""
    on_time = card.on_time.drawn_to(0.9, 5)
    right = card.right.drawn_to(0.98, 50)
    answered = card.answered.drawn_to(0.9, 5)
    return on_time * right * answered


def months_between(first: str, last: str) -> list[str]:
    """All months from one to the other, such as `2026-03`; none when the last is before the first."""
    year, month = map(int, first.split("-"))
    found: list[str] = []
    while (name := f"{year:04}-{month:02}") <= last:
        found.append(name)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004 - December
    return found


def _short(note: DeliveryNote) -> int:
    return max(0, note.ordered - note.received)


def _right(note: DeliveryNote) -> int:
    """Pieces ordered that were no trouble: a wrong piece stands for one that is missing, or is one too many."""
    return note.ordered - min(note.ordered, max(_short(note), note.wrong))


def _on_time(deliveries: Iterable[DeliveryNote], today: date) -> Share:
    over = [note for note in deliveries if note.complete_on is not None or note.expected_on < today]
    good = sum(note.complete_on is not None and note.complete_on <= note.expected_on for note in over)
    return Share(good, len(over))


def _mean(answers: Sequence[AnswerNote]) -> int | None:
    known = [note.minutes for note in answers if note.minutes is not None]
    return round(sum(known) / len(known)) if known else None


def _troubles(cases: Sequence[CaseNote]) -> dict[Trouble, int]:
    counted = {kind: sum(note.trouble is kind for note in cases) for kind in Trouble}
    return {kind: n for kind, n in counted.items() if n}
