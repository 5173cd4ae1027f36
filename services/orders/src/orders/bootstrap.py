"""The composition root of orders."""

from chassis.chassis import Chassis, Parts

from orders.adapters.crm import CrmNames
from orders.adapters.documents import MEMBERS, ORDERS, OWNERS, SHOPS
from orders.application import following
from orders.application.naming import Naming
from orders.application.ordering import ORDER, Ordering
from orders.application.working_time import Situations, Unheard
from orders.entrypoints import commands, queries
from orders.entrypoints.subscribers import reactions
from orders.settings import OrdersSettings


def compose(chassis: Chassis, settings: OrdersSettings) -> Parts:
    """Orders, wired."""
    orders, shops, members = chassis.store(ORDERS), chassis.store(SHOPS), chassis.store(MEMBERS)
    owners = chassis.store(OWNERS)
    unheard = Unheard(settings.default_responsible, settings.default_zone, settings.policy)
    situations = Situations(shops, members, orders, unheard)
    handle = chassis.handler(ORDER, orders)
    naming = Naming(handle, orders, owners, situations, CrmNames(chassis.peers.of("crm")))
    ordering = Ordering(handle, orders, situations, naming)
    return Parts(
        routers=(commands.router, queries.router),
        reactions=reactions,
        wired={
            "ordering": ordering,
            "orders": orders,
            "situations": situations,
            "hear_shop": chassis.handler(following.SHOPS, shops),
            "hear_member": chassis.handler(following.MEMBERS, members),
            "hear_owner": chassis.handler(following.OWNERS, owners),
        },
        deadlines=(chassis.deadlines(orders, ordering.on_deadline),),
    )
