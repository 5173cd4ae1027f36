"""CDEK itself: its orders and what moves them, its printer, its subscriptions, and who may ask."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.fakes.cdek.codes import FINAL, NOT_MOVED
from tests.fakes.cdek.envelopes import Error, Fault, Json, request
from tests.fakes.cdek.forms import Printer
from tests.fakes.cdek.hooks import Event, Subscription, order_status
from tests.fakes.cdek.orders import DUPLICATE, Order, Status, found_wrong, look_through
from tests.fakes.cdek.tokens import Tokens

FIRST_NUMBER = 1_100_000_000
OF_RETURN = ("type", "tariff_code", "recipient", "packages")
RETURN_REFUSED = "11"
"""Appendix 2: refused, no reason given."""


@dataclass
class Weather:
    """What may be wrong. `down`: 503 to everything; `forgetful`: it is done and the connection breaks before the answer;
    `html`: 200 that is no JSON; `slow` in seconds; `busy`: so many next answers are 429.
    """

    down: bool = False
    forgetful: bool = False
    html: bool = False
    slow: float = 0.0
    busy: int = 0


@dataclass
class Desk:
    """`takes`: seconds from accepting an order to knowing whether it is good. `events` wait here until they are posted."""

    site: str = "http://127.0.0.1:8192"
    clock: Callable[[], float] = time.time
    takes: float = 0.0
    orders: dict[str, Order] = field(default_factory=dict[str, Order])
    subscriptions: dict[str, Subscription] = field(default_factory=dict[str, Subscription])
    events: list[Event] = field(default_factory=list[Event])
    journal: list[str] = field(default_factory=list[str])
    weather: Weather = field(default_factory=Weather)
    tokens: Tokens = field(init=False)
    printer: Printer = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = Tokens(self.clock)
        self.printer = Printer(self.clock, self.site)

    def register(self, body: Json) -> str:
        """Accepted and to be validated; its uuid. The same number again is found out only then."""
        look_through(body)
        now, uuid = self.clock(), str(uuid4())
        order = Order(uuid, body, now, now + self.takes, statuses=[Status("ACCEPTED", now)])
        order.requests = [request("CREATE", "ACCEPTED", now)]
        self.orders[uuid] = order
        self.settle()
        return uuid

    def settle(self) -> None:
        """Finish the validation of whatever waited long enough."""
        now = self.clock()
        for order in self.orders.values():
            if order.settles_at is not None and order.settles_at <= now:
                order.settles_at = None
                self._validate(order, now)

    def find(self, **named: Any) -> Order:
        """By uuid, cdek_number or im_number; of several with our number the last good one."""
        self.settle()
        wanted = {name: str(value) for name, value in named.items() if value}
        found = [each for each in self.orders.values() if _fits(each, wanted)]
        if not wanted or not found:
            how = next(iter(wanted), "uuid")
            code = "v2_entity_not_found_im_number" if how == "im_number" else "v2_entity_not_found"
            raise Fault(code, f"Entity is not found by {how}")
        return found[-1]

    def delete(self, uuid: str) -> None:
        """Only while it has not moved."""
        order = self.find(uuid=uuid)
        if order.last in NOT_MOVED:
            self._answer(order, "DELETE", None)
            self.move(uuid, "REMOVED")
        else:
            self._answer(order, "DELETE", ("v2_order_can_not_be_deleted", "The order has been moved"))

    def refuse(self, uuid: str) -> None:
        """Give it back to the sender, from any status that is not final."""
        order = self.find(uuid=uuid)
        if order.last in FINAL:
            self._answer(order, "CREATE", ("v2_order_in_final_status", "The order is finished"))
            return
        self._answer(order, "CREATE", None)
        self.move(uuid, "NOT_DELIVERED", RETURN_REFUSED)

    def move(self, uuid: str, code: str, reason: str | None = None, *, later: float = 0.0) -> Status:
        """A status is set, `later` seconds from now, and is told to who subscribed."""
        order = self.orders[uuid]
        at = max(self.clock(), *(each.at for each in order.statuses)) if order.statuses else self.clock()
        status = Status(code, at + later, reason)
        order.statuses.append(status)
        self._tell(order, status)
        return status

    def take_back(self, uuid: str, code: str) -> None:
        """A status was set by mistake."""
        order = self.orders[uuid]
        status = next(each for each in reversed(order.statuses) if each.code == code)
        status.deleted = True
        self._tell(order, status)

    def send_back(self, uuid: str) -> str:
        """What was not delivered travels back as an order of its own; its uuid."""
        direct, back = self.orders[uuid], str(uuid4())
        now = self.clock()
        order = Order(back, {name: direct.body[name] for name in OF_RETURN}, now, None, is_return=True)
        order.cdek_number = str(FIRST_NUMBER + len(self.orders))
        order.related = [{"type": "direct_order", "uuid": uuid, "cdek_number": direct.cdek_number}]
        direct.related.append({"type": "return_order", "uuid": back, "cdek_number": order.cdek_number})
        self.orders[back] = order
        self.move(back, "CREATED")
        return back

    def uuid_of(self, named: Json) -> str | None:
        """The order that a print form is asked for."""
        try:
            order = self.find(uuid=named.get("order_uuid"), cdek_number=named.get("cdek_number"))
        except Fault:
            return None
        return order.uuid if order.cdek_number and not order.is_wrong else None

    def subscribe(self, kind: str, url: str) -> str:
        """One for each type: another address takes the place of the former."""
        kept = [each for each in self.subscriptions.values() if each.type != kind]
        made = Subscription(str(uuid4()), kind, url)
        self.subscriptions = {each.uuid: each for each in (*kept, made)}
        return made.uuid

    def _validate(self, order: Order, now: float) -> None:
        wrong = DUPLICATE if self._is_taken(order) else found_wrong(order.body)
        order.requests = [
            request("CREATE", "INVALID" if wrong else "SUCCESSFUL", now, [wrong] if wrong else [])
        ]
        if not wrong:
            order.cdek_number = str(FIRST_NUMBER + list(self.orders).index(order.uuid))
        self.move(order.uuid, "INVALID" if wrong else "CREATED")

    def _is_taken(self, order: Order) -> bool:
        others = (each for each in self.orders.values() if each.uuid != order.uuid and each.cdek_number)
        return any(each.number == order.number and each.last != "REMOVED" for each in others if order.number)

    def _answer(self, order: Order, kind: str, wrong: Error | None) -> None:
        state = "INVALID" if wrong else "SUCCESSFUL"
        order.requests.append(request(kind, state, self.clock(), [wrong] if wrong else []))

    def _tell(self, order: Order, status: Status) -> None:
        told = [each.url for each in self.subscriptions.values() if each.type == "ORDER_STATUS"]
        self.events += [Event(url, order_status(order, status)) for url in told if order.cdek_number]


def _fits(order: Order, wanted: dict[str, str]) -> bool:
    known = {"uuid": order.uuid, "cdek_number": order.cdek_number, "im_number": order.number}
    if "uuid" not in wanted and order.is_wrong:
        return False
    return all(known[name] == value for name, value in wanted.items())
