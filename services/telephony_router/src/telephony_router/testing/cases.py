"""The routing table: cases as data, from examples/routing, each a situation and the plan that it gives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from telephony_router.domain.people import Duty, Telephones
from telephony_router.domain.plan import Kind, Plan, Step
from telephony_router.domain.routing import route
from telephony_router.domain.situation import Call, Card, Rules, Situation, Trouble
from telephony_router.testing.world import situation, with_people

TABLE = Path(__file__).parents[5] / "examples" / "routing"
MOSCOW = ZoneInfo("Europe/Moscow")


@dataclass(frozen=True, slots=True)
class Case:
    """One row of the table; `plan` and `passed_over` are what is expected, as text."""

    name: str
    file: str
    call: Call
    situation: Situation
    plan: tuple[str, ...]
    passed_over: Mapping[str, str]
    about: Mapping[str, Any]

    def found(self) -> Plan:
        """What the router says."""
        return route(self.call, self.situation)


def cases() -> Iterator[Case]:
    """Every case of the table, file by file."""
    for path in sorted(TABLE.glob("*.yaml")):
        for raw in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield _case(path.stem, raw)


def shown(plan: Plan, now: datetime) -> tuple[str, ...]:
    """A plan as the table writes it."""
    return tuple(f"{_step(step, now)}: {step.reason}" for step in plan.steps)


def _step(step: Step, now: datetime) -> str:
    by = f" by {step.by}" if step.by else ""
    who = f" {step.staff_id}" if step.staff_id else ""
    if step.kind is Kind.CALLBACK:
        assert step.due_at is not None
        due, today = step.due_at.astimezone(MOSCOW), now.astimezone(MOSCOW).date()
        return (
            f"callback{who} until {due:%H:%M}"
            if due.date() == today
            else f"callback{who} until {due:%Y-%m-%d %H:%M}"
        )
    if step.kind is Kind.PLAY:
        return "play"
    return f"{step.kind} {step.target}{who}{by} {step.seconds} s"


def _case(file: str, raw: dict[str, Any]) -> Case:
    now = _moment(raw.get("at", "2026-03-02 11:00"))
    people = with_people(**{name: _person(change) for name, change in raw.get("staff", {}).items()})
    duty = Duty(
        frozenset(raw.get("duty", ())),
        frozenset(raw.get("breaks", {})),
        tuple((name, _moment(back)) for name, back in raw.get("breaks", {}).items()),
    )
    found = situation(
        now=now,
        people=people,
        candidates=tuple(_card(each) for each in raw.get("customers", ())),
        duty=duty,
        lanes=raw.get("rush"),
        busy=frozenset(raw.get("busy", ())),
        rules=Rules(**{name: _rule(name, value) for name, value in raw.get("rules", {}).items()}),
    )
    plan = tuple(f"{text}: {reason}" for row in raw["plan"] for text, reason in row.items())
    call = Call(has_number=raw.get("number", "shown") == "shown")
    return Case(raw["name"], file, call, found, plan, raw.get("passed_over", {}), raw)


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=MOSCOW)


def _person(change: Any) -> dict[str, Any]:
    """A word of presence, or fields of a person."""
    if isinstance(change, str):
        return {"presence": change}
    fields = dict(change)
    for name in ("absent_since", "absent_until"):
        if name in fields:
            fields[name] = _moment(fields[name])
    phones = fields.pop("telephones", None)
    if phones is not None:
        hidden = frozenset(phones.get("hidden", ()))
        fields["telephones"] = Telephones(phones.get("desk", False), phones.get("mobile", False), hidden)
    return fields


def _card(raw: dict[str, Any]) -> Card:
    troubled = tuple(Trouble(**each) for each in raw.get("troubled", ()))
    rest = {name: value for name, value in raw.items() if name not in ("id", "owner", "troubled")}
    return Card(raw["id"], owner_id=raw.get("owner"), troubled=troubled, **rest)


def _rule(name: str, value: Any) -> Any:
    if name == "phone_hours":
        return tuple(time.fromisoformat(each) for each in value)
    return timedelta(hours=value) if name == "callback_within" else value
