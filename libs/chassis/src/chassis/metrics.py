"""Figures of what every service does, by OpenTelemetry; `/metrics` and OTLP show the same."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from opentelemetry import metrics
from opentelemetry.metrics import CallbackOptions, Observation

meter = metrics.get_meter("opblok")

LATENESS = meter.create_histogram(
    "opblok.deadlines.lateness",
    unit="s",
    description="How long after its moment a deadline was handled.",
    explicit_bucket_boundaries_advisory=[
        0.25,
        0.5,
        1.0,
        2.5,
        5.0,
        10.0,
        30.0,
        60.0,
        300.0,
        900.0,
        3600.0,
        14400.0,
    ],
)


@dataclass
class Backlog:
    """The outbox as last looked at; figures are read often, the store is asked seldom."""

    things: int = 0
    age: float = 0.0


def show_backlog(service: str, backlog: Callable[[], Backlog]) -> None:
    """Show how many things owe facts, and for how long the oldest has."""

    def things(_: CallbackOptions) -> Iterable[Observation]:
        yield Observation(backlog().things, {"service": service})

    def age(_: CallbackOptions) -> Iterable[Observation]:
        yield Observation(backlog().age, {"service": service})

    meter.create_observable_gauge(
        "opblok.outbox.backlog", [things], unit="{thing}", description="Things that owe facts to Kafka."
    )
    meter.create_observable_gauge(
        "opblok.outbox.age", [age], unit="s", description="Age of the oldest fact owed."
    )
