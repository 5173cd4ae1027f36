"""The road: one parcel arrives, one finds nobody at home, one is late; each failure is somebody's work at once (R49-R57)."""

from datetime import timedelta
from typing import Any

from opblok.saying import say
from opblok.working_day.kept_word import agreed
from opblok.working_day.on_the_phone import trouble_goes_to_the_calm_one
from opblok.working_day.people import Person, moment, until
from opblok.working_day.story import BOBBINS, Story, now, pass_time_until, reach

STEPAN, GLEB = Person("stepan"), Person("gleb")
AT_HOME, NOT_AT_HOME, LATE = "at home", "not at home", "the window is missed"
PHONES = {AT_HOME: "+79160001131", NOT_AT_HOME: "+79160001132", LATE: "+79160001133"}
GRACE = timedelta(minutes=31)


def parcels_leave(story: Story) -> None:
    """What is paid for or may be paid at the door, and lies ready, is registered and handed to the courier (R60)."""
    for told, phone in PHONES.items():
        order_id = story.place(told, BOBBINS, 3, phone=phone)
        story.supplied(order_id, "allocated")
        reach(story, order_id, "phone")
        agreed(story, order_id)
        shipment_id = until("its shipment", lambda key=order_id: ready(story, key))
        STEPAN.post("logistics", f"/shipments/{shipment_id}/registration")
        STEPAN.post("logistics", f"/shipments/{shipment_id}/dispatch")
        say(f"  stepan hands {shipment_id} to the couriers")


def one_arrives(story: Story) -> None:
    """The courier hands it over and takes the money: the order is completed by that."""
    order_id = story.orders[AT_HOME]
    found = shipment(story, order_id)
    pass_time_until(moment(found["starts_at"]) + timedelta(hours=1))
    say(
        f"  gleb hands it over and takes {handed_over(story, order_id) // 100} roubles; the order is completed"
    )


def one_fails(story: Story) -> None:
    """Nobody opens: an incident with an owner and a deadline, and the order is back with its person (R50-R53)."""
    order_id = story.orders[NOT_AT_HOME]
    shipment_id = shipment(story, order_id)["shipment_id"]
    failed = {"what": "attempt_failed", "reason": "no_contact"}
    GLEB.post("logistics", f"/shipments/{shipment_id}/reports", failed)
    incident = until("its incident", lambda: opened(story, shipment_id))
    say(
        f"  nobody opens: incident of {incident['kind']}, {incident['owner_id']} answers until {incident['due_at'][:16]} UTC"
    )
    trouble_goes_to_the_calm_one(story, PHONES[NOT_AT_HOME])
    closing = {"cause": "customer_away", "measure": "called_and_agreed", "customer_kept": True}
    no = story.sveta.refused(
        "logistics", f"/incidents/{incident['incident_id']}/closing", closing | {"source": "customer"}
    )
    say(f"  sveta may not close it: {no}")
    story.sveta.post("orders", f"/orders/{order_id}/delivery/seen-to")
    say("  sveta, whose order it is, rings the customer and sees to the next attempt")
    worked_through(story, incident["incident_id"], closing)
    handed_over(story, order_id)
    say("  gleb comes again, and hands it over")


def one_is_late(story: Story) -> None:
    """The promised window passes: it is known at once, not when the customer rings (R57, R66)."""
    order_id = story.orders[LATE]
    found = shipment(story, order_id)
    pass_time_until(moment(found["ends_at"]) + GRACE)
    incident = until("the incident of the missed window", lambda: opened(story, found["shipment_id"]))
    say(f"  {now():%d.%m %H:%M} UTC: the window is missed; {incident['owner_id']} answers for it")
    handed_over(story, order_id)
    say("  gleb brings it after all; the incident stays until its cause is known")


def worked_through(story: Story, incident_id: str, closing: dict[str, Any]) -> None:
    """Lena goes through the checklist; nothing closes without cause and measure (R53)."""
    path = f"/incidents/{incident_id}"
    whole = story.lena.get("logistics", path)
    for step in whole["steps"]:
        story.lena.post("logistics", f"{path}/steps/{step['code']}", {"mark": "done"}, method="PUT")
    story.lena.post("logistics", f"{path}/closing", closing | {"source": whole["source"]})
    until("the incident to be closed", lambda: story.lena.get("logistics", path)["stage"] == "closed")
    say(
        f"  lena goes through {len(whole['steps'])} steps of the playbook and closes it, with cause and measure"
    )


def handed_over(story: Story, order_id: str) -> int:
    """The customer has it and pays what is due; the sum, once the order is completed by that."""
    due = int(story.order(order_id)["money"]["due"])
    seen = {"what": "delivered", "collected": {"minor": due, "currency": "RUB"}}
    GLEB.post("logistics", f"/shipments/{shipment(story, order_id)['shipment_id']}/reports", seen)
    until("the order to be completed", lambda: story.order(order_id)["stage"] == "completed")
    return due


def shipment(story: Story, order_id: str) -> dict[str, Any]:
    """The shipment of an order that has one."""
    items: list[dict[str, Any]] = story.lena.get("logistics", "/shipments", order_id=order_id)["items"]
    return items[-1]


def ready(story: Story, order_id: str) -> str | None:
    """The id of its shipment, once nothing is in the way of it."""
    items = story.lena.get("logistics", "/shipments", order_id=order_id)["items"]
    return next((str(each["shipment_id"]) for each in items if each["waits_for"] is None), None)


def opened(story: Story, shipment_id: str) -> dict[str, Any] | None:
    items: list[dict[str, Any]] = story.lena.get("logistics", "/incidents", linked=shipment_id)["items"]
    return next(iter(items), None)
