"""The day after: somebody independent asks; what went wrong is settled by a calm person who knows the law (R5-R8, R75-R95)."""

from typing import Any

from opblok.saying import say
from opblok.working_day.on_the_road import AT_HOME, NOT_AT_HOME
from opblok.working_day.people import Person, moment, until
from opblok.working_day.story import BOBBINS, Story, pass_time_until

KIRA, KOSTYA, MISHA = Person("kira"), Person("kostya"), Person("misha")
BACK = BOBBINS[2]


def somebody_asks(story: Story) -> None:
    """Each delivered order is called the next day, in the calling hours of its city (R82, R83)."""
    glad, sorry = story.orders[AT_HOME], story.orders[NOT_AT_HOME]
    calls = {key: until("the call to be due", lambda key=key: call(key)) for key in (glad, sorry)}
    pass_time_until(max(moment(each["next_at"] or each["due_at"]) for each in calls.values()))
    told = asks(calls[glad]["call_id"], {"in_order": True, "content": True}, likely=10)
    say(f"  kira rings the first: all is well{told}")
    words = {"quality": "Одна шпулька гнутая"}
    told = asks(calls[sorry]["call_id"], {"in_order": False, "content": False, "words": words}, likely=3)
    say(f"  kira rings the second: a bobbin is bent{told}")
    no = story.sveta.ask("GET", "quality", f"/calls/{calls[sorry]['call_id']}/answers")
    say(f"  sveta, who sold it, may not read the answer: {no.status_code}")


def a_claim_is_settled(story: Story) -> None:
    """The alarm becomes a claim of the conflict manager; a sales role is refused; the law's clock runs (R5, R6, R76)."""
    order_id = story.orders[NOT_AT_HOME]
    claim_id = until("the claim", lambda: claim(order_id))
    path = f"/claims/{claim_id}"
    no = MISHA.refused("claims", f"{path}/taking", {})
    say(f"  misha, who sells, would settle it, and is refused: {no}")
    KOSTYA.post("claims", f"{path}/taking", {"mentor_id": "owner"})
    for step in ("hear", "restate", "empathise", "agree"):
        KOSTYA.post("claims", f"{path}/steps", {"step": step})
    KOSTYA.post("claims", f"{path}/instruction", {"helped": False})
    price = {"price": 3 * BACK, "paid": 3 * BACK, "currency": "RUB"}
    demand = {"demand": "price_cut", "channel": "phone", "proof": f"call-{order_id[:8]}", **price}
    KOSTYA.post("claims", f"{path}/demand", demand)
    term = KOSTYA.get("claims", path)["demand"]
    say(f"  kostya hears him out; a price cut is demanded, the law gives until {term['due_on']}")
    decision = {"verdict": "satisfied", "amount": BACK, "reason": "Одна шпулька гнутая"}
    KOSTYA.post("claims", f"{path}/decision", decision)
    refund = until("orders to owe the money", lambda: owed(story, order_id))
    back = f"/orders/{order_id}/refunds/{refund['refund_id']}"
    story.sveta.post("orders", f"{back}/payout", {"method": "transfer", "reference": f"cut-{order_id[:8]}"})
    until("the money to be back", lambda: story.order(order_id)["money"]["refunded"] >= BACK)
    KOSTYA.post("claims", f"{path}/closing", {"outcome": "confirmed"})
    say(
        f"  decided: {BACK // 100} roubles back, paid out through orders; the customer is content, the claim closed"
    )


def call(order_id: str) -> dict[str, Any] | None:
    """The controller's call for an order."""
    items: list[dict[str, Any]] = KIRA.get("quality", "/calls", state="open", limit="200")["items"]
    return next((each for each in items if each["order_id"] == order_id), None)


def asks(call_id: str, answers: dict[str, Any], *, likely: int) -> str:
    """Open the call, ask, write down; what was told of recommending."""
    shown = KIRA.post("quality", f"/calls/{call_id}/opening")
    nps = {"nps": likely} if shown["ask_nps"] else {}
    KIRA.post("quality", f"/calls/{call_id}/answers", answers | nps)
    return f"; would recommend us: {likely} of 10" if nps else ""


def claim(order_id: str) -> str | None:
    items = KOSTYA.get("claims", "/claims", view="open", order_id=order_id)["items"]
    return next((str(each["claim_id"]) for each in items), None)


def owed(story: Story, order_id: str) -> dict[str, Any] | None:
    """What is to be paid back, once nobody needs to agree to it any more."""
    refunds: list[dict[str, Any]] = story.order(order_id)["money"]["refunds"]
    return next((each for each in refunds if each["stage"] != "paid"), None)
