"""What other services answer to notifications: the customer of Maria's order, the link of a survey, a claim's letter."""

from typing import Any

from contracts.fact import Fact
from contracts.order_state import OrderV1
from contracts.orders import OrderRefundDueV1

from notifications.testing.letters import EMAIL, NAME, PHONE

LINK = "https://shop.example/answers/live-and-signed"
CONTACT: dict[str, Any] = {
    "order_id": "o-1",
    "number": "1042",
    "shop_id": "main",
    "customer_id": "c-maria",
    "language": "ru",
    "name": NAME,
    "phone": PHONE,
    "email": EMAIL,
    "contact_preference": "any",
    "lines": [
        {
            "product_id": "brass-lamp",
            "title": "Лампа <латунная>",
            "quantity": 2,
            "unit_price": 648000,
            "currency": "RUB",
        }
    ],
    "total": 1296000,
    "currency": "RUB",
    "promise": None,
    "offer": None,
    "refunds": [],
}
OFFER: dict[str, Any] = {
    "link": LINK,
    "expires_at": "2026-03-03T15:00:00Z",
    "substitutes": [
        {
            "line_no": 1,
            "missing_title": "Лампа латунная",
            "title": "Лампа медная",
            "unit_price": 590000,
            "currency": "RUB",
        }
    ],
}


SURVEY_LINK = "https://shop.example/survey/k1.q-1.live-and-signed"
LETTER: dict[str, Any] = {
    "order_id": "o-1",
    "customer_id": "c-maria",
    "language": "ru",
    "subject": "Ответ на претензию k-1",
    "text": "Уважаемая Мария!\n\nМы вернём деньги за лампу {{ order.number }}.",
}


class Answers:
    """What another service answers at paths that end so; a test changes `answer`, or sets `fault` to be raised instead."""

    def __init__(self, ending: str, answer: dict[str, Any]) -> None:
        self.ending = ending
        self.answer = dict(answer)
        self.fault: Exception | None = None

    def __call__(self, path: str, _: Any) -> Any:
        if self.fault:
            raise self.fault
        assert path.endswith(self.ending)
        return self.answer


class Orders(Answers):
    """What orders answers."""

    def __init__(self) -> None:
        super().__init__("/contact", CONTACT)
        self.newest = 0

    @property
    def contact(self) -> dict[str, Any]:
        """The customer's."""
        return self.answer

    @contact.setter
    def contact(self, now: dict[str, Any]) -> None:
        self.answer = now

    def is_as_told(self, fact: Fact, sequence: int) -> None:
        """Orders answers what it told of last: the promise that holds, the refunds that are owed."""
        if isinstance(fact, OrderRefundDueV1):
            owed = {
                "refund_id": fact.refund_id,
                "amount": fact.amount.minor,
                "currency": fact.amount.currency,
            }
            self.answer["refunds"] = [*self.answer["refunds"], owed]
        order = getattr(fact, "order", None)
        if not isinstance(order, OrderV1) or sequence < self.newest:
            return
        self.newest = sequence
        known: dict[str, Any] = self.answer["promise"] or {}
        told = order.promise and order.promise.model_dump(mode="json")
        self.answer["promise"] = told and {**told, "words": known.get("words", {})}
