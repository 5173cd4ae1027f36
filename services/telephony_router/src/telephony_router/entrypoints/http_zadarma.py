"""Zadarma and Novofon 1.0: one redirect per question, asked again when it returns (zadarma.com/ru/support/api, user-api-v1 lib/Webhook).

Form bodies; the header `Signature` is base64 of the hex HMAC-SHA1 over the fields that the event names. Redirects go to extensions only, so a mobile is
rung by its person's extension with `rewrite_forward_number`.
"""

from typing import Annotated, Any
from urllib.parse import parse_qsl

from chassis.http.asking import Now
from fastapi import APIRouter, Depends, Header, Request
from fastapi.exceptions import RequestValidationError

from telephony_router.application.believing import NotBelieved, ZadarmaSigned
from telephony_router.application.dialling import Hop, Way
from telephony_router.application.taking_calls import Heard
from telephony_router.application.walking import Walking
from telephony_router.domain.call import Event, Said
from telephony_router.entrypoints.hooks import PROBLEMS, Directory, Raw, Takes, count, refuse
from telephony_router.entrypoints.wired import reached

router = APIRouter(prefix="/webhooks/zadarma", tags=["webhooks"], responses=PROBLEMS)
Walks = Annotated[Walking, reached("walking")]

OFFERED = ("caller_id", "called_did", "call_start")
SIGNED = {
    "NOTIFY_START": OFFERED, "NOTIFY_IVR": OFFERED, "NOTIFY_INTERNAL": OFFERED, "NOTIFY_END": OFFERED,
    "NOTIFY_ANSWER": ("caller_id", "destination", "call_start"),
    "NOTIFY_RECORD": ("pbx_call_id", "call_id_with_rec"),
    "NOTIFY_OUT_START": ("internal", "destination", "call_start"),
    "NOTIFY_OUT_END": ("internal", "destination", "call_start"),
}  # fmt: skip
ASKING = ("NOTIFY_START", "NOTIFY_IVR")
"""Such are answered with a telephone; what is only reported may come days late."""
LEAST_RING, MOST_FIELDS = 3, 50
FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["event", "pbx_call_id"],
                    "properties": {"event": {"type": "string"}, "pbx_call_id": {"type": "string"}},
                }
            }
        },
    }
}
Form = dict[str, str]


async def believed(
    request: Request,
    raw: Raw,
    now: Now,
    signature: Annotated[str, Header(alias="Signature", max_length=200)] = "",
) -> Form:
    """The fields of an event that is signed by its own fields."""
    form = _read(request, raw)
    signed: ZadarmaSigned = request.app.state.zadarma
    try:
        signed.check("".join(form[each] for each in SIGNED[form["event"]]), signature, form["pbx_call_id"])
        if form["event"] in ASKING:
            signed.check_fresh(form["call_start"], now)
    except NotBelieved as no:
        raise refuse(request, no) from None
    count(request, "taken")
    return form


Told = Annotated[Form, Depends(believed)]


@router.post("", openapi_extra=FORM)
async def hear_zadarma(
    form: Told, now: Now, walking: Walks, taking: Takes, memory: Directory
) -> dict[str, Any]:
    """A call rings, came back, was answered, ended. Told twice, the same answer and the same record."""
    heard = Heard("zadarma", form["pbx_call_id"], form.get("caller_id"), form.get("called_did"))
    if form["event"] == "NOTIFY_START":
        return _answer(await walking.begin(heard, now))
    if form["event"] == "NOTIFY_IVR":
        return _answer(await walking.go_on(heard, now))
    staff_id = _person(memory, form.get("internal"))
    event = _event(form, now, staff_id, await walking.leg_of(heard))
    if event is not None:
        await taking.report(heard, [event], now)
    return {}


def _answer(hop: Hop | None) -> dict[str, Any]:
    """Whom to ring, and when to come back; nobody left: the router opens the callback when the end is told."""
    if hop is None or hop.dial is None:
        return {"hangup": 1}
    answer = {"redirect": hop.dial.extension, "return_timeout": max(LEAST_RING, hop.step.seconds)}
    return {**answer, "rewrite_forward_number": hop.dial.address} if hop.dial.way is Way.PHONE else answer


def _event(form: Form, now: Any, staff_id: str | None, leg: int | None) -> Event | None:
    match form["event"]:
        case "NOTIFY_ANSWER":
            name = f"answer:{form.get('internal', '')}"
            return Event(name, Said.ANSWERED, now, leg, staff_id)
        case "NOTIFY_END":
            talked, seconds = form.get("disposition") == "answered", form.get("duration", "0")
            length = int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 7 else 0  # noqa: PLR2004
            code = (
                None
                if talked
                else {"busy": "busy", "cancel": "hung_up"}.get(form.get("disposition", ""), "no_answer")
            )
            return Event("end", Said.ENDED, now, None, staff_id, code, length if talked else 0)
        case "NOTIFY_RECORD":
            return Event("record", Said.RECORDED, now, recording=f"zadarma:{form['call_id_with_rec']}")
        case _:
            return None


def _person(memory: Any, extension: str | None) -> str | None:
    people = memory.people.items.items() if extension else ()
    return next((key for key, each in people if each.numbers.extension == extension), None)


def _read(request: Request, raw: bytes) -> Form:
    try:
        form = dict(parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        form = {}
    needed = ("event", "pbx_call_id", *SIGNED.get(form.get("event", ""), ()))
    missing = [each for each in needed if each not in form or "\x00" in form[each] or len(form[each]) > 200]  # noqa: PLR2004
    if missing or form["event"] not in SIGNED or not form["pbx_call_id"]:
        count(request, "malformed")
        raise RequestValidationError(
            [{"loc": ("body", each), "type": "missing"} for each in missing or ["event"]]
        )
    return form
