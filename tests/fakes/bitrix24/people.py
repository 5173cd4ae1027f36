"""The methods about people: `user.get`, `user.current`, `timeman.status`, tasks and to-dos as the last resort of a call."""

from collections.abc import Mapping
from typing import Any

from tests.fakes.bitrix24.envelopes import Answer, Fault, iso, many, word
from tests.fakes.bitrix24.portal import Portal
from tests.fakes.bitrix24.rows import PAGE, Row
from tests.fakes.bitrix24.tokens import Caller

SHOWN = ("ID", "NAME", "LAST_NAME", "SECOND_NAME", "EMAIL", "WORK_POSITION", "PERSONAL_MOBILE", "PERSONAL_PHONE",
         "WORK_PHONE", "UF_PHONE_INNER", "IS_ONLINE", "USER_TYPE")  # fmt: skip


def users(portal: Portal, asked: Mapping[str, Any]) -> Answer:
    """`user.get`: filter in `FILTER`, `filter` or at the root; strings but for ACTIVE and UF_DEPARTMENT; TIMESTAMP_X leaks as an
    object.
    """
    given = {key.upper(): value for key, value in asked.items()}
    wanted: Mapping[str, Any] = given.get("FILTER") or {
        name: value for name, value in given.items() if name in (*SHOWN, "ACTIVE")
    }
    found = [row for row in sorted(portal.users.values(), key=lambda row: row["ID"]) if _fits(row, wanted)]
    start = max(0, int(given.get("START") or 0))
    more = start + PAGE if start + PAGE < len(found) else None
    return Answer([_shown(row) for row in found[start : start + PAGE]], total=len(found), next=more)


def current(portal: Portal, caller: Caller) -> Answer:
    """`user.current`, and `profile` in short."""
    return Answer(_shown(portal.users[caller.user_id]))


def working_day(portal: Portal, asked: Mapping[str, Any], caller: Caller) -> Answer:
    """`timeman.status`; PAUSED is the closest thing to a lunch break."""
    row = portal.users.get(int(asked.get("USER_ID", asked.get("user_id")) or caller.user_id))
    if row is None:
        raise Fault(400, "", "User not found")
    now = iso(portal.clock())
    return Answer(
        {
            "STATUS": row["TIMEMAN"],
            "TIME_START": now,
            "TIME_FINISH": None,
            "DURATION": "00:00:00",
            "TIME_LEAKS": "00:00:00",
            "ACTIVE": True,
            "IP_OPEN": "",
            "IP_CLOSE": "",
            "LAT_OPEN": 0,
            "LON_OPEN": 0,
            "LAT_CLOSE": 0,
            "LON_CLOSE": 0,
            "TZ_OFFSET": 10800,
        }
    )


def to_do(portal: Portal, asked: Mapping[str, Any]) -> Answer:
    """`crm.activity.todo.add`: needs a card and a deadline. Not idempotent."""
    if not asked.get("ownerTypeId") or not asked.get("ownerId"):
        raise Fault(400, "100", "Could not find value for parameter {ownerTypeId}")
    if not asked.get("deadline"):
        raise Fault(400, "WRONG_DATETIME_FORMAT", "Wrong date and time format")
    portal.todos.append(dict(asked))
    return Answer({"id": 998 + len(portal.todos)})


def task(portal: Portal, asked: Mapping[str, Any]) -> Answer:
    """`tasks.task.add`. Not idempotent."""
    fields: Mapping[str, Any] = asked.get("fields") or {}
    if not fields.get("TITLE") or not fields.get("RESPONSIBLE_ID"):
        raise Fault(400, "ERROR_CORE", "Не указано название задачи или исполнитель")
    portal.todos.append(dict(fields))
    return Answer({"task": {"id": str(3710 + len(portal.todos)), "title": fields["TITLE"]}})


def _fits(row: Row, wanted: Mapping[str, Any]) -> bool:
    for name, value in wanted.items():
        column = name.lstrip("><=!%@").upper()
        if name.startswith(">"):
            if row[column] <= int(value):
                return False
        elif column == "ACTIVE":
            if row["ACTIVE"] != (value in (True, "true", "Y", "1", 1)):
                return False
        elif str(row.get(column)) not in [str(one) for one in many(value)]:
            return False
    return True


def _shown(row: Row) -> Row:
    shown = {name: word(row.get(name)) for name in SHOWN}
    return {
        **shown,
        "ACTIVE": row["ACTIVE"],
        "UF_DEPARTMENT": row["UF_DEPARTMENT"],
        "TIMESTAMP_X": {},
        "LAST_LOGIN": "",
    }
