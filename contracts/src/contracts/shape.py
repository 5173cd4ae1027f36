"""What of a schema a machine reads."""

from typing import Any, cast

WORDS = ("title", "description")


def shape(schema: Any) -> Any:
    """A schema without the words meant for people (a property called `title` is a schema, not a word)."""
    match schema:
        case dict():
            inside = cast("dict[str, Any]", schema)
            return {
                key: shape(value)
                for key, value in inside.items()
                if not (key in WORDS and isinstance(value, str))
            }
        case list():
            return [shape(each) for each in cast("list[Any]", schema)]
        case _:
            return schema
