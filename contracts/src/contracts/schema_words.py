"""A JSON Schema of a body in words that fit a table: fields, their types, whether they are always there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Node = Mapping[str, Any]
FORMATS = {"date-time": "date and time, RFC 3339", "date": "date", "duration": "duration, ISO 8601"}


@dataclass(frozen=True, slots=True)
class Field:
    """`part`: the name of the shared part its value has, if any."""

    name: str
    words: str
    always: bool
    part: str | None


def fields(schema: Node) -> list[Field]:
    """The fields of a body, or of a part of it, in their order."""
    required = schema.get("required", ())
    return [
        Field(name, in_words(field), name in required, _part(field))
        for name, field in schema.get("properties", {}).items()
    ]


def in_words(schema: Node) -> str:
    """`text, up to 200 characters`, `one of new, contacted or another code`, `list of LineV1`."""
    said = (say(schema[key]) for key, say in SAYINGS.items() if key in schema)
    return next(said, None) or (_text(schema) if schema.get("type") == "string" else _number(schema))


def _one_of(choices: list[Node]) -> str:
    nothing = [each for each in choices if each.get("type") == "null"]
    told = [in_words(each) for each in choices if each not in nothing]
    return " or ".join([*told, *(["nothing"] if nothing else [])])


def _text(schema: Node) -> str:
    if "format" in schema:
        return FORMATS.get(schema["format"], str(schema["format"]))
    if "pattern" in schema:
        return "another code" if schema["pattern"].startswith("^[a-z]") else f"text like {schema['pattern']}"
    return f"text, up to {schema['maxLength']} characters" if "maxLength" in schema else "text"


def _number(schema: Node) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    kind = str(schema.get("type", "anything"))
    return (
        kind + (f" from {least}" if least is not None else "") + (f" to {most}" if most is not None else "")
    )


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


SAYINGS: Mapping[str, Callable[[Any], str]] = {
    "$ref": _name,
    "anyOf": _one_of,
    "enum": lambda words: "one of " + ", ".join(map(str, words)),
    "items": lambda items: f"list of {in_words(items)}",
    "additionalProperties": lambda values: f"by key: {in_words(values)}",
}


def _part(schema: Node) -> str | None:
    return next(_refs(schema), None)


def _refs(schema: Node) -> Iterator[str]:
    if "$ref" in schema:
        yield _name(schema["$ref"])
    for deeper in (*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())):
        yield from _refs(deeper)
