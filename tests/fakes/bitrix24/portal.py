"""A portal: its tables, people, calls, subscriptions, and who may ask it how much."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.bitrix24.envelopes import Timing, many, mapping
from tests.fakes.bitrix24.limits import Bucket, Operating
from tests.fakes.bitrix24.rows import Row, Table
from tests.fakes.bitrix24.tokens import Tokens

EVENTS = {
    f"ONCRM{kind}{what}"
    for kind in ("CONTACT", "LEAD", "DEAL", "COMPANY")
    for what in ("ADD", "UPDATE", "DELETE")
} | {"ONUSERADD", "ONAPPINSTALL", "ONAPPUNINSTALL", "ONAPPTEST", "ONCRMDEALMOVETOCATEGORY"} | {
    "ONEXTERNALCALLSTART", "ONEXTERNALCALLBACKSTART", "ONVOXIMPLANTCALLINIT", "ONVOXIMPLANTCALLSTART",
    "ONVOXIMPLANTCALLEND", "ONOFFLINEEVENT",
}  # fmt: skip


@dataclass
class Weather:
    """What may be wrong. `html`: 503 that is no JSON. `forgetful`: it is done, and the connection breaks before the answer.
    `moved_to`: 302 to another host. `licence`: 302 to a page of the same host. `slow` in seconds.
    """

    html: bool = False
    forgetful: bool = False
    moved_to: str | None = None
    licence: bool = False
    slow: float = 0.0


@dataclass
class Asked:
    """One call of a method, as the journal keeps it: no secrets."""

    method: str
    application: bool
    status: int
    batched: bool


@dataclass
class Told:
    """One event on its way to a handler."""

    event: str
    data: dict[str, Any]
    handler: str
    handler_id: str | None
    tokens: bool


@dataclass
class Portal:
    """`site` is its own address. `events` wait here until somebody delivers them, or loses them."""

    site: str = "http://127.0.0.1:8191"
    clock: Callable[[], float] = time.time
    application_token: str = "51856fefc120afa4b628cc82d3935cce"
    outgoing: list[str] = field(default_factory=list[str])
    """Handlers of outgoing webhooks, which people set up by hand and which hear of everything."""
    tables: dict[str, Table] = field(
        default_factory=lambda: {kind: Table(kind) for kind in ("CONTACT", "LEAD", "DEAL", "COMPANY")}
    )
    users: dict[int, Row] = field(default_factory=dict[int, Row])
    calls: dict[str, Row] = field(default_factory=dict[str, Row])
    lines: dict[str, Row] = field(default_factory=dict[str, Row])
    bindings: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    offline: list[str] = field(default_factory=list[str])
    queue: dict[tuple[str, str], Row] = field(default_factory=dict[tuple[str, str], Row])
    events: list[Told] = field(default_factory=list[Told])
    journal: list[Asked] = field(default_factory=list[Asked])
    todos: list[Row] = field(default_factory=list[Row])
    bucket: Bucket = field(default_factory=Bucket)
    operating: Operating = field(default_factory=Operating)
    timing: Timing = field(default_factory=Timing)
    weather: Weather = field(default_factory=Weather)
    lead_creation: bool = True
    tokens: Tokens = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = Tokens(self.clock, self.site)

    def hire(self, user_id: int, **fields: Any) -> Row:
        """A user of the portal. Phones are free text, as people type them."""
        named = {"NAME": f"User{user_id}", "LAST_NAME": "", "EMAIL": f"user{user_id}@example.test"}
        rest = {"ACTIVE": True, "USER_TYPE": "employee", "IS_ONLINE": "N", "UF_DEPARTMENT": [1]}
        phones = dict.fromkeys(("PERSONAL_MOBILE", "PERSONAL_PHONE", "WORK_PHONE", "UF_PHONE_INNER"), None)
        self.users[user_id] = {
            **named,
            **rest,
            **phones,
            "TIMEMAN": "CLOSED",
            **fields,
            "ID": user_id,
        }
        self.tell("ONUSERADD", {"ID": str(user_id)})
        return self.users[user_id]

    def add(self, kind: str, fields: Mapping[str, Any], *, quietly: bool = False) -> Row:
        """A new card, with the event that goes with it."""
        made = self.tables[kind].add(_with_phones(fields), self.clock())
        if not quietly:
            self._tell_of(kind, "ADD", made["ID"])
        return made

    def change(self, kind: str, id_: Any, fields: Mapping[str, Any], *, quietly: bool = False) -> None:
        """`quietly`: its event is lost before anybody hears it."""
        if self.tables[kind].change(id_, _with_phones(fields), self.clock()) and not quietly:
            self._tell_of(kind, "UPDATE", id_)

    def remove(self, kind: str, id_: Any, *, quietly: bool = False) -> None:
        self.tables[kind].remove(id_)
        if not quietly:
            self._tell_of(kind, "DELETE", id_)

    def tell(self, event: str, data: Mapping[str, Any]) -> None:
        """Put an event on its way to everybody who subscribed."""
        for handler in self.outgoing:
            self.events.append(Told(event, dict(data), handler, None, tokens=False))
        for place, (bound, handler) in enumerate(self.bindings):
            if bound == event:
                self.events.append(Told(event, dict(data), handler, str(975 + place), tokens=True))
        if event in self.offline:
            key = (event, str(data))
            self.queue[key] = {"EVENT_NAME": event, "EVENT_DATA": dict(data), "TIMESTAMP_X": self.clock()}

    def _tell_of(self, kind: str, what: str, id_: Any) -> None:
        self.tell(f"ONCRM{kind}{what}", {"FIELDS": {"ID": str(id_)}})


def _with_phones(fields: Mapping[str, Any]) -> Row:
    """Each phone of a card has an id of its own."""
    made = dict(fields)
    if "PHONE" in made:
        rows = [mapping(each) or {"VALUE": each} for each in many(made["PHONE"])]
        made["PHONE"] = [
            {"ID": str(215 + place), "VALUE_TYPE": "WORK", **row, "TYPE_ID": "PHONE"}
            for place, row in enumerate(rows)
        ]
    return made
