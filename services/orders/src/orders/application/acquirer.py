"""What orders asks an acquirer: the port to whoever takes cards for the shop."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from chassis.faults import Fault
from kernel.money import Money

from orders.domain.ledger import BankState


class AcquirerDown(Fault):
    """He does not answer, or can't now. What was asked may have been done all the same."""


class AcquirerRefused(Exception):
    """He answered no; `code` is a word of ours for it. Nothing was done."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotHisNotice(Exception):
    """A notice that he did not sign."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A payment link; `reference` is his number for it."""

    reference: str
    url: str


@dataclass(frozen=True, slots=True)
class Notice:
    """He says that something happened to a payment. No more than a hint: how far it is, he is asked."""

    link_id: str
    reference: str


@dataclass(frozen=True, slots=True)
class Said:
    """How far a payment is, as he answered when asked."""

    link_id: str
    reference: str
    state: BankState
    amount: Money


class Acquirer(Protocol):
    """All but `notice` raise `AcquirerDown` or `AcquirerRefused`."""

    async def open(self, link_id: str, amount: Money, number: str) -> Opened:
        """A link for this sum; `number` is the order's, which the payer is shown."""
        ...

    async def read(self, reference: str) -> Said:
        """How far the payment is."""
        ...

    async def refund(self, reference: str, amount: Money, key: str) -> bool:
        """Give back so much of the payment; whether it is done, or will be. The same key again never pays twice."""
        ...

    def notice(self, body: Mapping[str, Any]) -> Notice:
        """A notice, its signature checked; raise `NotHisNotice`."""
        ...
