"""How a word is kept: a substitute the customer takes by a link, a promise within the carrier's terms, money given back."""

import importlib.resources
import json
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from opblok.saying import give_up, say
from opblok.working_day.people import moment, until
from opblok.working_day.story import LOOM, MACHINE, Story, now, reach

CARRIER = "own-couriers"
PAID = 2 * MACHINE[2]
"""More than one person may give back alone."""
FRIDAY, MONDAY_NEXT = 5, 8


def terms_are_agreed(story: Story) -> None:
    """Who writes a carrier's terms does not approve them (R60)."""
    file = importlib.resources.files("opblok.working_day").joinpath("terms.json").read_text()
    agreed: dict[str, Any] = json.loads(file)
    path = f"/carriers/{CARRIER}"
    story.lena.post("logistics", path, agreed["profile"], method="PUT")
    terms = agreed["terms"] | {"effective_from": f"{now().date()}"}
    draft = story.lena.post("logistics", f"{path}/terms", terms, method="PUT")
    approval = f"{path}/terms/{draft['version']}/approval"
    no = story.lena.refused("logistics", approval, {"revision": draft["revision"]})
    say(f"  lena writes version {draft['version']} of the couriers' terms; she may not approve it: {no}")
    story.vera.post("logistics", approval, {"revision": draft["revision"]})
    say("  vera approves it")


def a_shortage(story: Story) -> None:
    """Goods are missing: the customer has an apology and an offer before he asks, and takes it by a link (R24, R25)."""
    order_id = story.place("a substitute by link", LOOM, 3, phone="8 (916) 000-11-24", preference="no_calls")
    story.supplied(order_id, "short")
    due_at = moment(story.order(order_id)["apology_due_at"])
    say(f"  supply is short; an apology and an offer are due by {due_at:%d.%m %H:%M} UTC")
    no = story.sveta.refused(
        "orders", f"/orders/{order_id}/attempts", {"channel": "phone", "outcome": "reached"}
    )
    say(f"  sveta wants to ring, and is refused: {no}")
    ranked = story.sveta.get("orders", f"/orders/{order_id}/substitutes", line_no="1")["items"]
    best = ranked[0]
    why = "; ".join(reason["en"] for reason in best["reasons"])
    say(f"  best of {len(ranked)} substitutes: {best['title']} ({why})")
    substitute = {"product_id": best["product_id"], "title": best["title"], "unit_price": best["price"]}
    story.sveta.post("orders", f"/orders/{order_id}/offer", {"line_no": 1, "substitutes": [substitute]})
    offer = story.sveta.get("orders", f"/orders/{order_id}/offers")["items"][0]
    yes = {"answer": "yes", "product_id": best["product_id"]}
    taken = httpx.post(offer["link"], json=yes, timeout=30.0)
    if taken.is_error:
        give_up(f"the customer's yes was not taken: {taken.text}")
    say("  the customer opens the signed link and takes it; no account, no call")
    story.supplied(order_id, "allocated")
    reach(story, order_id, "email")


def a_promise(story: Story) -> None:
    """An exact hour is refused with what can be kept; an option is agreed, and its place with the courier held (R65-R67)."""
    order_id = story.orders["from our own shelf"]
    day = working_day(now().date() + timedelta(days=1))
    wish = {"zone": "moscow", "kind": "window", "date": f"{day}", "from": "08:00", "to": "08:30"}
    answer = story.sveta.ask("POST", "orders", f"/orders/{order_id}/delivery", json=wish)
    if not answer.is_error:
        give_up("a promise outside the carrier's terms was taken.")
    problem = answer.json()
    say(f"  sveta would promise 8:00 to 8:30, and is refused: {answer.status_code} {problem['detail']}")
    option = problem["options"][0]
    for each in problem["options"][:3]:
        say(f"    can be kept: {each['words']['en']}")
    story.sveta.post("orders", f"/orders/{order_id}/delivery", as_wish(option))
    until("the order to be confirmed", lambda: story.order(order_id)["stage"] == "confirmed")
    say(f"  agreed: {option['words']['ru']}")


def money_back(story: Story) -> None:
    """A paid order is cancelled: the refund has its day by the law, and above the limit needs a second person (R80)."""
    order_id = story.place("money back by two persons", MACHINE, 2, phone="8 (916) 000-11-27")
    story.supplied(order_id, "allocated")
    path = f"/orders/{order_id}"
    story.sveta.post("orders", f"{path}/payment-terms", {"terms": "prepaid"})
    paid = {"method": "transfer", "amount": PAID, "reference": f"bank-{order_id[:8]}"}
    story.sveta.post("orders", f"{path}/payments", paid)
    story.sveta.post("orders", f"{path}/cancellation", {"reason": "changed_mind", "offer_made": True})
    refund = until(
        "the refund to be due", lambda: next(iter(story.order(order_id)["money"]["refunds"]), None)
    )
    say(
        f"  paid and cancelled: {refund['amount'] // 100} roubles are to be back by {refund['due_on']} ({refund['article']})"
    )
    no = story.sveta.refused("orders", f"{path}/refunds/{refund['refund_id']}/approval", None)
    say(f"  sveta may not approve it: {no}")
    story.vera.post("orders", f"{path}/refunds/{refund['refund_id']}/approval")
    payout = {"method": "transfer", "reference": f"back-{order_id[:8]}"}
    story.sveta.post("orders", f"{path}/refunds/{refund['refund_id']}/payout", payout)
    until("the money to be back", lambda: story.order(order_id)["money"]["refunded"] == PAID)
    say("  vera approves, sveta pays it out")


def agreed(story: Story, order_id: str) -> None:
    """The first thing that can be kept on the next working day, told to the customer."""
    day = working_day(now().date() + timedelta(days=1))
    wish = {"zone": "moscow", "kind": "window", "date": f"{day}", "from": "09:00", "to": "21:00"}
    found = story.sveta.post("orders", f"/orders/{order_id}/delivery:check", wish)
    story.sveta.post(
        "orders", f"/orders/{order_id}/delivery", as_wish(found["promise"] or found["options"][0])
    )
    until("the order to be confirmed", lambda: story.order(order_id)["stage"] == "confirmed")


def as_wish(option: dict[str, Any]) -> dict[str, Any]:
    """An option that logistics named, as the wish that it keeps."""
    starts, ends = (
        moment(option[key]).astimezone(ZoneInfo(option["time_zone"])) for key in ("starts_at", "ends_at")
    )
    wish = {"zone": option["zone"], "kind": option["kind"], "told_by": "phone", "date": f"{starts.date()}"}
    if option["kind"] == "point":
        return wish | {"point_id": option["point_id"]}
    return wish | {"from": f"{starts:%H:%M}", "to": f"{ends:%H:%M}"}


def working_day(day: date) -> date:
    """The day itself, or Monday after a weekend."""
    return day + timedelta(days=max(0, MONDAY_NEXT - day.isoweekday()) if day.isoweekday() > FRIDAY else 0)
