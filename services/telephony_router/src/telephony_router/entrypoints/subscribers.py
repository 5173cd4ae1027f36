"""What the router does when others speak. Told twice, late or out of order: the newest told wins."""

from typing import Annotated, Any

from chassis.reactions import Reactions, ThisOccasion
from chassis.shop_told import shop_of
from faststream import Context

from contracts import claims, crm, incidents, orders, rush
from telephony_router.application.forgetting import Forgetting
from telephony_router.application.knowing import Knowing
from telephony_router.application.noticing import Noticing
from telephony_router.application.rostering import Rostering
from telephony_router.domain import learning_customers as c
from telephony_router.domain.learning_notes import ForgetNotes
from telephony_router.entrypoints.from_facts import (
    claim_of,
    customer_of,
    incident_of,
    notes_of,
    order_of,
    person_of,
)

reactions = Reactions("telephony_router")
Knows = Annotated[Knowing, Context("knowing")]
Notices = Annotated[Noticing, Context("noticing")]

OF_AN_ORDER = (
    orders.OrderCreatedV1, orders.OrderChangedV1, orders.OrderContactedV1, orders.OrderReassignedV1,
    orders.OrderConfirmedV1, orders.OrderCancelledV1, orders.OrderCompletedV1,
)  # fmt: skip
OF_A_CUSTOMER = (
    crm.CustomerRegisteredV1, crm.CustomerOwnerChangedV1, crm.CustomerChangedV1, crm.CustomerHandoverAcceptedV1,
)  # fmt: skip
OPEN_INCIDENT = (incidents.IncidentOpenedV1, incidents.IncidentEscalatedV1)
OPEN_CLAIM = (claims.ClaimOpenedV1, claims.ClaimEscalatedV1, claims.ClaimReopenedV1)


async def know_order(told: Any, occasion: ThisOccasion, knowing: Knows) -> None:
    await knowing.order(order_of(told.order, occasion.at), occasion)


async def know_customer(told: Any, occasion: ThisOccasion, knowing: Knows) -> None:
    await knowing.customer(customer_of(told.customer, occasion.at), occasion)


async def know_incident(told: Any, occasion: ThisOccasion, knowing: Knows) -> None:
    await knowing.trouble(incident_of(told.incident, occasion.at, is_open=True), occasion)


async def know_claim(told: Any, occasion: ThisOccasion, knowing: Knows) -> None:
    await knowing.trouble(claim_of(told.claim, occasion.at, is_open=True), occasion)


for facts, reaction in (
    (OF_AN_ORDER, know_order), (OF_A_CUSTOMER, know_customer), (OPEN_INCIDENT, know_incident), (OPEN_CLAIM, know_claim),
):  # fmt: skip
    for fact in facts:
        reactions.told(fact)(reaction)


@reactions.told(crm.StaffChangedV1)
async def know_person(
    told: crm.StaffChangedV1,
    occasion: ThisOccasion,
    knowing: Knows,
    rostering: Annotated[Rostering, Context()],
) -> None:
    """The roster first: who dies in between hears of the break once more."""
    await rostering.hear(person_of(told), occasion)
    await knowing.person(person_of(told), occasion)


@reactions.told(crm.ShopChangedV1)
async def know_shop(told: crm.ShopChangedV1, occasion: ThisOccasion, knowing: Knows) -> None:
    await knowing.shop(shop_of(told), occasion)


@reactions.told(crm.CustomerNotedV1)
async def notice(
    told: crm.CustomerNotedV1, occasion: ThisOccasion, knowing: Knows, noticing: Notices
) -> None:
    """Notes are kept apart from the card, so that news of one never passes for old news of the other; the card's question brings
    the words of a type.
    """
    await noticing.hear(notes_of(told, occasion.at), occasion)
    await knowing.customer(customer_of(told.customer, occasion.at), occasion)


@reactions.told(crm.CustomerMergedV1)
async def merge_cards(told: crm.CustomerMergedV1, occasion: ThisOccasion, knowing: Knows) -> None:
    """The numbers of the other card are his from now on; crm is asked for all of them."""
    into = told.customer.customer_id
    await knowing.customer(c.HearMerge(customer_id=told.merged_id, into=into, at=occasion.at), occasion)
    await knowing.customer(customer_of(told.customer, occasion.at), occasion)


@reactions.told(crm.CustomerUnmergedV1)
async def part_cards(told: crm.CustomerUnmergedV1, occasion: ThisOccasion, knowing: Knows) -> None:
    """Two persons after all; crm is asked whose numbers are whose."""
    parted = c.HearMerge(customer_id=told.merged_id, out_of=told.customer.customer_id, at=occasion.at)
    await knowing.customer(parted, occasion)
    await knowing.customer(customer_of(told.customer, occasion.at), occasion)


@reactions.told(crm.CustomerErasedV1, even_if_stale=True)
async def forget_customer(
    told: crm.CustomerErasedV1,
    occasion: ThisOccasion,
    knowing: Knows,
    forgetting: Annotated[Forgetting, Context()],
    noticing: Notices,
) -> None:
    """His calls first, his card last (152-FZ art. 21)."""
    who = told.customer.customer_id
    await forgetting.forget(who, occasion)
    await noticing.hear(ForgetNotes(who, occasion.at), occasion)
    await knowing.customer(c.Forget(customer_id=who, at=occasion.at), occasion)


@reactions.told(incidents.IncidentClosedV1)
async def close_incident(told: incidents.IncidentClosedV1, occasion: ThisOccasion, knowing: Knows) -> None:
    await knowing.trouble(incident_of(told.incident, occasion.at, is_open=False), occasion)


@reactions.told(claims.ClaimClosedV1)
async def close_claim(told: claims.ClaimClosedV1, occasion: ThisOccasion, knowing: Knows) -> None:
    await knowing.trouble(claim_of(told.claim, occasion.at, is_open=False), occasion)


@reactions.told(rush.RushStartedV1)
async def stand_in_lanes(told: rush.RushStartedV1, occasion: ThisOccasion, knowing: Knows) -> None:
    """Only the lane of orders answers from now on (R112)."""
    await knowing.rush(told.shop_id, {each.staff_id: each.lane for each in told.lanes}, occasion)


@reactions.told(rush.RushEndedV1)
async def leave_lanes(told: rush.RushEndedV1, occasion: ThisOccasion, knowing: Knows) -> None:
    await knowing.rush(told.shop_id, None, occasion)
