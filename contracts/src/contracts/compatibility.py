"""What a change of a schema breaks for those who read by it, in words; nothing is said of what every reader may ignore.

Both ways count: an old reader meets new facts, and a new reader meets the facts that topics still keep. So a field more
must be optional, and only a list that is open (its words, or any other code) may get a word more.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from contracts.shape import shape

Node = Mapping[str, Any]


def breaks(old: Node, new: Node) -> list[str]:
    """Complaints, each with the place it is about; none when all that differs is an addition or words for people."""
    return sorted(set(_node(shape(old), shape(new), "the body", is_open=False)))


def _node(old: Node, new: Node, at: str, *, is_open: bool) -> Iterator[str]:
    for key in sorted({*old, *new}):
        yield from _keyword(key, old, new, at, is_open=is_open)


def _keyword(key: str, old: Node, new: Node, at: str, *, is_open: bool) -> Iterator[str]:
    before, after = old.get(key), new.get(key)
    match key:
        case "properties" | "$defs":
            yield from _parts(before or {}, after or {}, at if key == "properties" else "")
        case "required":
            yield from _required(before or (), after or (), at)
        case "enum":
            yield from _words(before or (), after or (), at, is_open=is_open)
        case "anyOf" if before and after and len(before) == len(after):
            yield from _choices(before, after, at)
        case "items" if before and after:
            yield from _node(before, after, f"{at}[]", is_open=False)
        case _ if before != after:
            yield f"{at}: {key} was {_said(before)} and is {_said(after)}"
        case _:
            return


def _parts(old: Node, new: Node, at: str) -> Iterator[str]:
    for name, before in old.items():
        place = f"{at}.{name}" if at else name
        if name not in new:
            yield f"{place}: it is gone"
        else:
            yield from _node(before, new[name], place, is_open=False)


def _required(old: Sequence[str], new: Sequence[str], at: str) -> Iterator[str]:
    yield from (f"{at}.{name}: facts told before need not have it" for name in new if name not in old)
    yield from (f"{at}.{name}: its readers count on it" for name in old if name not in new)


def _words(old: Sequence[str], new: Sequence[str], at: str, *, is_open: bool) -> Iterator[str]:
    if not old or not new:
        yield f"{at}: a list of words came or went"
        return
    yield from (f"{at}: {word!r} is gone from its words" for word in old if word not in new)
    if not is_open:
        yield from (f"{at}: {word!r} is new in a list that was closed" for word in new if word not in old)


def _choices(old: Sequence[Node], new: Sequence[Node], at: str) -> Iterator[str]:
    is_open = any("pattern" in each for each in old)
    for before, after in zip(old, new, strict=True):
        yield from _node(before, after, at, is_open=is_open)


def _said(value: Any) -> str:
    return "not there" if value is None else str(cast("object", value))
