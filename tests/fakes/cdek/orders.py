"""Orders as CDEK keeps them: what is checked at once, what only later, and how one is shown."""

from dataclasses import dataclass, field
from typing import Any

from tests.fakes.cdek.codes import title
from tests.fakes.cdek.envelopes import Error, Fault, Json, many, mapping, written

DUPLICATE: Error = (
    "error_validate_im_dep_number_has_already_had_integration",
    "Введенный номер отправления ИМ не уникальный. Введите уникальный номер.",
)
CITIES = {44: "Москва", 137: "Санкт-Петербург", 270: "Новосибирск"}
POINTS = {"MSK124": 44, "MSKP77": 44, "NSK15": 270}
MOST_ITEMS, LONGEST_NUMBER = 126, 40


@dataclass
class Status:
    """One status. `deleted`: CDEK took it back and still shows it."""

    code: str
    at: float
    reason: str | None = None
    city: int = 44
    deleted: bool = False

    def shown(self) -> Json:
        told: Json = {
            "code": self.code,
            "name": title(self.code),
            "date_time": written(self.at),
            "city": CITIES.get(self.city, "Москва"),
            "city_code": self.city,
            "deleted": self.deleted,
        }
        return told | ({"reason_code": self.reason} if self.reason else {})


@dataclass
class Order:
    """One order. `settles_at`: when its validation is over, None once it is. `handed`: pieces given out by article."""

    uuid: str
    body: Json
    taken_at: float
    settles_at: float | None
    cdek_number: str | None = None
    statuses: list[Status] = field(default_factory=list[Status])
    requests: list[Json] = field(default_factory=list[Json])
    related: list[Json] = field(default_factory=list[Json])
    handed: dict[str, int] = field(default_factory=dict[str, int])
    paid: float | None = None
    is_return: bool = False

    @property
    def number(self) -> str | None:
        return self.body.get("number")

    @property
    def story(self) -> list[Status]:
        """Statuses, the newest last; of one second the one that was set last."""
        return sorted(self.statuses, key=lambda each: each.at)

    @property
    def last(self) -> str:
        """The code of the status that was set last and not taken back."""
        return [each.code for each in self.story if not each.deleted][-1]

    @property
    def is_wrong(self) -> bool:
        return any(each.code == "INVALID" for each in self.statuses)

    def shown(self) -> Json:
        """As `GET /orders` answers: statuses with the newest first."""
        entity: Json = {
            "uuid": self.uuid,
            "is_return": self.is_return,
            "is_reverse": False,
            "is_client_return": False,
            "type": self.body.get("type", 1),
            **{name: self.body[name] for name in SHOWN if name in self.body},
            "packages": [self._package(each) for each in many(self.body.get("packages"))],
            "statuses": [each.shown() for each in reversed(self.story)],
        }
        if self.cdek_number:
            entity["cdek_number"] = self.cdek_number
        if self.paid is not None:
            entity["delivery_detail"] = {"payment_sum": self.paid, "delivery_sum": 350.0, "total_sum": 350.0}
        return {"entity": entity, "requests": self.requests, "related_entities": self.related}

    def _package(self, package: Json) -> Json:
        items = [
            each | {"delivery_amount": self.handed.get(str(each.get("ware_key")), 0)}
            for each in many(package.get("items"))
        ]
        return package | {"items": items}


EITHER = (
    ("delivery_point", "to_location", "v2_delivery_address_multivalued", "v2_order_location_to_and_delivery_point_empty"),
    ("shipment_point", "from_location", "v2_shipment_address_multivalued", "v2_order_location_from_and_shipment_point_empty"),
)  # fmt: skip
"""One of the two, and what is said to both and to none."""
SHOWN = ("number", "tariff_code", "comment", "shipment_point", "delivery_point", "delivery_recipient_cost",
         "recipient", "from_location", "to_location")  # fmt: skip


def look_through(body: Json) -> None:
    """What is refused at once, 400."""
    for name in ("tariff_code", "recipient", "packages"):
        if not body.get(name):
            raise Fault("v2_field_is_empty", f"[{name}] is empty", kind="CREATE")
    for one, other, both, none in EITHER:
        if bool(body.get(one)) == bool(body.get(other)):
            raise Fault(both if body.get(one) else none, kind="CREATE")
    if len(str(body.get("number") or "")) > LONGEST_NUMBER:
        raise Fault("v2_invalid_format", "Invalid value in [number] parameter", kind="CREATE")
    _look_through_recipient(mapping(body["recipient"]))
    for package in many(body["packages"]):
        _look_through_package(package)


def found_wrong(body: Json) -> Error | None:
    """What is found wrong only after the order was accepted."""
    point, to = body.get("delivery_point"), mapping(body.get("to_location"))
    if point is not None and point not in POINTS:
        return "v2_delivery_point_not_found", f"Delivery point {point} is not found"
    if point is None and to.get("code") not in CITIES:
        return "v2_recipient_location_not_recognized", "Recipient location is not recognized"
    if point is None and not to.get("address"):
        return "error_validate_street_empty", "Не заполнена улица получателя"
    return None


def _look_through_recipient(recipient: Json) -> None:
    if not recipient.get("name"):
        raise Fault("v2_field_is_empty", "[recipient.name] is empty", kind="CREATE")
    phones: list[Any] = many(recipient.get("phones"))
    if not phones or not phones[0].get("number"):
        raise Fault("v2_field_is_empty", "[recipient.phones.number] is empty", kind="CREATE")


def _look_through_package(package: Json) -> None:
    for name in ("number", "weight"):
        if not package.get(name):
            raise Fault("v2_field_is_empty", f"[packages.{name}] is empty", kind="CREATE")
    items = many(package.get("items"))
    if not items:
        raise Fault("v2_field_is_empty", "[packages.items] is empty", kind="CREATE")
    if len(items) > MOST_ITEMS:
        raise Fault("v2_number_items_is_more_126", kind="CREATE")
    for item in items:
        if any(
            item.get(name) in (None, "")
            for name in ("name", "ware_key", "cost", "amount", "weight", "payment")
        ):
            raise Fault("v2_field_is_empty", "[packages.items] is incomplete", kind="CREATE")
