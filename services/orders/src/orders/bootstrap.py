"""The composition root of orders."""

from chassis.chassis import Chassis, Parts
from pydantic import SecretStr

from orders.adapters.crm import CrmNames
from orders.adapters.documents import MEMBERS, ORDERS, OWNERS, SHOPS
from orders.adapters.logistics import LogisticsCapacity
from orders.adapters.rush_documents import RUSHES
from orders.adapters.tbank import TBank, Terminal
from orders.application import counting, following
from orders.application.acquirer import Acquirer
from orders.application.agreeing import Agreeing
from orders.application.collecting import Collecting
from orders.application.naming import Naming
from orders.application.ordering import Ordering, order_decider
from orders.application.working_time import Situations, Unheard
from orders.domain.refund_clock import PAYMENT, PAYOUT
from orders.entrypoints import commands, delivery, payments, queries, refunds, tbank_hook
from orders.goods_parts import goods_parts
from orders.rush_parts import rush_parts
from orders.settings import OrdersSettings

KEPT_WORD = (delivery.router, payments.router, refunds.router, tbank_hook.router)


def compose(chassis: Chassis, settings: OrdersSettings) -> Parts:
    """Orders, wired."""
    return composed(chassis, settings, _acquirer(settings))


def composed(chassis: Chassis, settings: OrdersSettings, acquirer: Acquirer | None) -> Parts:
    """Orders, wired to this acquirer."""
    orders, shops, members = chassis.store(ORDERS), chassis.store(SHOPS), chassis.store(MEMBERS)
    owners = chassis.store(OWNERS)
    unheard = Unheard(settings.default_responsible, settings.default_zone, settings.policy)
    books = chassis.store(RUSHES)
    situations = Situations(shops, members, orders, unheard, books)
    handle = chassis.handler(order_decider(settings.policy.refund_limit), orders)
    naming = Naming(handle, orders, owners, situations, CrmNames(chassis.peers.of("crm")))
    capacity = LogisticsCapacity(chassis.peers.of("logistics"))
    agreeing = Agreeing(handle, orders, situations, capacity)
    collecting = Collecting(handle, orders, acquirer)
    goods = goods_parts(chassis, settings, handle, orders, situations, capacity)
    ours = {PAYMENT: collecting.look, PAYOUT: collecting.pay_out, **goods.of_machines}
    ordering = Ordering(handle, orders, situations, naming, ours)
    rush = rush_parts(chassis, orders, shops, books, situations)
    return Parts(
        routers=(commands.router, queries.router, *KEPT_WORD, *goods.routers, *rush.routers),
        reactions=goods.reactions,
        wired={
            "ordering": ordering,
            "agreeing": agreeing,
            "collecting": collecting,
            "tbank_secret": _plain(settings.tbank_webhook_secret),
            **goods.wired,
            **rush.wired,
            "orders": orders,
            "situations": situations,
            "hear_shop": chassis.handler(following.SHOPS, shops),
            "hear_member": chassis.handler(following.MEMBERS, members),
            "hear_owner": chassis.handler(following.OWNERS, owners),
        },
        deadlines=(chassis.deadlines(orders, ordering.on_deadline), *rush.deadlines),
        figures=counting.figures(orders, chassis.clock),
    )


def _acquirer(settings: OrdersSettings) -> TBank | None:
    """The shop's terminal, if it has one."""
    password = _plain(settings.tbank_password)
    if settings.tbank_terminal is None or password is None:
        return None
    return TBank(
        Terminal(
            settings.tbank_terminal,
            password,
            settings.tbank_url.rstrip("/"),
            settings.tbank_notify_url,
            settings.tbank_timeout,
        )
    )


def _plain(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None
