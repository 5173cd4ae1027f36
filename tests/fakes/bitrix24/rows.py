"""The portal's tables, and its lists: filters with their prefixes, order, pages of 50, `start=-1`."""

import operator
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.bitrix24.envelopes import Answer, Fault, many, mapping, moment

PAGE = 50
PREFIXES = ("!=%", ">=", "<=", "!@", "=%", "!%", "!=", ">", "<", "@", "%", "=", "!")
Row = dict[str, Any]
COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "!": operator.ne, "!=": operator.ne,
    "=": operator.eq, "": operator.eq,
}  # fmt: skip
DATES = frozenset({"DATE_CREATE", "DATE_MODIFY", "createdTime", "updatedTime"})


@dataclass
class Table:
    """One kind of thing, by id."""

    kind: str
    rows: dict[int, Row] = field(default_factory=dict[int, Row])
    ids: list[int] = field(default_factory=list[int])
    last: int = 0

    def add(self, row: Mapping[str, Any], now: float) -> Row:
        self.last = int(row.get("ID") or self.last + 1)
        made: Row = {"DATE_CREATE": now, "DATE_MODIFY": now, **row, "ID": self.last}
        self.rows[self.last] = made
        self.ids.append(self.last)
        self.ids.sort()
        return made

    def find(self, id_: Any) -> Row:
        found = self.rows.get(int(id_)) if str(id_).isdecimal() else None
        if found is None:
            raise Fault(400, "", "Not found")
        return found

    def change(self, id_: Any, fields: Mapping[str, Any], now: float) -> bool:
        """Whether anything changed: an update without a change is not saved, so no event comes of it."""
        row = self.find(id_)
        if all(row.get(name) == value for name, value in fields.items()):
            return False
        row |= {**fields, "DATE_MODIFY": now}
        return True

    def remove(self, id_: Any) -> None:
        del self.rows[self.find(id_)["ID"]]
        self.ids = sorted(self.rows)

    def listed(
        self, asked: Mapping[str, Any], *, names: Mapping[str, str] | None = None
    ) -> tuple[list[Row], Answer]:
        """Rows of a page. `names`: how this method calls the columns."""
        wanted = _conditions(asked, names or {})
        order = _order(asked, names or {})
        start = int(asked.get("start") or 0)
        found = (self.rows[id_] for id_ in self._after(wanted))
        fitting = (row for row in found if all(_fits(row, *each) for each in wanted))
        if start < 0 and order in ([], [("ID", False)]):
            return _some(fitting), Answer(None, total=0)
        rows = list(fitting)
        for column, descending in reversed(order):
            rows.sort(key=lambda row, column=column: _comparable(column, row.get(column)), reverse=descending)
        begin, total = max(start, 0), len(rows)
        more = begin + PAGE if start >= 0 and begin + PAGE < total else None
        return rows[begin : begin + PAGE], Answer(None, total=0 if start < 0 else total, next=more)

    def _after(self, wanted: Iterable[tuple[str, str, Any]]) -> list[int]:
        """Ids from the first that may fit: paging by id stays fast in a table of a hundred thousand."""
        for prefix, column, value in wanted:
            if column == "ID" and prefix == ">":
                return self.ids[bisect_right(self.ids, int(value)) :]
        return self.ids


def _some(rows: Iterable[Row]) -> list[Row]:
    return [row for row, _ in zip(rows, range(PAGE), strict=False)]


def _asked(asked: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return mapping(next((value for key, value in asked.items() if key.lower() == name), None))


def _conditions(asked: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[str, str, Any]]:
    found: list[tuple[str, str, Any]] = []
    for key, value in _asked(asked, "filter").items():
        prefix = next((each for each in PREFIXES if key.startswith(each)), "")
        column = key[len(prefix) :]
        if names and column not in names:
            raise Fault(400, "INVALID_ARG_VALUE", f"field '{column}' is not allowed in filter")
        if prefix != ">" or value not in ("", None):  # a bound that is empty bounds nothing
            found.append((prefix, names.get(column, column), value))
    return found


def _order(asked: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[str, bool]]:
    given = _asked(asked, "order")
    return [(names.get(name, name), str(way).lower() == "desc") for name, way in given.items()]


def _fits(row: Row, prefix: str, column: str, value: Any) -> bool:
    if column == "PHONE":  # exact, as typed
        return value in [each["VALUE"] for each in row.get("PHONE", [])]
    mine = _comparable(column, row.get(column))
    if isinstance(value, list) or prefix in ("@", "!@"):
        return (mine in [_comparable(column, each) for each in many(value)]) != prefix.startswith("!")
    if prefix in ("%", "=%"):
        return str(value).strip("%").lower() in str(row.get(column) or "").lower()
    return COMPARED[prefix](mine, _comparable(column, value))


def _comparable(column: str, value: Any) -> Any:
    if column in DATES:
        return moment(value) if isinstance(value, str) else float(value or 0)
    if isinstance(value, bool):
        return "Y" if value else "N"
    text = "" if value is None else str(value)
    return (0, int(text), "") if text.isdecimal() else (1, 0, text)
