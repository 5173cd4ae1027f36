"""No topic carries a phone, a name, an address, nor free words in which one could hide."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from contracts.catalogue import example_text, facts, schema_of
from contracts.fact import Fact
from contracts.values import Code, Id

PERSONAL = frozenset(
    [
        "phone",
        "tel",
        "telephone",
        "msisdn",
        "mobile",
        "caller",
        "sip",
        "email",
        "mail",
        "login",
        "name",
        "surname",
        "patronymic",
        "fio",
        "nick",
        "recipient",
        "address",
        "street",
        "city",
        "house",
        "flat",
        "apartment",
        "postcode",
        "zip",
        "location",
        "latitude",
        "longitude",
        "birth",
        "birthday",
        "passport",
        "inn",
        "snils",
        "card",
        "photo",
        "ip",
        "hash",
        "text",
        "note",
        "comment",
        "message",
        "words",
        "body",
    ]
)

OURS = frozenset({"message_id"})
"""Names that only sound personal."""

FREE = {
    "stock.changed.v1 title": "the goods' title from a supplier's feed",
    "order.*.v1 order.number": "our own number for people to say aloud",
    "shop.changed.v1 time_zone": "an IANA name",
    "order.*.v1 order.promise.time_zone": "an IANA name",
    "delivery.*.v1 shipment.time_zone": "an IANA name",
    "staff.changed.v1 roles": "kernel's roles",
    "grant.changed.v1 role": "kernel's roles",
    "grant.changed.v1 roles": "kernel's roles",
    "duty.refused.v1 thing": "the code says it: what kind of thing",
    "duty.refused.v1 action": "the code says it: kernel's actions",
    "duty.refused.v1 rule": "the code says it: R-number",
    "duty.refused.v1 actor_roles": "kernel's roles",
}
"""Text that is neither an id, a code nor a date, and why it cannot hold a person's data."""


class LampSentV1(Fact):
    topic: ClassVar[str] = "lamp.sent"
    type: ClassVar[str] = "lamp.sent.v1"
    lamp_id: Id
    reason: Code
    recipient_name: Code
    why: str


def fields(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of a fact at any depth with its schema, as `order.lines.product_id`."""
    parts: dict[str, Any] = schema.get("$defs", {})

    def inside(node: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any]]]:
        part = parts[node["$ref"].rpartition("/")[2]] if "$ref" in node else node
        for name, field in part.get("properties", {}).items():
            yield f"{place}{name}", field
            yield from inside(field, f"{place}{name}.")
        for deeper in (*part.get("anyOf", ()), *([part["items"]] if "items" in part else [])):
            yield from inside(deeper, place)

    return inside(schema, "")


def personal_fields(fact: type[Fact]) -> list[str]:
    names = {place: place.rpartition(".")[2] for place, _ in fields(schema_of(fact))}
    return [place for place, name in names.items() if name not in OURS and PERSONAL & set(name.split("_"))]


def is_free_text(field: dict[str, Any]) -> bool:
    bounds = {"pattern", "format", "const", "enum", "maxLength"}
    deeper = (*field.get("anyOf", ()), *([field["items"]] if "items" in field else []))
    return (field.get("type") == "string" and not bounds & field.keys()) or any(map(is_free_text, deeper))


def free_fields(fact: type[Fact]) -> list[str]:
    found = [f"{fact.type} {place}" for place, field in fields(schema_of(fact)) if is_free_text(field)]
    allowed = [re.escape(known).replace(r"\*", "[a-z_]+") for known in FREE]
    return [each for each in found if not any(re.fullmatch(known, each) for known in allowed)]


every_fact = pytest.mark.parametrize("fact", facts().values(), ids=lambda fact: fact.type)


@every_fact
def test_no_field_is_named_after_a_persons_data(fact: type[Fact]) -> None:
    assert personal_fields(fact) == []


@every_fact
def test_no_field_takes_free_words(fact: type[Fact]) -> None:
    assert free_fields(fact) == []


@every_fact
def test_no_example_holds_a_phone_or_a_mailbox(fact: type[Fact]) -> None:
    assert not re.search(r"@|\+\d{7}|\b[78][ (-]?9\d{2}", example_text(fact))


def test_both_guards_bite() -> None:
    assert personal_fields(LampSentV1) == ["recipient_name"]
    assert free_fields(LampSentV1) == ["lamp.sent.v1 why"]
    assert len(list(fields(schema_of(facts()["order.created.v1"])))) > 15
