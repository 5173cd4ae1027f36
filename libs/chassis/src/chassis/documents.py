"""How a state becomes a document and comes back: one description per kind of thing, in `adapters/documents.py`."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Generic, Protocol, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from chassis.faults import Fault

S = TypeVar("S")

Listed = str | int | bool | datetime | None | Sequence[str]
"""What a list may be searched and sorted by: BSON-native, flat."""

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]


class UnknownSchema(Exception):
    """A document for which no upgrade is known."""


class WrittenByNewer(Fault):
    """A document that a newer version of this service wrote. Whoever meets it waits for his own upgrade: during a roll
    nothing is given up.
    """


class UnreadableState(Exception):
    """A document that does not fit its schema. Says where, never what: a value may be personal."""


class Seals(Protocol):
    """The vault, as far as documents need it."""

    def seal(self, value: bytes, about: str) -> dict[str, Any]: ...

    def open(self, sealed: Mapping[str, Any], about: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Documents(Generic[S]):
    """`schema` numbers the shape of the state; `upgrades[n]` turns shape n into n+1, purely (wire.md 4).

    `sealed` are dotted paths into the state's JSON (`*` is every item of a list or mapping) whose values are encrypted
    at rest. `listed` gives the fields that lists are searched and sorted by; `indexes` and `unique` name them.
    `history_kept` is at least as long as topics keep the thing's facts; a thing that changes a hundred times a day has to
    be short of memory, since its history is part of the document.
    """

    collection: str
    states: TypeAdapter[S]
    schema: int
    listed: Callable[[S], Mapping[str, Listed]]
    indexes: tuple[tuple[str, ...], ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    sealed: tuple[str, ...] = ()
    upgrades: Mapping[int, Upgrade] = field(default_factory=dict[int, Upgrade])
    history_kept: timedelta = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Codec(Generic[S]):
    """Dumps and loads the states of one kind of thing, sealing what is personal."""

    documents: Documents[S]
    vault: Seals | None

    def dump(self, key: str, state: S) -> dict[str, Any]:
        """The state as stored."""
        raw = self.documents.states.dump_python(state, mode="json")
        for path in self.documents.sealed:
            self._each(raw, path.split("."), partial(self._seal, about=self._about(key, path)))
        return raw

    def load(self, key: str, schema: int, raw: dict[str, Any]) -> S:
        """The state as it is meant now, whatever version of the service wrote it."""
        for path in self.documents.sealed:
            self._each(raw, path.split("."), partial(self._open, about=self._about(key, path)))
        if schema > self.documents.schema:
            raise WrittenByNewer(
                f"{self.documents.collection}: schema {schema}, known {self.documents.schema}"
            )
        while schema != self.documents.schema:
            upgrade = self.documents.upgrades.get(schema)
            if upgrade is None:
                raise UnknownSchema(
                    f"{self.documents.collection}: schema {schema}, known {self.documents.schema}"
                )
            raw, schema = upgrade(raw), schema + 1
        try:
            return self.documents.states.validate_python(raw)
        except ValidationError as wrong:
            where = sorted({".".join(map(str, each["loc"])) for each in wrong.errors(include_input=False)})
            raise UnreadableState(f"{self.documents.collection}/{key}: {', '.join(where)}") from None

    def _about(self, key: str, path: str) -> str:
        return f"{self.documents.collection}/{key}/{path}"

    def _seal(self, value: Any, about: str) -> Any:
        if value is None or self.vault is None:
            return value
        return {"sealed": self.vault.seal(json.dumps(value, ensure_ascii=False).encode(), about)}

    def _open(self, value: Any, about: str) -> Any:
        if self.vault is None or not isinstance(value, dict) or "sealed" not in value:
            return cast("Any", value)
        return json.loads(self.vault.open(cast("Mapping[str, Any]", value["sealed"]), about))

    def _each(self, node: Any, path: list[str], change: Callable[[Any], Any]) -> None:
        head, *rest = path
        for place in _places(node, head):
            if rest:
                self._each(node[place], rest, change)
            else:
                node[place] = change(node[place])


def _places(node: Any, name: str) -> list[Any]:
    if isinstance(node, list):
        return list(range(len(cast("list[Any]", node)))) if name == "*" else []
    if isinstance(node, dict):
        fields = cast("dict[str, Any]", node)
        return list(fields) if name == "*" else [name] if name in fields else []
    return []
