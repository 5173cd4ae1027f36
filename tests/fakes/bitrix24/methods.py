"""Which method does what, which need an application, and `batch`."""

import re
from collections.abc import Mapping
from typing import Any, cast

from tests.fakes.bitrix24 import cards, people, subscriptions, telephony
from tests.fakes.bitrix24.brackets import read_query
from tests.fakes.bitrix24.envelopes import Answer, Fault, many, mapping, php
from tests.fakes.bitrix24.portal import Asked, Portal
from tests.fakes.bitrix24.tokens import Caller

TAKES = 0.005
"""Seconds that a method runs."""
MOST = 50
APPLICATION_ONLY = (
    "telephony.externalcall.register", "telephony.externalcall.finish", "telephony.externalline.", "event.bind",
    "event.unbind", "event.get", "event.offline.", "event.test",
)  # fmt: skip
REFERENCE = re.compile(r"\$result((?:\[[^\]]+\])+)")
OLD = {f"crm.{name}.": kind for kind, name in cards.OLD.items()}


def call(
    portal: Portal, method: str, asked: Mapping[str, Any], caller: Caller, *, batched: bool = False
) -> Answer:
    """One method. Its running time counts, its outcome goes to the journal."""
    name = method.lower().removesuffix("/").removesuffix(".json")
    now, status = portal.clock(), 200
    try:
        if name != "batch":
            portal.operating.check(name, now)
        _check_context(name, caller)
        if name == "batch":
            return batch(portal, asked, caller, batched=batched)
        portal.operating.add(name, now, TAKES)
        return _answer(portal, name, asked, caller)
    except Fault as fault:
        status = fault.status
        raise
    finally:
        portal.journal.append(Asked(name, caller.application, status, batched))


def _check_context(name: str, caller: Caller) -> None:
    if name.startswith(APPLICATION_ONLY) and not caller.application:
        raise Fault(403, "WRONG_AUTH_TYPE", "Current authorization type is denied for this method")


def batch(portal: Portal, asked: Mapping[str, Any], caller: Caller, *, batched: bool) -> Answer:
    """Up to 50 commands, later ones may use `$result[key][path]` of earlier ones. 200 even when all of them fail."""
    if batched:
        raise Fault(405, "ERROR_BATCH_METHOD_NOT_ALLOWED", "Method is not allowed for batch usage")
    given: Any = asked.get("cmd") or {}
    pairs = mapping(given).items() if isinstance(given, Mapping) else enumerate(many(given))
    commands = {str(key): str(value) for key, value in pairs}
    if len(commands) > MOST:
        raise Fault(400, "ERROR_BATCH_LENGTH_EXCEEDED", "Max batch length exceeded")
    halt = str(asked.get("halt", 0)).lower() in ("1", "true", "y")
    done: dict[str, dict[str, Any]] = {
        name: {} for name in ("result", "result_error", "result_total", "result_next", "result_time")
    }
    for key, command in commands.items():
        method, _, query = command.partition("?")
        try:
            answer = call(portal, method, _resolved(read_query(query), done["result"]), caller, batched=True)
        except Fault as fault:
            done["result_error"][key] = fault.body
            if halt:
                break
            continue
        done["result"][key] = answer.result
        done["result_time"][key] = portal.timing.of(portal.clock(), TAKES, TAKES, portal.clock() + 600)
        for name, value in answer.pages().items():
            done[f"result_{name}"][key] = value
    whole = {name: php(value) for name, value in done.items()}
    if isinstance(given, list) and not done["result_error"]:
        whole["result"] = list(done["result"].values())
    return Answer(whole)


def _resolved(value: Any, results: Mapping[str, Any]) -> Any:
    """References are looked for in what was read, since clients write them encoded or not. One to nothing is empty."""
    if isinstance(value, dict):
        return {key: _resolved(one, results) for key, one in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_resolved(one, results) for one in cast("list[Any]", value)]
    return REFERENCE.sub(lambda found: _found(found[1], results), value) if isinstance(value, str) else value


def _found(path: str, results: Any) -> str:
    at: Any = results
    for step in re.findall(r"\[([^\]]+)\]", path):
        try:
            at = many(at)[int(step)] if isinstance(at, list) else mapping(at)[step]
        except (KeyError, IndexError, ValueError, TypeError):
            return ""
    return str(at)


def _answer(portal: Portal, name: str, asked: Mapping[str, Any], caller: Caller) -> Answer:
    for prefix, kind in OLD.items():
        if name.startswith(prefix):
            return cards.old_style(portal, kind, name.removeprefix(prefix), asked)
    if name.startswith("crm.item."):
        return cards.items(portal, name.removeprefix("crm.item."), asked)
    if name.startswith("telephony.externalline."):
        return telephony.lines(portal, name.removeprefix("telephony.externalline."), asked)
    known = {
        "crm.duplicate.findbycomm": lambda: cards.doubles(portal, asked),
        "crm.settings.mode.get": lambda: Answer(1),
        "crm.activity.todo.add": lambda: people.to_do(portal, asked),
        "tasks.task.add": lambda: people.task(portal, asked),
        "user.get": lambda: people.users(portal, asked),
        "user.current": lambda: people.current(portal, caller),
        "timeman.status": lambda: people.working_day(portal, asked, caller),
        "telephony.externalcall.searchcrmentities": lambda: telephony.search(portal, asked),
        "telephony.externalcall.register": lambda: telephony.register(portal, asked),
        "telephony.externalcall.show": lambda: telephony.shown(portal, asked, show=True),
        "telephony.externalcall.hide": lambda: telephony.shown(portal, asked, show=False),
        "telephony.externalcall.finish": lambda: telephony.finish(portal, asked),
        "telephony.externalcall.attachrecord": lambda: telephony.attach(portal, asked),
        "voximplant.statistic.get": lambda: telephony.statistics(portal, asked),
        "event.bind": lambda: subscriptions.bind(portal, asked),
        "event.unbind": lambda: subscriptions.unbind(portal, asked),
        "event.get": lambda: subscriptions.bound(portal),
        "event.offline.get": lambda: subscriptions.offline_get(portal, asked),
        "event.offline.clear": lambda: subscriptions.offline_clear(portal, asked),
        "event.test": lambda: _test(portal),
        "server.time": lambda: Answer(portal.timing.of(portal.clock(), 0, 0, 0)["date_start"]),
    }
    if name not in known:
        raise Fault(404, "ERROR_METHOD_NOT_FOUND", "Method not found!")
    return known[name]()


def _test(portal: Portal) -> Answer:
    portal.tell("ONAPPTEST", {})
    return Answer(result=True)
