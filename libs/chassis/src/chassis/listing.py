"""Lists that people work from: what is asked, and a page of the answer."""

import base64
import binascii
import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Generic, Protocol, TypeVar

from chassis.documents import Listed
from chassis.handling import Held

S = TypeVar("S")
LARGEST = 2**63


class BadCursor(ValueError):
    """A cursor that this list did not give."""


@dataclass(frozen=True, slots=True)
class Query:
    """Conditions on listed fields, all of which must hold. In `equal`, a list or tuple means "one of"; against a listed
    field that is itself a list, a value means "contains". `order` is the field sorted by; ties are broken by key.
    """

    equal: Mapping[str, Listed] = field(default_factory=dict[str, Listed])
    at_most: Mapping[str, Listed] = field(default_factory=dict[str, Listed])
    at_least: Mapping[str, Listed] = field(default_factory=dict[str, Listed])
    order: str = "_id"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[S]):
    """A page of things; `next` is the cursor of the page after it, None at the end."""

    items: list[Held[S]]
    next: str | None


class Paged(Protocol[S]):
    """What is listed by pages: a store."""

    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[S]: ...


async def each_of(store: Paged[S], query: Query, at_once: int) -> AsyncGenerator[Held[S]]:
    """All that fits, so many read at once: what is done to one may take it out of the list, and none is missed by it."""
    after: str | None = None
    while True:
        page = await store.page(query, at_once, after)
        for held in page.items:
            yield held
        after = page.next
        if after is None:
            return


def cursor(value: Any, key: str) -> str:
    """Opaque to callers: where a page ended."""
    kind = "at" if isinstance(value, datetime) else "is"
    raw = json.dumps([kind, value.isoformat() if isinstance(value, datetime) else value, key])
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def read_cursor(text: str) -> tuple[Any, str]:
    """The order value and key where a page ended."""
    try:
        kind, value, key = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(key, str) or not _storable(value) or kind not in ("at", "is"):
            raise BadCursor("This cursor was not given by this list.")
        key.encode()
        return (datetime.fromisoformat(str(value)).astimezone(UTC) if kind == "at" else value), key
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error) as wrong:
        raise BadCursor("This cursor was not given by this list.") from wrong


def _storable(value: Any) -> bool:
    """Whether MongoDB can look for it at all. Raise `ValueError` for text that is none."""
    if isinstance(value, str):
        value.encode()
    return value is None or isinstance(value, str) or (isinstance(value, int) and abs(value) < LARGEST)
