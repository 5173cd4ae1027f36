"""Whether what a deployment tells each service is what `opblok up` tells it, and what the table of settings knows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from opblok.home import Home
from opblok.settings_page import sections
from opblok.stack.apps import Addresses, told
from opblok.stack.settings import SERVICES, StackSettings

from deploy.drawing.plan import PLANS, SECRETS

NAMES = {service: service.replace("_", "-") for service in SERVICES}
ELSEWHERE = {"OPBLOK_MONGO": "OPBLOK_MONGO_FILE"}
"""What `opblok up` gives openly, because it holds no password there."""
EMBEDDED_ONLY = {"OPBLOK_KAFKA_SESSION_TIMEOUT", "OPBLOK_MAILBOX"}
SHOPS_OWN = {"OPBLOK_PUBLIC_URL", "OPBLOK_SURVEY_URL"}
"""Addresses by which customers come in from outside: no service's own."""


@dataclass(frozen=True)
class Place:
    """One service as a deployment would start it. `shared`: variables that all are told in one ConfigMap."""

    service: str
    variables: Mapping[str, str]
    ports: Sequence[int]
    secrets: frozenset[str]
    shared: frozenset[str] = field(default_factory=frozenset[str])


def disagreements(places: Iterable[Place]) -> list[str]:
    """In words; empty when all is as it should be."""
    found = {place.service: place for place in places}
    lines = [f"{service}: is not there" for service in SERVICES if service not in found]
    for place in found.values():
        lines += [f"{place.service}: {line}" for line in wrong_in(place)]
    return lines


def wrong_in(place: Place) -> Iterator[str]:
    names = set(place.variables)
    yield from (f"{name} is not given" for name in sorted(given_by_up(place.service) - names))
    yield from (
        f"{name} is not in the table of settings"
        for name in sorted(names - known(place.service))
        if name not in place.shared
    )
    port = StackSettings().port_of(place.service)
    if place.variables.get("OPBLOK_PORT") != str(port) or list(place.ports) != [port]:
        yield f"listens at {place.variables.get('OPBLOK_PORT')} and {list(place.ports)}, not at {port}"
    if place.variables.get("OPBLOK_CLIENT_ID") != place.service:
        yield f"its client is {place.variables.get('OPBLOK_CLIENT_ID')}"
    yield from wrong_addresses(place)
    yield from wrong_files(place)


def wrong_addresses(place: Place) -> Iterator[str]:
    for name, value in place.variables.items():
        if not value.startswith("http://") or name in SHOPS_OWN or not name.startswith("OPBLOK_"):
            continue
        host, port = urlsplit(value).hostname, urlsplit(value).port
        meant = [service for service, dns in NAMES.items() if dns == host]
        if (
            not meant
            or port != StackSettings().port_of(meant[0])
            or (name.endswith("_URL") and name != f"OPBLOK_{meant[0].upper()}_URL" and meant != ["crm"])
        ):
            yield f"{name} is {value}"


def wrong_files(place: Place) -> Iterator[str]:
    for name, value in place.variables.items():
        file = Path(value)
        if name.endswith("_FILE") and (str(file.parent) != SECRETS or file.name not in place.secrets):
            yield f"{name} names {value}, which is not given to it"
    others = {
        f"{service}.{kind}" for service in SERVICES for kind in ("client-secret", "mongodb", "vault-keys")
    }
    mine = {each for each in others if each.startswith(f"{place.service}.")}
    yield from (f"holds {each}, which is another's" for each in sorted(place.secrets & (others - mine)))


def given_by_up(service: str) -> set[str]:
    """The names of what the embedded stack tells this service, as a deployment has them."""
    with TemporaryDirectory() as folder:
        names = told(service, StackSettings(), Home(Path(folder)), Addresses("kafka", "mongo"))
    return {ELSEWHERE.get(name, name) for name in names if name not in EMBEDDED_ONLY}


@cache
def known(service: str) -> frozenset[str]:
    """Every variable that this service reads, after docs/settings.md; OpenTelemetry's are named by its specification."""
    own = {f"Only {each}": each for each in SERVICES}
    names: set[str] = {"OTEL_METRICS_EXPORTER"}
    for heading, _, rows in sections():
        whose = own.get(heading.partition(":")[0])
        if whose in {None, service} and heading != "The embedded stack":
            names |= {row[0] for row in rows}
    return frozenset(names)


def asked_in_code(root: Path) -> dict[str, set[str]]:
    """Which services each one calls, by its own source; crm besides is asked by all for tokens."""
    return {
        service: {
            other
            for file in (root / "services" / service / "src").rglob("*.py")
            if "testing" not in file.parts
            for other in SERVICES
            if f'.of("{other}")' in file.read_text(encoding="utf-8")
        }
        for service in SERVICES
    }


def asked_by_plan() -> dict[str, set[str]]:
    return {plan.service: set(plan.peers) for plan in PLANS}
