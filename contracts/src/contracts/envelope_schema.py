"""The CloudEvents headers of a record (binary mode), as a JSON Schema, and as the example of a fact would carry them."""

from typing import Any

from contracts.fact import Fact

TEXT = {"type": "string"}

HEADERS: dict[str, Any] = {
    "type": "object",
    "description": "CloudEvents 1.0, binary mode: the value is the body alone. Every header is UTF-8 text.",
    "required": [
        "ce_specversion",
        "ce_id",
        "ce_type",
        "ce_source",
        "ce_subject",
        "ce_time",
        "ce_sequence",
        "ce_correlationid",
        "ce_causationid",
        "content-type",
    ],
    "properties": {
        "ce_specversion": {"const": "1.0"},
        "ce_id": TEXT | {"description": "A UUIDv7. The same id again is the same fact told again."},
        "ce_type": TEXT | {"description": "The type of the fact with its version."},
        "ce_source": TEXT | {"description": "The service that tells it."},
        "ce_subject": TEXT | {"description": "The thing it is about; the sequence counts its facts."},
        "ce_time": TEXT | {"format": "date-time"},
        "ce_sequence": TEXT
        | {
            "pattern": "^[0-9]+$",
            "description": "Grows with each fact of the thing. A lower one is older news; gaps mean nothing.",
        },
        "ce_correlationid": TEXT | {"description": "The story it belongs to."},
        "ce_causationid": TEXT | {"description": "The command or the fact that caused it."},
        "traceparent": TEXT | {"description": "W3C trace context of the moment it happened."},
        "tracestate": TEXT,
        "content-type": {"const": "application/json"},
    },
}


def headers_of(fact: type[Fact], told_by: tuple[str, ...]) -> dict[str, Any]:
    """What the headers of this fact are in particular."""
    own = {"ce_type": {"const": fact.type}, "ce_source": {"enum": list(told_by)}}
    return {"allOf": [{"$ref": "#/components/schemas/Headers"}, {"type": "object", "properties": own}]}


def example_headers(fact: Fact, told_by: tuple[str, ...]) -> dict[str, str]:
    """Headers as they could stand beside this example."""
    return {
        "ce_specversion": "1.0",
        "ce_id": "019cad6f-1c80-7a41-9f3e-5d2b8c604e17",
        "ce_type": fact.type,
        "ce_source": told_by[0],
        "ce_subject": fact.subject(),
        "ce_time": "2026-03-02T07:12:00.000Z",
        "ce_sequence": "1",
        "ce_correlationid": fact.story(),
        "ce_causationid": "019cad6f-1c7e-7c02-8a55-c01d9e7b3f60",
        "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "content-type": "application/json",
    }
