"""The goods of an order as they are now: what changed since it was placed, and for whom they are."""

from dataclasses import dataclass

from kernel.money import Money
from kernel.personal import Personal
from kernel.phone import Phone


@dataclass(frozen=True, slots=True)
class Line:
    """A line of goods; `unit_price` is what the customer was told, and stays."""

    line_no: int
    product_id: str
    title: str
    quantity: int
    unit_price: Money


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is to get the goods, and where."""

    name: Personal
    phone: Phone
    address: Personal | None = None
    comment: Personal | None = None
    email: Personal | None = None


@dataclass(frozen=True, slots=True)
class Goods:
    """What changed since the order was placed; `lines` and `recipient` are None while they are as placed."""

    lines: tuple[Line, ...] | None = None
    recipient: Recipient | None = None


def total_of(lines: tuple[Line, ...]) -> Money:
    """What these lines cost together. An order has at least one."""
    first, *rest = (line.unit_price * line.quantity for line in lines)
    return sum(rest, start=first)
