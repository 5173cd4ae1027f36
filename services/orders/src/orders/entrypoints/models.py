"""What is asked of orders over HTTP, and what it answers."""

from typing import Annotated

from chassis.http.fields import Id, Line, Minor, Words
from kernel.money import Money
from kernel.personal import Personal
from kernel.phone import NotAPhone, Phone
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from orders.domain import goods as o
from orders.domain.ledger import Terms
from orders.domain.words import AttemptOutcome, CancelReason, Channel, Language, Preference

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LineIn(Asked):
    """`unit_price` in minor units: 648000 is 6480 roubles."""

    product_id: Id
    title: Line
    quantity: int = Field(ge=1, le=10_000)
    unit_price: Minor
    currency: Currency = "RUB"


def callable_number(raw: str) -> str:
    """A number that can be called."""
    try:
        Phone.parse(raw)
    except NotAPhone as wrong:
        raise ValueError("not a phone number") from wrong
    return raw


CallablePhone = Annotated[str, StringConstraints(max_length=60), AfterValidator(callable_number)]
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, max_length=254, pattern=r"^[^@\s\x00-\x20]+@[^@\s\x00-\x20]+\.[^@\s.]+$"
    ),
]


class RecipientIn(Asked):
    """Kept encrypted; no fact, log or trace holds any of it."""

    name: Line
    phone: CallablePhone = Field(examples=["8 (916) 123-45-67"])
    email: Email | None = None
    address: Words | None = None
    comment: Words | None = None


class OrderIn(Asked):
    """An order as the site or an operator takes it."""

    shop_id: Id = "main"
    channel: Channel = Channel.SITE
    lines: list[LineIn] = Field(min_length=1, max_length=200)
    recipient: RecipientIn
    contact_preference: Preference = Preference.ANY
    external_number: Line | None = Field(default=None, description="The site's own number of the order.")
    is_test: bool = Field(
        default=False, description="A test order of the owner (R14); kept out of the figures."
    )
    gift_wrap: bool = False
    language: Language = Field(default=Language.RU, description="In which the customer is written to.")
    payment: Terms = Field(default=Terms.ON_DELIVERY, description="When the customer pays.")


class AttemptIn(Asked):
    channel: Channel
    outcome: AttemptOutcome
    note: Words | None = None


class ApologyIn(Asked):
    channel: Channel = Channel.EMAIL


class CancellationIn(Asked):
    reason: CancelReason
    offer_made: bool = Field(description="Whether something else was offered (R27).")


class CustomerIn(Asked):
    """Whose the order is, of those whom `candidates` names."""

    customer_id: Id


class ReassignmentIn(Asked):
    to_id: Id
    reason: Code = "by_hand"


class PlacedOut(BaseModel):
    """The order is taken."""

    order_id: str
    number: str = Field(description="What to tell the customer.")
    version: int


def lines_of(asked: OrderIn) -> tuple[o.Line, ...]:
    """The lines, numbered."""
    return tuple(
        o.Line(n, line.product_id, line.title, line.quantity, Money(line.unit_price, line.currency))
        for n, line in enumerate(asked.lines, start=1)
    )


def recipient_of(asked: RecipientIn) -> o.Recipient:
    """The recipient, wrapped so that nothing prints him."""
    return o.Recipient(
        Personal(asked.name),
        Phone.parse(asked.phone),
        Personal(asked.address) if asked.address else None,
        Personal(asked.comment) if asked.comment else None,
        Personal(asked.email) if asked.email else None,
    )
