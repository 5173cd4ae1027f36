"""Goods and offers of an exchange joined by their ids, on the disk: a catalogue, its offers, prices and rests may come in
several files, each larger than memory.
"""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

CACHE_KB = 16_000
TABLES = """
    CREATE TABLE goods (id TEXT PRIMARY KEY, said TEXT) WITHOUT ROWID;
    CREATE TABLE offers (id TEXT UNIQUE, file INTEGER, part TEXT, line INTEGER, said TEXT);
    CREATE TABLE again (id TEXT, part TEXT, line INTEGER);
"""
JOINED = (
    "SELECT o.id, o.part, o.line, o.said, g.said FROM offers o LEFT JOIN goods g ON g.id ="
    " CASE instr(o.id, '#') WHEN 0 THEN o.id ELSE substr(o.id, 1, instr(o.id, '#') - 1) END ORDER BY o.rowid"
)


class Offered(NamedTuple):
    """An offer where it stands first, and what is said of it and of its goods."""

    offer_id: str
    part: str
    line: int
    offer: dict[str, Any]
    good: dict[str, Any]

    @property
    def is_variant(self) -> bool:
        """One of several forms of a thing: `thing#form`."""
        return "#" in self.offer_id


class Joined:
    """One exchange. What a later file says of an offer is added to what an earlier one said."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written = self._connected()
        self._written.executescript(TABLES)

    def good(self, good_id: str, said: dict[str, Any]) -> None:
        self._written.execute("INSERT OR IGNORE INTO goods VALUES (?, ?)", (good_id, _dumped(said)))

    def offer(self, offer_id: str, file: int, part: str, line: int, said: dict[str, Any]) -> None:
        """`file` numbers the files: an id that stands twice in one of them is told of."""
        row = (offer_id, file, part, line, _dumped(said))
        if self._written.execute("INSERT OR IGNORE INTO offers VALUES (?, ?, ?, ?, ?)", row).rowcount:
            return
        found = self._written.execute("SELECT file, said FROM offers WHERE id = ?", (offer_id,)).fetchone()
        if found[0] == file:
            self._written.execute("INSERT INTO again VALUES (?, ?, ?)", (offer_id, part, line))
            return
        both = json.dumps(added(json.loads(found[1]), said), ensure_ascii=False)
        self._written.execute("UPDATE offers SET file = ?, said = ? WHERE id = ?", (file, both, offer_id))

    def close(self) -> None:
        """All is written."""
        self._written.commit()
        self._written.close()

    def offers(self) -> Iterator[Offered]:
        """In the order of the files."""
        reading = self._connected()
        try:
            for offer_id, part, line, offer, good in reading.execute(JOINED):
                yield Offered(offer_id, part, line, json.loads(offer), json.loads(good) if good else {})
        finally:
            reading.close()

    def named_again(self) -> Iterator[tuple[str, str, int]]:
        """Where an id stands a second time in its file."""
        reading = self._connected()
        try:
            yield from reading.execute("SELECT id, part, line FROM again ORDER BY rowid")
        finally:
            reading.close()

    def _connected(self) -> sqlite3.Connection:
        # a pass may be ended by another thread than the one that reads
        made = sqlite3.connect(self._path, check_same_thread=False)
        made.executescript(
            f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-{CACHE_KB}; PRAGMA temp_store=FILE"
        )
        return made


def added(before: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """What both say; where both say something, the later."""
    both = dict(before)
    for name, value in more.items():
        if isinstance(value, dict):
            both[name] = {**both.get(name, {}), **value}
        elif value:
            both[name] = value
    return both


def _dumped(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False)
