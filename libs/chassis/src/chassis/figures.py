"""Figures of what a service keeps: counted from its store now and then, shown as gauges by `/metrics` and OTLP.

Each replica that counts shows the same number, so they are read by their maximum, never summed up. A figure that can't be
counted is not shown, rather than shown as it was.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import structlog
from opentelemetry.metrics import CallbackOptions, Meter, Observation

from chassis.blame import reason
from chassis.deadlines import DeadlineWorker
from chassis.metrics import meter

log = structlog.get_logger(__name__)

EVERY = 15.0
LOOK_EVERY = 5.0
ALL = ""
"""The only value of a figure without a label."""

Look = Callable[[], Awaitable[Mapping[str, float]]]


class NotForeseen(ValueError):
    """A figure was counted by a value that it did not name before: ids would make series without end."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`look` counts by the value of `label`, which is one of `values`: so many series it has, and no more. Without a label it
    answers `{ALL: number}`. `unit` is of UCUM: `s`, `1`, or a word in braces; `every`: seconds between two looks.
    """

    name: str
    unit: str
    description: str
    look: Look
    label: str = ""
    values: tuple[str, ...] = (ALL,)
    every: float = EVERY


class Shown:
    """The figures of one service, as last counted."""

    def __init__(
        self, service: str, figures: Sequence[Figure], *, passed: Callable[[], float] = time.monotonic
    ) -> None:
        self._service = service
        self._figures = figures
        self._passed = passed
        self._seen: dict[str, Mapping[str, float]] = {}
        self._next: dict[str, float] = {}

    def show(self, meter: Meter = meter) -> None:
        """Make their gauges; once a process."""
        for each in self._figures:
            meter.create_observable_gauge(
                each.name, [self._shower(each)], unit=each.unit, description=each.description
            )

    async def keep_looking(self) -> None:
        """Count for ever."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_EVERY)

    async def look(self) -> Mapping[str, Mapping[str, float]]:
        """Count those whose time has come; all numbers as they are known now, by figure and value."""
        now = self._passed()
        for each in self._figures:
            if self._next.get(each.name, now) <= now:
                self._next[each.name] = now + each.every
                await self._count(each)
        return dict(self._seen)

    async def _count(self, figure: Figure) -> None:
        try:
            self._seen[figure.name] = foreseen(figure, await figure.look())
        except Exception as fault:  # noqa: BLE001 - the store is down; the others may be counted
            self._seen.pop(figure.name, None)
            log.warning("a figure was not counted", figure=figure.name, fault=reason(fault))

    def _shower(self, figure: Figure) -> Callable[[CallbackOptions], Iterable[Observation]]:
        def observe(_: CallbackOptions) -> Iterable[Observation]:
            for value, number in self._seen.get(figure.name, {}).items():
                about = {figure.label: value} if figure.label else {}
                yield Observation(number, {"service": self._service, **about})

        return observe


def of_deadlines(workers: Sequence[DeadlineWorker]) -> tuple[Figure, ...]:
    """How far each kind of thing is behind with its deadlines, also while none can be handled at all."""
    if not workers:
        return ()

    async def look() -> Mapping[str, float]:
        return {each.thing: await each.behind() for each in workers}

    return (
        Figure(
            "opblok.deadlines.behind",
            "s",
            "For how long the oldest passed deadline waits to be handled.",
            look,
            label="thing",
            values=tuple(each.thing for each in workers),
        ),
    )


def foreseen(figure: Figure, counted: Mapping[str, float]) -> Mapping[str, float]:
    """The counted numbers; raise `NotForeseen` for a value that the figure did not name."""
    if surprising := set(counted) - set(figure.values):
        raise NotForeseen(f"{figure.name} has no value {min(surprising)!r}")
    return counted
