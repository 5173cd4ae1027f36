"""A bank that takes cards, as T-Bank's acquiring API v2 describes itself: payments, their statuses, and what it notifies of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.tbank.signing import signature

CARD = {"Pan": "430000******0777", "ExpDate": "1230", "CardId": 10452089}
LEAST = 100
AFTER_CANCEL = {
    "NEW": ("CANCELED", "CANCELED"),
    "FORM_SHOWED": ("CANCELED", "CANCELED"),
    "AUTHORIZED": ("REVERSED", "PARTIAL_REVERSED"),
    "PARTIAL_REVERSED": ("REVERSED", "PARTIAL_REVERSED"),
    "CONFIRMED": ("REFUNDED", "PARTIAL_REFUNDED"),
    "PARTIAL_REFUNDED": ("REFUNDED", "PARTIAL_REFUNDED"),
}
"""What `Cancel` makes of a payment: all of it given back, or a part."""
TOLD = frozenset({
    "AUTHORIZED", "CONFIRMED", "REVERSED", "PARTIAL_REVERSED", "CANCELED", "REFUNDED", "PARTIAL_REFUNDED", "REJECTED",
    "DEADLINE_EXPIRED",
})  # fmt: skip
"""Statuses that it notifies of."""


class Wrong(Exception):
    """An answer with `Success` false."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass
class Payment:
    """`left` is what the shop still has of it; `cancels` what was asked under which of the shop's own numbers."""

    payment_id: int
    order_id: str
    amount: int
    notify: str | None
    status: str = "NEW"
    left: int = 0
    cancels: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    given_back: list[int] = field(default_factory=list[int])


@dataclass
class Bank:
    """One terminal. `broke`: the shop's account has nothing to pay refunds from."""

    terminal: str = "1321054611234DEMO"
    password: str = "Dfsfh56dgKl"
    site: str = "http://127.0.0.1:8190"
    payments: dict[int, Payment] = field(default_factory=dict[int, Payment])
    waiting: list[tuple[str, dict[str, Any]]] = field(default_factory=list[tuple[str, dict[str, Any]]])
    broke: bool = False

    def answer(self, method: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """What a method of the API answers."""
        try:
            self._believe(body)
            told = {"Init": self._init, "GetState": self._state, "Cancel": self._cancel}[method](body)
        except Wrong as wrong:
            return {
                "Success": False,
                "ErrorCode": wrong.code,
                "Message": wrong.message,
                "TerminalKey": body.get("TerminalKey"),
            }
        return {"Success": True, "ErrorCode": "0", "TerminalKey": self.terminal, **told}

    def becomes(self, payment_id: int, *statuses: str) -> None:
        """The customer, the issuing bank or the shop's cabinet moves it on; each status is notified of."""
        payment = self.payments[payment_id]
        for status in statuses:
            payment.status = status
            if status == "CONFIRMED":
                payment.left = payment.amount
            self._tell(payment)

    def give_back(self, payment_id: int, amount: int) -> None:
        """Somebody gives money back in the bank's own cabinet."""
        self._return(self.payments[payment_id], amount)

    def _believe(self, body: Mapping[str, Any]) -> None:
        if body.get("TerminalKey") != self.terminal:
            raise Wrong("205", "Неверный токен. Проверьте пару TerminalKey/SecretKey")
        if body.get("Token") != signature(body, self.password):
            raise Wrong("204", "Неверный токен. Проверьте пару TerminalKey/SecretKey")

    def _init(self, body: Mapping[str, Any]) -> dict[str, Any]:
        amount, order_id = int(body["Amount"]), str(body["OrderId"])
        if amount < LEAST:
            raise Wrong("251", f"Неверная сумма. Сумма должна быть больше или равна {LEAST} копеек")
        if len(order_id) > 36:
            raise Wrong("1", "Параметры не сопоставлены")
        payment_id = 3093639567 + len(self.payments)
        payment = Payment(payment_id, order_id, amount, body.get("NotificationURL"))
        self.payments[payment_id] = payment
        return {**self._shown(payment), "PaymentURL": f"{self.site}/pay/{payment_id}"}

    def _state(self, body: Mapping[str, Any]) -> dict[str, Any]:
        return self._shown(self._found(body))

    def _cancel(self, body: Mapping[str, Any]) -> dict[str, Any]:
        payment, ours = self._found(body), str(body.get("ExternalRequestId") or "")
        if ours and ours in payment.cancels:
            return {**payment.cancels[ours], "Status": payment.status}
        before = payment.left or payment.amount
        amount = before if payment.status == "NEW" else int(body.get("Amount") or before)
        if payment.status not in AFTER_CANCEL:
            raise Wrong("4", "Не получится изменить статус платежа")
        if amount > before:
            raise Wrong("330", "Сумма в запросе больше чем в оригинальной транзакции")
        if self.broke:
            raise Wrong("3002", "Недостаточный баланс счёта для отмены")
        self._return(payment, amount)
        told = {
            **self._shown(payment),
            "OriginalAmount": before,
            "NewAmount": before - amount,
            "ExternalRequestId": ours or None,
        }
        if ours:
            payment.cancels[ours] = told
        return told

    def _return(self, payment: Payment, amount: int) -> None:
        before = payment.left or payment.amount
        whole, part = AFTER_CANCEL[payment.status]
        payment.status = whole if amount == before else part
        payment.left = before - amount
        payment.given_back.append(amount)
        self._tell(payment)

    def _found(self, body: Mapping[str, Any]) -> Payment:
        found = self.payments.get(int(body["PaymentId"]))
        if found is None:
            raise Wrong("255", "Платеж не найден")
        return found

    def _shown(self, payment: Payment) -> dict[str, Any]:
        return {
            "OrderId": payment.order_id,
            "Amount": payment.amount,
            "Status": payment.status,
            "PaymentId": str(payment.payment_id),
        }

    def _tell(self, payment: Payment) -> None:
        if payment.notify and payment.status in TOLD:
            self.waiting.append((payment.notify, self.notification(payment)))

    def notification(self, payment: Payment) -> dict[str, Any]:
        """As it is posted: truth values, numbers, card data, and an object that is not signed."""
        failed = payment.status in ("REJECTED", "DEADLINE_EXPIRED")
        body = {
            "TerminalKey": self.terminal,
            "OrderId": payment.order_id,
            "Success": not failed,
            "Status": payment.status,
            "PaymentId": payment.payment_id,
            "ErrorCode": "1051" if failed else "0",
            "Amount": payment.amount,
            **CARD,
            "Data": {"source": "card", "order_number": payment.order_id},
        }
        return {**body, "Token": signature(body, self.password)}
