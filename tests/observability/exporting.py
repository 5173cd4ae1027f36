"""Run as a program: prints the names of all samples that the services can export to Prometheus, one a line.

All services are composed in memory, and each of their instruments is given one number as soon as it is made, so that the
real reader shows it under the name, suffix and unit that Prometheus will see.
"""

import base64
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

from chassis.figures import Shown, of_deadlines
from chassis.metrics import Backlog, show_backlog
from chassis.testing.memory import MemoryChassis
from chassis.vault import Vault
from opblok.stack.settings import SERVICES
from opentelemetry import metrics
from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.metrics import CallbackOptions, Observation
from opentelemetry.sdk.metrics import MeterProvider
from prometheus_client import REGISTRY, generate_latest


def one(_: CallbackOptions) -> Sequence[Observation]:
    return [Observation(1)]


class Counting(metrics.Meter):
    """Makes real instruments, and uses each of them once."""

    def __init__(self, inner: metrics.Meter) -> None:
        super().__init__(inner.name)
        self._inner = inner

    def create_counter(self, name: str, unit: str = "", description: str = "") -> Any:
        made = self._inner.create_counter(name, unit, description)
        made.add(1)
        return made

    def create_up_down_counter(self, name: str, unit: str = "", description: str = "") -> Any:
        made = self._inner.create_up_down_counter(name, unit, description)
        made.add(1)
        return made

    def create_gauge(self, name: str, unit: str = "", description: str = "") -> Any:
        made = self._inner.create_gauge(name, unit, description)
        made.set(1)
        return made

    def create_histogram(self, name: str, unit: str = "", description: str = "", **more: Any) -> Any:
        made = self._inner.create_histogram(name, unit, description, **more)
        made.record(1)
        return made

    def create_observable_gauge(
        self, name: str, callbacks: Any = None, unit: str = "", description: str = ""
    ) -> Any:
        return self._inner.create_observable_gauge(name, [one], unit, description)

    def create_observable_counter(
        self, name: str, callbacks: Any = None, unit: str = "", description: str = ""
    ) -> Any:
        return self._inner.create_observable_counter(name, [one], unit, description)

    def create_observable_up_down_counter(
        self, name: str, callbacks: Any = None, unit: str = "", description: str = ""
    ) -> Any:
        return self._inner.create_observable_up_down_counter(name, [one], unit, description)


class Provider(metrics.MeterProvider):
    def __init__(self, inner: MeterProvider) -> None:
        self._inner = inner

    def get_meter(self, name: str, *args: Any, **more: Any) -> metrics.Meter:
        return Counting(self._inner.get_meter(name, *args, **more))


def composed(service: str) -> None:
    """Compose it as its component tests do, and show what it shows as a process."""
    settings = getattr(
        importlib.import_module(f"{service}.settings"),
        "".join(word.title() for word in service.split("_")) + "Settings",
    )
    chassis = MemoryChassis(service)
    parts = importlib.import_module(f"{service}.bootstrap").compose(chassis, settings())
    show_backlog(service, Backlog)
    Shown(service, (*of_deadlines(parts.deadlines), *parts.figures)).show()


def main() -> None:
    os.environ |= {
        "OPBLOK_VAULT_KEYS": f"k:{Vault.generate_key()}",
        "OPBLOK_PHONE_KEY": base64.b64encode(os.urandom(32)).decode(),
    }
    reader = PrometheusMetricReader(registry=REGISTRY, scope_info_enabled=False)
    metrics.set_meter_provider(Provider(MeterProvider([reader])))
    importlib.import_module("chassis.serving")  # what a process has beside what is composed
    for service in SERVICES:
        composed(service)
    lines = generate_latest(REGISTRY).decode().splitlines()
    names = {line.partition("{")[0].partition(" ")[0] for line in lines if line and not line.startswith("#")}
    sys.stdout.write("\n".join(sorted(names)) + "\n")


if __name__ == "__main__":
    main()
