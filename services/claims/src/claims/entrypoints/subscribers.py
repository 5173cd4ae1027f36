"""What claims does when others speak. Told twice, late or out of order: one claim per cause."""

from typing import Annotated

from chassis.following import Hear, Heard
from chassis.handling import Handler, Occasion
from chassis.reactions import Reactions, ThisOccasion
from chassis.shop_told import shop_of
from contracts.crm import CustomerErasedV1, ShopChangedV1, StaffChangedV1
from contracts.deliveries import DeliveryFailedV1
from contracts.notifications import MessageFact, MessageFailedV1, MessageSentV1
from contracts.quality import QualityAlarmV1
from faststream import Context
from kernel.shop import Shop

from claims.application.claiming import Claiming, claim_of
from claims.application.forgetting import Forgetting
from claims.domain.claim import Cause
from claims.domain.commands import HearLetter
from claims.domain.posting import letter_of
from claims.domain.team import Member
from claims.domain.words import Kind, Origin
from claims.entrypoints.from_crm import member_of

reactions = Reactions("claims")

LETTER = "claim_letter"
"""The template of the messages that are letters of claims."""

Claims = Annotated[Claiming, Context()]


@reactions.told(QualityAlarmV1, even_if_stale=True)
async def open_on_alarm(told: QualityAlarmV1, occasion: ThisOccasion, claiming: Claims) -> None:
    call = told.call
    goods = "not_in_order" in told.reasons
    cause = Cause(
        Kind.GOODS if goods else Kind.SERVICE,
        Origin.QUALITY,
        call.call_id,
        call.shop_id,
        call.order_id,
        call.customer_id,
        tuple(told.reasons),
    )
    await claiming.open(claim_of("quality", call.call_id), cause, occasion.actor, occasion)


@reactions.told(DeliveryFailedV1, even_if_stale=True)
async def open_on_refused_quality(told: DeliveryFailedV1, occasion: ThisOccasion, claiming: Claims) -> None:
    if told.reason != "refused_quality":
        return
    shipment = told.shipment
    cause = Cause(
        Kind.GOODS,
        Origin.DELIVERY_FAILED,
        shipment.shipment_id,
        shipment.shop_id,
        shipment.order_id,
        shipment.customer_id,
        (told.reason,),
    )
    await claiming.open(claim_of("shipment", shipment.shipment_id), cause, occasion.actor, occasion)


@reactions.told(MessageSentV1)
async def note_that_a_letter_went(told: MessageSentV1, occasion: ThisOccasion, claiming: Claims) -> None:
    await _of_a_letter(told, None, occasion, claiming)


@reactions.told(MessageFailedV1)
async def make_a_failed_letter_a_task(
    told: MessageFailedV1, occasion: ThisOccasion, claiming: Claims
) -> None:
    await _of_a_letter(told, told.reason, occasion, claiming)


async def _of_a_letter(told: MessageFact, failed: str | None, occasion: Occasion, claiming: Claiming) -> None:
    """The message of a letter is named as the letter is."""
    named = letter_of(told.message_id) if told.template == LETTER else None
    if named is not None:
        claim_id, number = named
        heard = HearLetter(
            claim_id=claim_id, actor=occasion.actor, at=occasion.at, number=number, failed=failed
        )
        await claiming.ask(heard, occasion)


@reactions.told(CustomerErasedV1, even_if_stale=True)
async def forget_who_is_erased(
    told: CustomerErasedV1, occasion: ThisOccasion, forgetting: Annotated[Forgetting, Context()]
) -> None:
    await forgetting.forget(told.customer.customer_id, told.reason, occasion)


@reactions.told(StaffChangedV1)
async def learn_who_is_there(
    told: StaffChangedV1,
    occasion: ThisOccasion,
    hear_member: Annotated[Handler[Hear[Member], Member, Heard[Member]], Context()],
) -> None:
    await hear_member(Hear(told.staff_id, member_of(told)), occasion)


@reactions.told(ShopChangedV1)
async def learn_a_shops_working_time(
    told: ShopChangedV1,
    occasion: ThisOccasion,
    hear_shop: Annotated[Handler[Hear[Shop], Shop, Heard[Shop]], Context()],
    claiming: Claims,
) -> None:
    await hear_shop(Hear(told.shop_id, shop_of(told)), occasion)
    claiming.assigning.shops.forget()
