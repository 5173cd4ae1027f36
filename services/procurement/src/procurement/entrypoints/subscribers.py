"""What procurement does when others speak."""

from typing import Annotated

from chassis.following import Hear, Heard
from chassis.freezing_told import follow_rush
from chassis.handling import Handler, Occasion
from chassis.reactions import Reactions, ThisOccasion
from chassis.shop_told import shop_of
from chassis.shops import Shops
from contracts.crm import ShopChangedV1, StaffChangedV1
from contracts.order_state import OrderV1
from contracts.orders import OrderCancelledV1, OrderChangedV1, OrderCreatedV1
from contracts.procurement import PurchaseFact, PurchaseOrderedV1, PurchaseReceivedV1
from contracts.supplier_cases import SupplierCaseClosedV1, SupplierCaseOpenedV1
from faststream import Context
from kernel.shop import Shop

from procurement.application.allocating import Allocating
from procurement.application.owning import Owning
from procurement.application.scoring import Scoring
from procurement.domain.allocation import Want
from procurement.domain.member import Member
from procurement.domain.track_record import DeliveryNote
from procurement.entrypoints.from_crm import member_of

reactions = Reactions("procurement")
follow_rush(reactions)

Allocates = Annotated[Allocating, Context()]
Scores = Annotated[Scoring, Context()]


@reactions.told(OrderCreatedV1)
async def allocate_supply(created: OrderCreatedV1, occasion: ThisOccasion, allocating: Allocates) -> None:
    order = created.order
    await allocating.seek(
        order.order_id, _wanted(order), occasion, placed_at=order.placed_at, shop_id=order.shop_id
    )


@reactions.told(OrderChangedV1)
async def follow_changed_lines(
    changed: OrderChangedV1, occasion: ThisOccasion, allocating: Allocates
) -> None:
    order = changed.order
    if "lines" in changed.what:
        await allocating.follow(
            order.order_id, _wanted(order), occasion, placed_at=order.placed_at, shop_id=order.shop_id
        )


@reactions.told(OrderCancelledV1)
async def release_supply(cancelled: OrderCancelledV1, occasion: ThisOccasion, allocating: Allocates) -> None:
    await allocating.release(cancelled.order.order_id, _wanted(cancelled.order), cancelled.reason, occasion)


@reactions.told(ShopChangedV1)
async def learn_working_time(
    told: ShopChangedV1,
    occasion: ThisOccasion,
    shops: Annotated[Shops, Context()],
    hear_shop: Annotated[Handler[Hear[Shop], Shop, Heard[Shop]], Context()],
) -> None:
    await hear_shop(Hear(told.shop_id, shop_of(told)), occasion)
    shops.forget()


@reactions.told(StaffChangedV1)
async def learn_who_buys(
    told: StaffChangedV1,
    occasion: ThisOccasion,
    owning: Annotated[Owning, Context()],
    hear_member: Annotated[Handler[Hear[Member], Member, Heard[Member]], Context()],
) -> None:
    await hear_member(Hear(told.staff_id, member_of(told)), occasion)
    await owning.check(told.staff_id, occasion)  # as he is known now, if this is old news


@reactions.told(SupplierCaseOpenedV1)
async def score_an_opened_case(told: SupplierCaseOpenedV1, occasion: ThisOccasion, scoring: Scores) -> None:
    await scoring.note_case(told.case_id, occasion)


@reactions.told(SupplierCaseClosedV1)
async def score_a_closed_case(told: SupplierCaseClosedV1, occasion: ThisOccasion, scoring: Scores) -> None:
    await scoring.note_case(told.case_id, occasion)


@reactions.told(PurchaseOrderedV1)
async def score_an_order_of_ours(told: PurchaseOrderedV1, occasion: ThisOccasion, scoring: Scores) -> None:
    await _score(told, occasion, scoring, complete=False)


@reactions.told(PurchaseReceivedV1)
async def score_a_delivery(told: PurchaseReceivedV1, occasion: ThisOccasion, scoring: Scores) -> None:
    await _score(told, occasion, scoring, complete=told.complete)


async def _score(told: PurchaseFact, occasion: Occasion, scoring: Scoring, *, complete: bool) -> None:
    """Own facts are heard like any other: whatever dies in between, each purchase is counted once in the end."""
    if told.expected_on is None:
        return
    today = (await scoring.shops.of()).day_of(occasion.at)
    note = DeliveryNote(
        version=occasion.heard[1] if occasion.heard else 0,
        expected_on=told.expected_on,
        ordered=sum(line.quantity for line in told.lines),
        received=sum(line.received for line in told.lines),
        wrong=sum(line.wrong for line in told.lines),
        complete_on=today if complete else None,
    )
    await scoring.note_delivery(told.supplier_id, told.purchase_id, note, occasion)


def _wanted(order: OrderV1) -> list[Want]:
    return [Want(line.line_no, line.product_id, line.quantity) for line in order.lines]
