"""T-Bank's acquiring, API v2 (T-Kassa, in former days Tinkoff): https://developer.tbank.ru/eacq/api/.

Card data that comes with a notification (Pan, ExpDate, CardId) is never read, so it can be kept nowhere. Receipts are made by
the shop's own register, so none is sent with a payment (54-FZ).
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

import httpx
from kernel.money import Money

from orders.application.acquirer import AcquirerDown, AcquirerRefused, NotHisNotice, Notice, Opened, Said
from orders.domain.ledger import BankState

STATES: Mapping[str, BankState] = {
    "AUTHORIZED": BankState.HELD,
    "CONFIRMING": BankState.HELD,
    "REVERSING": BankState.HELD,
    "PARTIAL_REVERSED": BankState.HELD,
    "CONFIRMED": BankState.PAID,
    "REFUNDING": BankState.PAID,
    "ASYNC_REFUNDING": BankState.PAID,
    "PARTIAL_REFUNDED": BankState.PARTLY_RETURNED,
    "REFUNDED": BankState.RETURNED,
    "REVERSED": BankState.FAILED,
    "CANCELED": BankState.FAILED,
    "REJECTED": BankState.FAILED,
    "AUTH_FAIL": BankState.FAILED,
    "DEADLINE_EXPIRED": BankState.FAILED,
    "ATTEMPTS_EXPIRED": BankState.FAILED,
}
"""His statuses in our words; every other one (NEW, FORM_SHOWED, 3DS_CHECKING, ...) is a customer who is still at it."""
GIVEN_BACK = frozenset({"REFUNDED", "PARTIAL_REFUNDED", "REVERSED", "PARTIAL_REVERSED", "CANCELED"})
NOT_NOW = frozenset({"3", "9999"})
"""His inner fault, and "try again later"."""
TRIES = 3


@dataclass(frozen=True, slots=True)
class Terminal:
    """The shop's terminal. `notify`: where he is to send notifications; None: as set in his cabinet. `timeout` in seconds."""

    key: str
    password: str
    url: str
    notify: str | None = None
    timeout: float = 10.0


@dataclass(frozen=True, slots=True)
class TBank:
    """One terminal of a shop."""

    terminal: Terminal
    transport: httpx.AsyncBaseTransport | None = None

    async def open(self, link_id: str, amount: Money, number: str) -> Opened:
        """`Init`, in one stage. The payer is shown the number of his order, and nothing of himself is sent."""
        body: dict[str, Any] = {"Amount": amount.minor, "OrderId": link_id, "PayType": "O"}
        body["Description"] = f"Заказ {number}"
        if self.terminal.notify:
            body["NotificationURL"] = self.terminal.notify
        told = await self._asked("Init", body)
        return Opened(str(told["PaymentId"]), str(told["PaymentURL"]))

    async def read(self, reference: str) -> Said:
        """`GetState`; it changes nothing, so it is tried again a few times."""
        told = await self._asked("GetState", {"PaymentId": reference}, tries=TRIES)
        state = STATES.get(told["Status"], BankState.WAITING)
        return Said(told["OrderId"], str(told["PaymentId"]), state, Money(int(told["Amount"])))

    async def refund(self, reference: str, amount: Money, key: str) -> bool:
        """`Cancel` under our own number (`ExternalRequestId`): asked again with it, he answers how far that refund is."""
        body = {"PaymentId": reference, "Amount": amount.minor, "ExternalRequestId": key}
        told = await self._asked("Cancel", body)
        return told["Status"] in GIVEN_BACK

    def notice(self, body: Mapping[str, Any]) -> Notice:
        """A notification, its `Token` compared in constant time."""
        given = str(body.get("Token", ""))
        ours = str(body.get("TerminalKey", "")) == self.terminal.key
        signed = hmac.compare_digest(given.encode(), token(body, self.terminal.password).encode())
        if not (ours and signed):
            raise NotHisNotice
        return Notice(str(body.get("OrderId", "")), str(body.get("PaymentId", "")))

    async def _asked(self, method: str, body: Mapping[str, Any], *, tries: int = 1) -> dict[str, Any]:
        whole = {**body, "TerminalKey": self.terminal.key}
        signed = {**whole, "Token": token(whole, self.terminal.password)}
        for left in reversed(range(tries)):
            try:
                return _read(await self._sent(method, signed))
            except AcquirerDown:
                if not left:
                    raise
        raise AssertionError

    async def _sent(self, method: str, body: Mapping[str, Any]) -> httpx.Response:
        try:
            async with httpx.AsyncClient(transport=self.transport, timeout=self.terminal.timeout) as client:
                return await client.post(f"{self.terminal.url}/{method}", json=body)
        except httpx.HTTPError as fault:
            raise AcquirerDown(f"T-Bank does not answer: {type(fault).__name__}") from fault


def token(body: Mapping[str, Any], password: str) -> str:
    """His signature: SHA-256 over the values of the root, sorted by their names, the password among them. Objects and lists are
    left out, truth values are written `true` and `false`.
    """
    signed = {**body, "Password": password}
    values = [
        _written(signed[name])
        for name in sorted(signed)
        if name != "Token" and signed[name] is not None and not isinstance(signed[name], dict | list)
    ]
    return hashlib.sha256("".join(values).encode()).hexdigest()


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read(answer: httpx.Response) -> dict[str, Any]:
    if answer.status_code != HTTPStatus.OK:
        raise AcquirerDown(f"T-Bank answered {answer.status_code}")
    try:
        told = answer.json()
    except ValueError as wrong:
        raise AcquirerDown("T-Bank answered what is not JSON") from wrong
    if not isinstance(told, dict):
        raise AcquirerDown("T-Bank answered what is no object")
    told = cast("dict[str, Any]", told)
    if told.get("Success") is True:
        return told
    code = str(told.get("ErrorCode", ""))
    if code in NOT_NOW:
        raise AcquirerDown(f"T-Bank can't now: {code}")
    raise AcquirerRefused(f"bank_{code}" if code.isdecimal() else "bank_unknown")
