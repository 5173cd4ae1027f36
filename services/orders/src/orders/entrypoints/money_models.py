"""What is asked about the money of an order over HTTP."""

from typing import Annotated, Literal, Self

from chassis.http.fields import GREATEST, Id, Line
from kernel.money import Money
from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from orders.domain.ledger import Method, Receipt, Terms
from orders.entrypoints.models import Asked

Sum = Annotated[int, Field(ge=1, le=GREATEST, description="Minor units: 648000 is 6480 roubles.")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Reference = Annotated[Id, Field(description="The bank's, the acquirer's, or the number of the cash order.")]
Link = Annotated[str, StringConstraints(pattern=r"^https://[^\s]{3,500}$")]


class SumIn(Asked):
    amount: Sum
    currency: Currency = "RUB"

    def money(self) -> Money:
        return Money(self.amount, self.currency)


class ReceiptIn(Asked):
    """The cash register's receipt, by number and link (54-FZ). Nothing else of it is kept."""

    number: Line
    link: Link | None = None

    def receipt(self) -> Receipt:
        return Receipt(self.number, self.link)


class TermsIn(Asked):
    terms: Terms


class PaymentIn(SumIn):
    """The same reference is the same money, however often it is told. Never card data."""

    method: Literal[Method.CARD, Method.CASH, Method.TRANSFER, Method.INSTALMENTS]
    reference: Reference
    paid_at: AwareDatetime | None = Field(default=None, description="The bank's moment; now, if not given.")
    receipt: ReceiptIn | None = None


class LinkIn(Asked):
    amount: Sum | None = Field(default=None, description="A part of what is due; all of it, if not given.")
    currency: Currency = "RUB"


class ReturnIn(SumIn):
    """So much of the payment was given back in the bank's own cabinet."""

    reference: Reference


class PayoutIn(Asked):
    """By the acquirer, or by hand with the reference of what was paid."""

    method: Literal[Method.ACQUIRER, Method.CARD, Method.CASH, Method.TRANSFER]
    reference: Reference | None = None
    receipt: ReceiptIn | None = None

    @model_validator(mode="after")
    def by_hand_has_a_reference(self) -> Self:
        """What was paid by hand can be looked up; what the acquirer does, he numbers himself."""
        if (self.method is Method.ACQUIRER) is not (self.reference is None):
            raise ValueError("a payout by hand has a reference, one by the acquirer has none")
        return self
