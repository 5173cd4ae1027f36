"""What services are told to write to a customer with."""

from datetime import date, datetime

from contracts.order_state import PromiseV1
from pydantic import BaseModel

from orders.application.announcements import as_told
from orders.application.substituting import Substituting, open_offers
from orders.domain.goods import Recipient
from orders.domain.order import Open, Order
from orders.entrypoints.promise_models import WordsOut, promise_out


class ContactLineOut(BaseModel):
    product_id: str
    title: str
    quantity: int
    unit_price: int
    currency: str


class ContactSubstituteOut(BaseModel):
    """One of what is offered instead of a line."""

    line_no: int
    missing_title: str
    title: str
    unit_price: int
    currency: str


class ContactOfferOut(BaseModel):
    """What is offered and waits for an answer; `link` shows all of it. None where links are not set up: then a person asks
    for the answer.
    """

    link: str | None
    expires_at: datetime
    substitutes: list[ContactSubstituteOut]


class ContactPromiseOut(PromiseV1):
    """The promise as facts tell it, and as the customer is told (R66)."""

    words: WordsOut


class ContactRefundOut(BaseModel):
    refund_id: str
    amount: int
    currency: str
    due_on: date


class ContactAddressOut(BaseModel):
    """Where the goods go, as the customer wrote it: one text, and what he said besides. The order knows no parts of it."""

    text: str
    comment: str | None


class ContactOut(BaseModel):
    """The recipient as he is now, and what a message may have to say."""

    order_id: str
    number: str
    shop_id: str
    customer_id: str | None
    language: str
    name: str
    phone: str
    email: str | None
    address: ContactAddressOut | None
    contact_preference: str
    lines: list[ContactLineOut]
    total: int
    currency: str
    promise: ContactPromiseOut | None
    offer: ContactOfferOut | None
    refunds: list[ContactRefundOut]


def contact_out(order: Order, substituting: Substituting, at: datetime) -> ContactOut:
    """All that a message may need; of a promise only one that holds, of refunds those that are still owed."""
    placing, recipient = order.placing, order.recipient
    return ContactOut(
        order_id=placing.order_id,
        number=placing.number,
        shop_id=placing.shop_id,
        customer_id=order.customer_id,
        language=placing.language,
        name=recipient.name.value,
        phone=recipient.phone.e164,
        email=recipient.email.value if recipient.email else None,
        address=_address(recipient),
        contact_preference=order.preference,
        lines=[
            ContactLineOut(
                product_id=line.product_id,
                title=line.title,
                quantity=line.quantity,
                unit_price=line.unit_price.minor,
                currency=line.unit_price.currency,
            )
            for line in order.lines
        ],
        total=order.goods_total.minor,
        currency=order.goods_total.currency,
        promise=_promise(order),
        offer=_offer(order, substituting, at),
        refunds=[
            ContactRefundOut(
                refund_id=each.refund_id,
                amount=each.amount.minor,
                currency=each.amount.currency,
                due_on=each.term.due_on,
            )
            for each in order.money.refunds
            if each.is_owed
        ],
    )


def _address(recipient: Recipient) -> ContactAddressOut | None:
    if recipient.address is None:
        return None
    comment = recipient.comment.value if recipient.comment else None
    return ContactAddressOut(text=recipient.address.value, comment=comment)


def _promise(order: Order) -> ContactPromiseOut | None:
    told, shown = as_told(order).promise, promise_out(order)
    if told is None or shown is None:
        return None
    return ContactPromiseOut(**told.model_dump(), words=shown.words)


def _offer(order: Order, substituting: Substituting, at: datetime) -> ContactOfferOut | None:
    """The newest offer's link shows the others, too; all hold until the first of them ends."""
    offers = open_offers(order, at) if isinstance(order, Open) else ()
    if not offers:
        return None
    return ContactOfferOut(
        link=substituting.link_of(order.placing.order_id, offers[0], at),
        expires_at=min(each.expires_at for each in offers),
        substitutes=[
            ContactSubstituteOut(
                line_no=offer.line_no,
                missing_title=offer.title,
                title=each.title,
                unit_price=each.unit_price.minor,
                currency=each.unit_price.currency,
            )
            for offer in offers
            for each in offer.substitutes
        ],
    )
