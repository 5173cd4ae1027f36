"""The composition root of orders."""

from chassis.chassis import Chassis, Parts

from orders.adapters.crm import CrmNames
from orders.adapters.documents import MEMBERS, ORDERS, SHOPS
from orders.application import following
from orders.application.ordering import ORDER, Ordering
from orders.application.working_time import Situations
from orders.entrypoints import commands, queries
from orders.entrypoints.subscribers import reactions
from orders.settings import OrdersSettings


def compose(chassis: Chassis, settings: OrdersSettings) -> Parts:
    """Orders, wired."""
    orders, shops, members = chassis.store(ORDERS), chassis.store(SHOPS), chassis.store(MEMBERS)
    situations = Situations(
        shops,
        members,
        orders,
        default_owner=settings.default_responsible,
        default_zone=settings.default_zone,
    )
    ordering = Ordering(chassis.handler(ORDER, orders), orders, situations, CrmNames(chassis.peers.of("crm")))
    return Parts(
        routers=(commands.router, queries.router),
        reactions=reactions,
        wired={
            "ordering": ordering,
            "orders": orders,
            "situations": situations,
            "hear_shop": chassis.handler(following.SHOPS, shops),
            "hear_member": chassis.handler(following.MEMBERS, members),
        },
        deadlines=(chassis.deadlines(orders, ordering.on_deadline),),
    )
