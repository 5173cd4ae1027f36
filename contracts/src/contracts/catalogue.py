"""Every published fact, and where its frozen schema and its example lie."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from contracts import (
    calls,
    claims,
    crm,
    deliveries,
    incidents,
    logistics,
    notifications,
    orders,
    procurement,
    quality,
    rush,
    supplier_cases,
)
from contracts.fact import FACTS, Fact

PUBLISHERS = (
    crm,
    procurement,
    supplier_cases,
    orders,
    rush,
    logistics,
    deliveries,
    incidents,
    notifications,
    quality,
    claims,
    calls,
)
"""The modules that publish; importing them here is what fills `FACTS`."""

PACKAGE = Path(__file__).parent


def facts() -> Mapping[str, type[Fact]]:
    """Every published fact by its CloudEvents type, in the order of its module."""
    return MappingProxyType(FACTS)


def folder(name: str) -> Path:
    """`schemas` or `examples`: inside the installed package, or beside its sources."""
    installed = PACKAGE / name
    return installed if installed.is_dir() else PACKAGE.parents[1] / name


def schema_of(fact: type[Fact]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a fact's body as a reader has to accept it."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:opblok:{fact.type}"}
    return head | fact.model_json_schema()


def frozen_schema_of(fact: type[Fact]) -> dict[str, Any]:
    return json.loads((folder("schemas") / f"{fact.type}.json").read_text(encoding="utf-8"))


def example_text(fact: type[Fact]) -> str:
    """The lifelike example of a fact's body, as it would stand in a record."""
    return (folder("examples") / f"{fact.type}.json").read_text(encoding="utf-8")


def example_of(fact: type[Fact]) -> Fact:
    """The same, read."""
    return fact.model_validate_json(example_text(fact))


def as_text(document: Mapping[str, Any]) -> str:
    """How a JSON document is written into a file that people read."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
