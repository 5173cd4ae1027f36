"""Statuses of orders (appendix 1 of the documentation; market-facts.md 5): their Russian titles and old numbers.

Several are spelled cut in the published lists, and so they are here.
"""

OLD_AND_TITLE: dict[str, tuple[int, str]] = {
    "ACCEPTED": (0, "Принят"),
    "CREATED": (1, "Создан"),
    "INVALID": (0, "Некорректный заказ"),
    "REMOVED": (2, "Удален"),
    "RECEIVED_AT_SHIPMENT_WAREHOUSE": (3, "Принят на склад отправителя"),
    "READY_TO_SHIP_AT_SENDING_OFFICE": (6, "Выдан на отправку в г. отправителе"),
    "RETURNED_TO_SENDER_WAREHOUSE": (16, "Возвращен на склад отправителя"),
    "PASSED_TO_CARRIER_AT_SENDING_OFFICE": (7, "Сдан перевозчику в г. отправителе"),
    "SEND_TO_TRANSIT_OFFICE": (21, "Отправлен в г. транзит"),
    "MET_AT_TRANSIT_OFFICE": (22, "Встречен в г. транзите"),
    "ACCEPTED_TO_OFFICE_TRANSIT_WAREHOUSE": (13, "Принят на склад транзита"),
    "RETURNED_TO_TRANSIT_WAREHOUSE": (17, "Возвращен на склад транзита"),
    "READY_TO_SHIP_IN_TRANSIT_OFFICE": (19, "Выдан на отправку в г. транзите"),
    "PASSED_TO_CARRIER_AT_TRANSIT_OFFICE": (20, "Сдан перевозчику в г. транзите"),
    "SEND_TO_SENDING_OFFICE": (27, "Отправлен в г. отправитель"),
    "SEND_TO_RECIPIENT_OFFICE": (8, "Отправлен в г. получатель"),
    "MET_AT_SENDING_OFFICE": (28, "Встречен в г. отправителе"),
    "MET_AT_RECIPIENT_OFFICE": (9, "Встречен в г. получателе"),
    "ACCEPTED_AT_DELIVERY_WAREHOUSE": (10, "Принят на склад доставки"),
    "ACCEPTED_AT_WAREHOUSE_ON_DEMAND": (12, "Принят на склад до востребования"),
    "ISSUED_FOR_DELIVERY": (11, "Выдан на доставку"),
    "RETURNED_TO_DELIVERY_WAREHOUSE": (18, "Возвращен на склад доставки"),
    "DELIVERED": (4, "Вручен"),
    "NOT_DELIVERED": (5, "Не вручен"),
    "ENTERED_TO_OFFICE_TRANSIT_WAREHOUSE": (0, "Поступил в г. транзита"),
    "ENTERED_TO_DELIVERY_WAREHOUSE": (0, "Поступил на склад доставки"),
    "ENTERED_TO_WAREHOUSE_ON_DEMAND": (0, "Поступил на склад до востребования"),
    "IN_CUSTOMS_INTERNATIONAL": (0, "Таможенное оформление в стране отправления"),
    "SHIPPED_TO_DESTINATION": (0, "Отправлено в страну назначения"),
    "PASSED_TO_TRANSIT_CARRIER": (0, "Передано транзитному перевозчику"),
    "IN_CUSTOMS_LOCAL": (0, "Таможенное оформление в стране назначения"),
    "CUSTOMS_COMPLETE": (0, "Таможенное оформление завершено"),
    "POSTOMAT_POSTED": (0, "Заложен в постамат"),
    "POSTOMAT_SEIZED": (0, "Изъят из постамата курьером"),
    "POSTOMAT_RECEIVED": (0, "Изъят из постамата клиентом"),
    "READY_FOR_SHIPMENT_IN_SENDER_CITY": (0, "Готов к отправке в городе отправителе"),
    "TAKEN_BY_TRANSPORTER_FROM_SENDER_CIT": (0, "Сдан перевозчику в городе отправителе"),
    "SENT_TO_TRANSIT_CIT": (0, "Отправлен в город-транзит"),
    "ACCEPTED_IN_TRANSIT_CIT": (0, "Встречен в городе-транзите"),
    "ACCEPTED_AT_TRANSIT_WAREHOUS": (0, "Принят на склад транзита"),
    "TAKEN_BY_TRANSPORTER_FROM_TRANSIT_CITY": (0, "Сдан перевозчику в городе-транзите"),
    "SENT_TO_RECIPIENT_CITY": (0, "Отправлен в город-получатель"),
    "ACCEPTED_IN_RECIPIENT_CITY": (0, "Встречен в городе-получателе"),
    "ACCEPTED_AT_PICK_UP_POINT": (0, "Принят на склад до востребования"),
    "TAKEN_BY_COURIER": (0, "Выдан на доставку"),
    "RETURNED_TO_RECIPIENT_CITY_WAREHOUSE": (0, "Возвращен на склад доставки"),
}

NOT_MOVED = frozenset({"ACCEPTED", "CREATED"})
"""While an order is here, it can be deleted."""
FINAL = frozenset({"DELIVERED", "NOT_DELIVERED", "POSTOMAT_RECEIVED", "REMOVED", "INVALID"})
"""From here on it can't be refused any more."""


def title(code: str) -> str:
    """In Russian; CDEK says what it means also of codes that are in no list."""
    return OLD_AND_TITLE.get(code, (0, "Новый статус"))[1]


def old(code: str) -> str:
    """The deprecated number."""
    return str(OLD_AND_TITLE.get(code, (0, ""))[0])
