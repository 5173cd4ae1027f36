"""The telephone: a call reaches its person, lunch leaves somebody by the telephone, who was missed is rung back (R96-R106)."""

import json
import uuid
from datetime import datetime, timedelta
from typing import Any

from kernel.calendar import WorkingCalendar
from kernel.signature import signed_with

from opblok.asking import keeping, send
from opblok.saying import give_up, say
from opblok.working_day.people import Person, until
from opblok.working_day.story import Story, now, pass_time_until

DESKS = {"sveta": "101", "misha": "102", "oleg": "103", "kostya": "104", "lena": "105", "vera": "106"}
MISHA, OLEG = Person("misha"), Person("oleg")
STRANGER = "+79160001199"
WEBHOOK = "/webhooks/generic"
NOTED = {"customer_type": "confident_closed", "problem": "Нитка рвётся на плотной ткани"}
AN_HOUR, SHIFT = timedelta(hours=1), timedelta(hours=3)


def telephones_are_known(story: Story) -> None:
    """Each desk has its extension, and the router has heard of it."""
    for staff_id, extension in DESKS.items():
        story.owner.post("crm", f"/staff/{staff_id}/phones", {"extension": extension}, method="PUT")
    until("the router to know the desks", lambda: rings(story, STRANGER))
    say(f"  {len(DESKS)} desks have their telephones")


def she_reaches_her_manager(story: Story, phone: str) -> None:
    """In the hours of the shop: who answers for her picks up, and sees who rings before a word is said (R97)."""
    pass_time_until(open_again())
    plan = until("the router to know her", lambda: known(story, phone))
    first = plan["steps"][0]
    say(f"  a regular customer rings: {first['staff_id']} first ({first['reason']['en']})")
    for step in plan["steps"][1:]:
        say(
            f"    then {step['staff_id'] or step['target']} by {step['by'] or step['kind']}: {step['reason']['en']}"
        )
    story.owner.post("crm", "/shops/main/note-form", {"keeps_types": True}, method="PUT")
    MISHA.post("crm", f"/customers/{plan['customer_id']}/notes", NOTED)
    mark, call_id = rang(phone)
    told(mark, phone, ("ringing", 1), ("answered", 1))
    path = f"/calls/{call_id}"
    until("the call to be taken", lambda: story.owner.get("telephony_router", path)["status"] == "talking")
    (customer, *_) = story.owner.get("telephony_router", f"{path}/card")["customers"]
    say(
        f"  picking up shows her card: a {customer['stage']}, {len(customer['orders'])} open orders, {len(customer['troubles'])} in trouble"
    )
    notes = until("what is noted of her", lambda: noted(story, path))
    type_ = notes["customer_type"]
    say(
        f"  and what {notes['noted_by']} noted: {type_['en']} ({type_['advice_en']}); her {notes['notes'][0]['part']} in his words"
    )
    told(mark, phone, ("ended", None), talked_seconds=95)
    until("its end", lambda: story.owner.get("telephony_router", path)["status"] == "finished")
    say("  95 seconds later it is one record: who rang, who talked, how long")


def somebody_stays(story: Story) -> None:
    """At lunch the last one on duty stays by the telephone until a colleague is back (R105)."""
    begins = now()
    for person in (MISHA, OLEG):
        shift = {"staff_id": person.name, "begins": begins.isoformat(), "ends": (begins + SHIFT).isoformat()}
        story.vera.post("telephony_router", "/shifts", shift)
    say("  misha and oleg have the duty")
    OLEG.post("telephony_router", "/breaks", {"minutes": 30})
    no = MISHA.refused("telephony_router", "/breaks", {"minutes": 30})
    say(f"  oleg goes to lunch; misha would go, too, and is refused: {no}")
    OLEG.post("telephony_router", "/breaks/end")
    MISHA.post("telephony_router", "/breaks", {"minutes": 30})
    MISHA.post("telephony_router", "/breaks/end")
    say("  oleg is back, so misha goes")


