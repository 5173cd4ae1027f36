"""PHP's way to put nested values into a form or an address: `fields[PHONE][0][VALUE]=...`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from urllib.parse import parse_qsl

KEY = re.compile(r"\[([^\]]*)\]")


def read(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Nested values out of bracketed names; mappings whose keys are 0, 1, 2... become lists."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        _put(found, _path(name), value)
    return {name: _listed(value) for name, value in found.items()}


def read_query(text: str) -> dict[str, Any]:
    """The same out of a query string."""
    return read(parse_qsl(text, keep_blank_values=True))


def write(value: Any, name: str = "") -> list[tuple[str, str]]:
    """Bracketed pairs. An empty array is dropped, as PHP does."""
    if isinstance(value, Mapping):
        fields = cast("Mapping[Any, Any]", value)
        return [each for key, one in fields.items() for each in write(one, _inside(name, key))]
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = cast("Sequence[Any]", value)
        return [each for place, one in enumerate(items) for each in write(one, _inside(name, place))]
    return [(name, "" if value is None else str(value))]


def _inside(name: str, key: Any) -> str:
    return f"{name}[{key}]" if name else str(key)


def _path(name: str) -> list[str]:
    head = name.partition("[")[0]
    return [head, *KEY.findall(name[len(head) :])]


def _put(into: dict[str, Any], path: list[str], value: str) -> None:
    for place, key in enumerate(path):
        key = key or str(len(into))  # noqa: PLW2901 - `a[]=1` appends
        if place == len(path) - 1:
            into[key] = value
        else:
            deeper = into.setdefault(key, {})
            if not isinstance(deeper, dict):
                deeper = into[key] = {}
            into = cast("dict[str, Any]", deeper)


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _listed(one) for key, one in cast("dict[str, Any]", value).items()}
    in_order = list(inner) == [str(place) for place in range(len(inner))]
    return list(inner.values()) if inner and in_order else inner
