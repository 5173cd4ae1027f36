"""Figures: each counted at its own pace, none shown that is not known, no more series than were foreseen."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

import pytest
from chassis.clock import StoppedClock
from chassis.deadlines import DeadlineWorker
from chassis.figures import ALL, Figure, NotForeseen, Shown, foreseen, of_deadlines
from chassis.handling import Handler, Occasion
from chassis.memory import MemoryStore
from chassis.testing.shelf import MONDAY, SHELF, SHELVES, Put, occasion, tell_nobody
from kernel.deadline import Deadline
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader, NumberDataPoint


class Counted:
    """What is counted next, by value; None: the store is down."""

    def __init__(self, **numbers: float) -> None:
        self.numbers: Mapping[str, float] | None = numbers
        self.looks = 0

    async def __call__(self) -> Mapping[str, float]:
        self.looks += 1
        if self.numbers is None:
            raise ConnectionError("no store")
        return self.numbers


def shown_by(reader: InMemoryMetricReader) -> list[tuple[str, str, dict[str, Any], float]]:
    """Name, unit, labels and number of what is shown."""
    data = reader.get_metrics_data()
    return [
        (metric.name, metric.unit or "", dict(point.attributes or {}), cast("NumberDataPoint", point).value)
        for resource in (data.resource_metrics if data else ())
        for scope in resource.scope_metrics
        for metric in scope.metrics
        for point in metric.data.data_points
    ]


def figure(look: Counted, **more: Any) -> Figure:
    usual: dict[str, Any] = {"name": "shelves", "label": "kind", "values": ("full", "empty")}
    return Figure(unit="{shelf}", description="Shelves.", look=look, **(usual | more))


async def test_what_was_counted_is_shown_under_its_label_and_service() -> None:
    reader, look = InMemoryMetricReader(), Counted(full=3, empty=1)
    shown = Shown("warehouse", (figure(look),))
    shown.show(MeterProvider([reader]).get_meter("t"))
    assert shown_by(reader) == []

    await shown.look()

    assert shown_by(reader) == [
        ("shelves", "{shelf}", {"service": "warehouse", "kind": "full"}, 3),
        ("shelves", "{shelf}", {"service": "warehouse", "kind": "empty"}, 1),
    ]


async def test_what_cannot_be_counted_is_not_shown_and_keeps_no_other_from_being_counted() -> None:
    reader, broken, well = InMemoryMetricReader(), Counted(full=3), Counted(**{ALL: 7})
    shown = Shown("warehouse", (figure(broken, every=0.0), Figure("bobbins", "1", "Bobbins.", well)))
    shown.show(MeterProvider([reader]).get_meter("t"))
    await shown.look()

    broken.numbers = None
    await shown.look()

    assert shown_by(reader) == [("bobbins", "1", {"service": "warehouse"}, 7)]


async def test_each_is_counted_at_its_own_pace() -> None:
    often, seldom, now = Counted(full=1), Counted(full=1), [0.0]
    shown = Shown("w", (figure(often), figure(seldom, name="rooms", every=300.0)), passed=lambda: now[0])

    for now[0] in range(0, 305, 5):
        await shown.look()

    assert (often.looks, seldom.looks) == (21, 2)


def test_a_value_that_was_not_foreseen_is_refused() -> None:
    with pytest.raises(NotForeseen, match="o-17"):
        foreseen(figure(Counted()), {"full": 1, "o-17": 1})


async def test_a_deadline_that_nobody_can_handle_is_seen_to_grow_old() -> None:
    store, clock = MemoryStore(SHELVES), StoppedClock(MONDAY)
    await Handler("warehouse", SHELF, store, tell_nobody)(Put("s-1", 1, MONDAY), occasion("o"), opening=True)

    async def unable(key: str, deadline: Deadline, why: Occasion) -> None:
        raise ConnectionError(key)

    worker = DeadlineWorker("warehouse", store, clock, unable)
    (behind,) = of_deadlines([worker])
    in_time = await behind.look()
    clock.forward(timedelta(days=1, minutes=5))
    await worker.once()

    assert (in_time, await behind.look()) == ({"shelves": 0.0}, {"shelves": 300.0})
    assert of_deadlines([]) == ()
