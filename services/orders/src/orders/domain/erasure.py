"""The customer of an order is erased in the whole house: what is asked of the order and what happens to it (152-FZ art. 21)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Erasure:
    """`gone_at`: since when nothing of him is in the order any more; None while it is not over."""

    heard_at: datetime
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    order_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ErasureHeard:
    at: datetime


@dataclass(frozen=True, slots=True)
class PersonForgotten:
    """Name, numbers, addresses and what was noted of him."""

    at: datetime


ErasureChange = ErasureHeard | PersonForgotten


class Forgetful(Protocol):
    """Something of a person, who may be erased."""

    @property
    def erasure(self) -> Erasure | None: ...


def is_gone(order: Forgetful) -> bool:
    """Whether nothing of him is in it any more."""
    return order.erasure is not None and order.erasure.gone_at is not None
