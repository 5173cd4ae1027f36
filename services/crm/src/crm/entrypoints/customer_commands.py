"""What staff do with a customer over HTTP: look at him, correct him, block him."""

from chassis.http.asking import Asking
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter
from kernel.personal import Personal
from kernel.phone import Phone
from kernel.refused_duty import NotYourDuty

from crm.domain import customer as c
from crm.domain.refusals import (
    CustomerErased,
    CustomerMerged,
    NoRoomOnCard,
    PhoneOfAnother,
    UnknownCustomer,
)
from crm.entrypoints.customer_models import (
    BlockingIn,
    CorrectionIn,
    CustomerId,
    Knows,
    LookIn,
    PhoneAsked,
    UnmaskedOut,
    whole,
)
from crm.entrypoints.phones import personal

router = APIRouter(prefix="/customers/{customer_id}", tags=["customers"])
ALWAYS = (UnknownCustomer, CustomerErased, CustomerMerged, NotYourDuty)


@router.post("/unmasking", responses=refusals(*ALWAYS))
async def unmask_customer(customer_id: CustomerId, body: LookIn, asked: Asking, knows: Knows) -> UnmaskedOut:
    """Phone, name and addresses, for who needs them and says why; each look is written down."""
    command = c.Unmask(customer_id, Personal(body.reason), asked.actor, asked.at)
    done = await knows.handle(command, asked.occasion(body))
    assert done.state is not None
    return whole(done.state)


@router.post("/phones", responses=refusals(*ALWAYS, PhoneOfAnother, NoRoomOnCard))
async def add_phone(customer_id: CustomerId, body: PhoneAsked, asked: Asking, knows: Knows) -> ReceiptOut:
    """He is reached by this phone, too. One that another customer is known by is refused: ask them, do not guess."""
    return receipt(await knows.add_phone(customer_id, Phone.parse(body.phone), asked.occasion(body)))


@router.put("/blocking", responses=refusals(*ALWAYS))
async def block_customer(
    customer_id: CustomerId, body: BlockingIn, asked: Asking, knows: Knows
) -> ReceiptOut:
    """His calls ring nobody any more, or do again (R97)."""
    command = c.Block(customer_id, body.blocked, body.reason, asked.actor, asked.at)
    return receipt(await knows.handle(command, asked.occasion(body)))


@router.patch("", responses=refusals(*ALWAYS, NoRoomOnCard))
async def correct_customer(
    customer_id: CustomerId, body: CorrectionIn, asked: Asking, knows: Knows
) -> ReceiptOut:
    """His name, all his addresses, whether he may be called (R26)."""
    addresses = None if body.addresses is None else tuple(Personal(each) for each in body.addresses)
    command = c.Correct(
        customer_id, personal(body.name), addresses, body.contact_preference, asked.actor, asked.at
    )
    return receipt(await knows.handle(command, asked.occasion(body)))
