"""Two replicas of the service find the same message due at once: one of them sends it."""

import asyncio

from chassis.handling import Occasion
from chassis.testing.memory import MemoryChassis, ScriptedPeer
from kernel.actor import service
from notifications.adapters.claims import ClaimsLetter
from notifications.adapters.documents import KNOWN, MESSAGES, SHOPS, TEMPLATES
from notifications.adapters.orders import OrdersContact
from notifications.adapters.quality import QualityLink
from notifications.adapters.shipped import shipped
from notifications.adapters.wording import JinjaWording
from notifications.application.handing_over import HandingOver
from notifications.application.readiness import Readiness
from notifications.application.sending import MESSAGE, SendingOut
from notifications.application.templates import TEMPLATE, Templates
from notifications.application.wording import Signature
from notifications.application.zones import Zones
from notifications.domain.policies import USUAL
from notifications.testing.answering import Orders
from notifications.testing.letters import MONDAY, write
from notifications.testing.tills import MailTill, SmsTill


def fit(*_: object) -> list[str]:
    return []


def unmeasured(*_: object) -> None:
    return None


def occasion(why: str) -> Occasion:
    return Occasion(why, MONDAY, service("notifications"))


async def test_one_of_them_sends_it() -> None:
    till, chassis = SmsTill(), MemoryChassis("notifications")
    messages, kept = chassis.store(MESSAGES), chassis.store(TEMPLATES)
    handle = chassis.handler(MESSAGE, messages)
    templates = Templates(kept, chassis.handler(TEMPLATE, kept), shipped(), fit)
    contact = OrdersContact(ScriptedPeer(Orders()))
    link, letter = QualityLink(ScriptedPeer(Orders())), ClaimsLetter(ScriptedPeer(Orders()))
    handing_over = HandingOver(
        contact, link, letter, templates, JinjaWording(), Signature("Игла"), till, MailTill(), unmeasured
    )
    readiness = Readiness(chassis.store(KNOWN), messages, Zones(chassis.store(SHOPS), "Europe/Moscow"), USUAL)
    replica = SendingOut(handle, messages, readiness, handing_over)
    await handle(write(), occasion("f-1"), opening=True)
    ((key, deadline),) = await chassis.stores[0].due(MONDAY, 10)

    await asyncio.gather(*(replica.on_deadline(key, deadline, occasion(f"d-{n}")) for n in range(5)))

    assert [each.key for each in till.given] == ["m-1"]