def missed_and_rung_back(story: Story) -> None:
    """Nobody picks up: the callback has an owner and a deadline (R104, R106)."""
    mark, call_id = rang(STRANGER)
    told(mark, STRANGER, ("ended", None), code="hung_up")
    due = until("the callback", lambda: callback_of(story, call_id))
    say(
        f"  a stranger hangs up before anybody answers: {due['owner_id']} rings back until {due['due_at'][:16]} UTC"
    )
    whoever = Person(due["owner_id"])
    path = f"/callbacks/{due['callback_id']}"
    whoever.post("telephony_router", f"{path}/number")
    whoever.post("telephony_router", f"{path}/settlement", {"outcome": "talked"})
    say(f"  {whoever.name} sees the number, which is written down, and talks to him")


def trouble_goes_to_the_calm_one(story: Story, phone: str) -> None:
    """A call about a delivery that failed rings the conflict manager first (R5)."""
    plan = until("the router to know of the trouble", lambda: about_trouble(story, phone))
    first = plan["steps"][0]
    say(f"  he rings about it, and {first['staff_id']} is rung first: {first['reason']['en']}")


def open_again() -> datetime:
    """An hour after the shop opens next; now, where it is open that long."""
    shop, at = WorkingCalendar.usual(), now()
    return shop.after(shop.next_open(at), AN_HOUR) if not shop.is_working(at + AN_HOUR) else at


def rings(story: Story, phone: str) -> dict[str, Any] | None:
    """The plan of a call that nobody makes, once it rings anybody (R101)."""
    asked = {"from": phone, "at": open_again().isoformat()}
    plan: dict[str, Any] = story.owner.post("telephony_router", "/plans:rehearse", asked)
    return plan if any(step["kind"] == "ring" for step in plan["steps"]) else None


def known(story: Story, phone: str) -> dict[str, Any] | None:
    plan = rings(story, phone)
    return plan if plan and plan["recognition"] == "known" and plan["steps"][0]["target"] == "owner" else None


def noted(story: Story, path: str) -> dict[str, Any] | None:
    """What her card shows of the notes on her, once the fact of them is heard (R109-R111)."""
    (customer, *_) = story.owner.get("telephony_router", f"{path}/card")["customers"]
    notes = customer["notes"]
    return notes if notes and notes["notes"] and notes["customer_type"]["en"] else None


def about_trouble(story: Story, phone: str) -> dict[str, Any] | None:
    plan = rings(story, phone)
    return plan if plan and plan["steps"][0]["target"] == "conflict_manager" else None


def rang(phone: str) -> tuple[str, str]:
    """A provider's scenario asks who is to be rung; its own id of the call, and the router's."""
    mark = f"demo-{uuid.uuid4().hex[:12]}"
    plan = signed("calls", {"call_id": mark, "from": phone, "started_at": now().isoformat()})
    return mark, str(plan["call_id"])


def told(mark: str, phone: str, *events: tuple[str, int | None], **besides: Any) -> None:
    """What the scenario reports, a second apart."""
    at = now()
    found = [
        {
            "event_id": f"{mark}-{said}",
            "said": said,
            "at": (at + timedelta(seconds=n)).isoformat(),
            "leg": leg,
        }
        | besides
        for n, (said, leg) in enumerate(events)
    ]
    signed("events", {"call_id": mark, "from": phone, "events": found})


def signed(path: str, body: dict[str, Any]) -> Any:
    """As a provider signs: over the time stamp and the raw body."""
    raw, stamp = json.dumps(body).encode(), f"{now().timestamp():.3f}"
    secret = keeping().webhook_secret("telephony_router").read_text().strip()
    headers = {"X-Opblok-Timestamp": stamp, "X-Opblok-Signature": signed_with(secret, stamp, raw)}
    answer = send(
        "POST", "telephony_router", f"{WEBHOOK}/{path}", content=raw, timeout=15.0,
        headers=headers | {"Content-Type": "application/json"},
    )  # fmt: skip
    if answer.is_error:
        give_up(f"telephony_router refused the webhook: {answer.status_code} {answer.text}")
    return answer.json()


def callback_of(story: Story, call_id: str) -> dict[str, Any] | None:
    """The callback that a missed call opened."""
    found: list[dict[str, Any]] = story.owner.get("telephony_router", "/callbacks", limit="200")["items"]
    return next((each for each in found if each["call_id"] == call_id), None)
