"""The customer of an order, as orders answers for one call; shown to the controller and kept nowhere."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from chassis.peers import PeerDown
from kernel.personal import Personal
from kernel.phone import Phone
from kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Contact:
    """`language` is the customer's, `ru` or `en`."""

    number: str
    name: Personal
    phone: Phone | None
    language: str


class OrdersDown(PeerDown):
    """Orders does not answer, or can't now: ask again later."""


class ContactRefused(Refusal):
    """Orders does not give the customer of this order: it knows none, or he was erased."""

    rule = "R97"


FindContact = Callable[[str], Awaitable[Contact]]
"""By the order's id; raises `OrdersDown` or `ContactRefused`."""
