"""External telephony: who calls, register with its window of thirty minutes, show and hide, finish, the record, lines."""

import base64
import binascii
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.fakes.bitrix24.envelopes import Answer, Fault, many
from tests.fakes.bitrix24.portal import Portal
from tests.fakes.bitrix24.rows import Row

DEDUPLICATED = 30 * 60
PHONES = ("USER_PHONE_INNER", "WORK_PHONE", "PERSONAL_PHONE", "PERSONAL_MOBILE")


def core(text: str) -> Fault:
    return Fault(400, "ERROR_CORE", text)


def search(portal: Portal, asked: Mapping[str, Any]) -> Answer:
    """`searchCrmEntities`: contacts, leads, companies, never deals; exact spelling. ASSIGNED_BY_ID is a number, ASSIGNED_BY.ID is not."""
    phone = str(asked.get("PHONE_NUMBER") or "")
    if not phone:
        raise core("PHONE_NUMBER is empty")
    hits = [
        (kind, row)
        for kind in ("CONTACT", "LEAD", "COMPANY")
        for row in portal.tables[kind].rows.values()
        if phone in [one["VALUE"] for one in row.get("PHONE", [])]
    ]
    return Answer([_hit(portal, kind, row) for kind, row in hits])


def register(portal: Portal, asked: Mapping[str, Any]) -> Answer:
    """A repeat within thirty minutes of the same phone, kind, user, line and own id is the same call."""
    user, phone, kind = (
        _user(portal, asked, "."),
        str(asked.get("PHONE_NUMBER") or ""),
        str(asked.get("TYPE") or ""),
    )
    if kind not in {"1", "2", "3", "4", "5"}:
        raise core("Unknown TYPE.")
    _check_start(asked.get("CALL_START_DATE"))
    if not any(letter.isdigit() for letter in phone) or any(letter.isalpha() for letter in phone):
        raise core("Unsupported phone number format.")
    key = (phone, kind, user, asked.get("LINE_NUMBER"), asked.get("EXTERNAL_CALL_ID"))
    now = portal.clock()
    for call in portal.calls.values():
        if call["key"] == key and now - call["at"] < DEDUPLICATED:
            return Answer(call["answer"])
    call_id = f"externalCall.{secrets.token_hex(16)}.{int(now)}"
    answer = {"CALL_ID": call_id, **_card(portal, asked, phone, user)}
    shown = {user} if str(asked.get("SHOW", "1")) == "1" else set[int]()
    portal.calls[call_id] = {
        "key": key, "at": now, "answer": answer, "shown": shown, "finished": None, "user": user,
        "asked": dict(asked), "record": None,
    }  # fmt: skip
    init = {"CALL_ID": call_id, "CALL_TYPE": kind, "CALLER_ID": phone, "REST_APP_ID": "3"}
    portal.tell("ONVOXIMPLANTCALLINIT", init)
    return Answer(answer)


def shown(portal: Portal, asked: Mapping[str, Any], *, show: bool) -> Answer:
    """`show` and `hide`; an unknown call is answered false, which is no error."""
    call = portal.calls.get(str(asked.get("CALL_ID")))
    if call is None or call["finished"]:
        return Answer(result=False)
    given = asked.get("USER_ID") or call["user"]
    users = {int(each) for each in many(given)}
    call["shown"] = call["shown"] | users if show else call["shown"] - users
    return Answer(result=True)


def finish(portal: Portal, asked: Mapping[str, Any]) -> Answer:
    """Ends the call; once. A second finish does not find it."""
    if not isinstance(asked.get("CALL_ID"), str):
        raise Fault(400, "INVALID_ARGUMENT", "CALL_ID must be a string")
    user = _user(portal, asked, "")
    call = portal.calls.get(asked["CALL_ID"])
    if call is None or call["finished"]:
        raise core("Call is not found (call should be registered prior to finishing)")
    duration, place = (
        int(asked.get("DURATION") or 0),
        len([c for c in portal.calls.values() if c["finished"]]),
    )
    status = str(asked.get("STATUS_CODE") or ("200" if duration else "304"))
    card = call["answer"]
    call["shown"] = set[int]()
    call["finished"] = {
        "ID": place + 1, "CALL_ID": asked["CALL_ID"], "EXTERNAL_CALL_ID": call["asked"].get("EXTERNAL_CALL_ID"),
        "PORTAL_USER_ID": user, "PHONE_NUMBER": call["asked"]["PHONE_NUMBER"],
        "PORTAL_NUMBER": call["asked"].get("LINE_NUMBER") or "", "INCOMING": str(call["asked"]["TYPE"]),
        "CALL_DURATION": duration, "CALL_START_DATE": dict[str, Any](), "CALL_STATUS": int(status == "200"), "CALL_VOTE": None,
        "COST": 0, "COST_CURRENCY": "", "CALL_FAILED_CODE": status,
        "CALL_FAILED_REASON": asked.get("FAILED_REASON") or "", "REST_APP_ID": "3", "REST_APP_NAME": "router",
        "CRM_ACTIVITY_ID": 7942 + place, "COMMENT": None, "CRM_ENTITY_TYPE": card["CRM_ENTITY_TYPE"],
        "CRM_ENTITY_ID": card["CRM_ENTITY_ID"],
    }  # fmt: skip
    names = ("CALL_ID", "PHONE_NUMBER", "PORTAL_NUMBER", "PORTAL_USER_ID", "CALL_DURATION", "CALL_FAILED_CODE",
             "CALL_FAILED_REASON", "CRM_ACTIVITY_ID")  # fmt: skip
    ended: Row = {name: call["finished"][name] for name in names}
    portal.tell("ONVOXIMPLANTCALLEND", {**ended, "CALL_TYPE": call["finished"]["INCOMING"]})
    return Answer(call["finished"])


