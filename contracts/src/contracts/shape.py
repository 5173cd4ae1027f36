"""Whether two schemas are the same to a machine, and whether one only adds what every reader may ignore."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

WORDS = ("title", "description")
MAY_GROW = ("properties", "$defs", "enum")


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


def only_adds(old: Any, new: Any, under: str = "") -> bool:
    """Whether `new` differs from `old` by new optional fields and new known words of open lists alone."""
    match old, new:
        case dict(), dict():
            return _dict_only_adds(cast("dict[str, Any]", old), cast("dict[str, Any]", new), under)
        case list(), list():
            return _list_only_adds(cast("list[Any]", old), cast("list[Any]", new), under)
        case _:
            return bool(old == new)


def _dict_only_adds(old: Mapping[str, Any], new: Mapping[str, Any], under: str) -> bool:
    added = new.keys() - old.keys() - {"$defs"}
    if old.keys() - new.keys() or (added and under not in MAY_GROW):
        return False
    return all(only_adds(old[key], new[key], key) for key in old)


def _list_only_adds(old: Sequence[Any], new: Sequence[Any], under: str) -> bool:
    if under == "enum":
        return set(old) <= set(new)
    return len(old) == len(new) and all(only_adds(*pair) for pair in zip(old, new, strict=True))
