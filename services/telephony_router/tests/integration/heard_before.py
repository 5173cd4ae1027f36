"""What a router's store holds of better days."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.clock import StoppedClock
from chassis.handling import Occasion
from chassis.testing.memory import ScriptedPeer, ScriptedPeers
from chassis.testing.replica import MongoChassis
from chassis.vault import Vault
from contracts.crm import StaffChangedV1
from telephony_router.bootstrap import compose
from telephony_router.domain.learning_customers import HearCustomer
from telephony_router.domain.roster import Shift
from telephony_router.domain.roster_commands import PlanShift
from telephony_router.entrypoints.from_facts import person_of
from telephony_router.testing.asking import MARIA, settings_of
from telephony_router.testing.crm import Directory
from telephony_router.testing.people import SVETA
from telephony_router.testing.world import MONDAY


async def known_before(database: Any) -> None:
    """What was heard while crm was well: Anna has a desk and the shift of now, whatever the hour is, and Maria is hers."""
    crm = Directory()
    crm.rings("anna", extension="101")
    crm.knows("c-maria", MARIA)
    vault = Vault.parse(os.environ["OPBLOK_VAULT_KEYS"])
    peers = ScriptedPeers({"crm": ScriptedPeer(crm)})
    replica = MongoChassis("telephony_router", database, StoppedClock(MONDAY), peers, vault=vault)
    parts = compose(replica, settings_of())
    await replica.prepare()
    told = StaffChangedV1(
        staff_id="anna", shop_id="main", roles=("sales_manager",), grade="regular", active=True,
        presence="at_work",
    )  # fmt: skip
    why = Occasion("before", MONDAY, SVETA)
    await parts.wired["knowing"].person(person_of(told), why)
    await parts.wired["knowing"].customer(HearCustomer(
        customer_id="c-maria", stage="customer", owner_id="anna", no_calls=False, at=MONDAY
    ), why)  # fmt: skip
    now = datetime.now(UTC)
    shift = Shift("now", "anna", now - timedelta(hours=1), now + timedelta(hours=1))
    await parts.wired["rostering"].ask(PlanShift(shop_id="main", actor=SVETA, at=now, shift=shift), why)
    for worker in parts.deadlines:
        await worker.once()