def attach(portal: Portal, asked: Mapping[str, Any]) -> Answer:
    """`attachRecord`: only after finish; a repeat replaces the record."""
    call, name = portal.calls.get(str(asked.get("CALL_ID"))), asked.get("FILENAME")
    if call is None or not call["finished"]:
        raise core("Call is not found in the statistic table. It looks like it is not finished yet.")
    if not asked.get("RECORD_URL") and name is None:
        raise core("RECORD_URL or FILENAME should be set")
    if name is not None and not name:
        raise core("File name is empty")
    if name and not str(name).lower().endswith((".wav", ".mp3")):
        raise core("Wrong file extension. Only wav and mp3 are allowed")
    content = asked.get("FILE_CONTENT")
    if name and content is None and not asked.get("RECORD_URL"):
        url = f"{portal.site}/rest/upload.json?token=telephony%7C{call['finished']['ID']}"
        return Answer({"uploadUrl": url, "fieldName": "file"})
    if name and content is not None:
        try:
            base64.b64decode(content, validate=True)
        except (ValueError, binascii.Error) as wrong:
            raise core("File content is not base64") from wrong
    call["record"] = asked.get("RECORD_URL") or name
    return Answer({"FILE_ID": 9078 + call["finished"]["ID"]})


def lines(portal: Portal, method: str, asked: Mapping[str, Any]) -> Answer:
    """`telephony.externalLine.*`."""
    number = str(asked.get("NUMBER") or "")
    if method == "get":
        return Answer(list(portal.lines.values()))
    if not number:
        raise core("NUMBER should not be empty")
    if method == "add" and number in portal.lines:
        raise core("Line already exists")
    if method == "delete":
        portal.lines.pop(number, None)
        return Answer({"SUCCESS": True})
    line = {
        "NUMBER": number,
        "NAME": asked.get("NAME") or number,
        "CRM_AUTO_CREATE": asked.get("CRM_AUTO_CREATE", "Y"),
    }
    portal.lines[number] = line
    return Answer({"ID": 6 + len(portal.lines)})


def statistics(portal: Portal, asked: Mapping[str, Any]) -> Answer:
    """`voximplant.statistic.get`: all strings; the question after an outage is by EXTERNAL_CALL_ID."""
    wanted: Mapping[str, Any] = asked.get("FILTER") or {}
    ended = [call["finished"] for call in portal.calls.values() if call["finished"]]
    found = [row for row in ended if all(str(row.get(name)) == str(value) for name, value in wanted.items())]
    return Answer([{name: str(value) for name, value in row.items()} for row in found], total=len(found))


def _user(portal: Portal, asked: Mapping[str, Any], stop: str) -> int:
    id_, inner = asked.get("USER_ID"), asked.get("USER_PHONE_INNER")
    if not id_ and not inner:
        raise core(f"USER_ID or USER_PHONE_INNER should be set{stop}")
    rows = portal.users.values()
    found = next(
        (row for row in rows if str(row["ID"]) == str(id_) or (inner and row["UF_PHONE_INNER"] == inner)),
        None,
    )
    if found is None or not found["ACTIVE"]:
        raise core("User is not found or is not active")
    return found["ID"]


def _check_start(text: str | None) -> None:
    try:
        datetime.fromisoformat(text or "2026-01-01T00:00:00+03:00")
    except ValueError as wrong:
        raise core("CALL_START_DATE should be in the ISO-8601 format.") from wrong


def _card(portal: Portal, asked: Mapping[str, Any], phone: str, user: int) -> Row:
    known = search(portal, {"PHONE_NUMBER": phone}).result
    kind, id_ = asked.get("CRM_ENTITY_TYPE"), asked.get("CRM_ENTITY_ID")
    made: Row = {"CRM_CREATED_LEAD": None, "CRM_CREATED_ENTITIES": list[Any]()}
    if not kind and known:
        kind, id_ = known[0]["CRM_ENTITY_TYPE"], known[0]["CRM_ENTITY_ID"]
    if not kind and str(asked.get("CRM_CREATE", "0")) == "1":
        if not portal.lead_creation:
            text = "Lead creation is disabled for local users"
            return {**made, "CRM_ENTITY_TYPE": "", "CRM_ENTITY_ID": None, "LEAD_CREATION_ERROR": text}
        fields = {
            "TITLE": f"{phone} - incoming call",
            "PHONE": [phone],
            "ASSIGNED_BY_ID": user,
            "STATUS_ID": "NEW",
        }
        kind, id_ = "LEAD", portal.add("LEAD", fields)["ID"]
        created = [{"ENTITY_TYPE": "LEAD", "ENTITY_ID": id_}]
        made = {"CRM_CREATED_LEAD": id_, "CRM_CREATED_ENTITIES": created}
    return {**made, "CRM_ENTITY_TYPE": kind or "", "CRM_ENTITY_ID": int(id_) if id_ else None}


def _hit(portal: Portal, kind: str, row: Row) -> Row:
    user = portal.users.get(int(row.get("ASSIGNED_BY_ID") or 0), {})
    name = " ".join(filter(None, (row.get("NAME"), row.get("LAST_NAME")))) or row.get("TITLE", "")
    phones = {name: user.get("UF_PHONE_INNER" if name == "USER_PHONE_INNER" else name) for name in PHONES}
    return {
        "CRM_ENTITY_TYPE": kind,
        "CRM_ENTITY_ID": row["ID"],
        "ASSIGNED_BY_ID": int(row.get("ASSIGNED_BY_ID") or 0),
        "NAME": name,
        "ASSIGNED_BY": {
            "ID": str(user.get("ID", "")),
            "TIMEMAN_STATUS": user.get("TIMEMAN", "UNAVAILABLE"),
            **phones,
        },
    }
