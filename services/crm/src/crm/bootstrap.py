"""The composition root of crm."""

from datetime import timedelta
from pathlib import Path

from chassis.chassis import Chassis, Parts
from chassis.clock import Clock, SystemClock
from chassis.freezing import freezing
from chassis.http import rush_freezes
from chassis.settings import SettingsProblem
from pydantic import ValidationError

from crm.adapters import documents as d
from crm.adapters.turns import MemoryTurns, MongoTurns
from crm.application import deciders
from crm.application.first_orders import FirstOrders
from crm.application.forgetting import Forgetting
from crm.application.founding import Founding, FoundingFile
from crm.application.handing_over import HandingOver
from crm.application.knowing import Knowing
from crm.application.leaving import Leaving
from crm.application.merging import Merging
from crm.application.peopling import Peopling
from crm.application.phone_claims import PhoneClaims
from crm.bitrix_wiring import bridge
from crm.customer_wiring import due, followers, retirement
from crm.entrypoints import (
    attendance,
    bitrix_calls,
    bitrix_hook,
    bitrix_people,
    customer_commands,
    customers,
    directory,
    doubles,
    handovers,
    oauth,
    people,
    personal_data,
    roles,
    shops,
    subscribers,
)
from crm.issuer_wiring import issue, keep_keys_fresh, sweep_now_and_then
from crm.lead_wiring import leads_of
from crm.moving_wiring import moves
from crm.notes_wiring import notes_of
from crm.settings import CrmSettings


def compose(chassis: Chassis, settings: CrmSettings, real: Clock | None = None) -> Parts:
    """Crm, wired. Tokens, lockouts and keys run on `real` time; the rest on the service's clock."""
    real = real or SystemClock()
    file = read_founding(settings.bootstrap_file) if settings.bootstrap_file else None
    kept_shops, staff = chassis.store(d.SHOPS), chassis.store(d.STAFF)
    kept_customers = chassis.store(d.CUSTOMERS)
    issuer = issue(chassis, settings, staff, real)
    describe_shop = chassis.handler(deciders.SHOP, kept_shops)
    handle_staff = chassis.handler(deciders.STAFF, staff)
    turns = MemoryTurns() if chassis.database is None else MongoTurns(chassis.database, real)
    freezes = freezing(chassis)
    peopling = Peopling(handle_staff, staff, turns, freezes)
    knowing = Knowing(
        handle=chassis.handler(deciders.CUSTOMER, kept_customers),
        customers=kept_customers,
        staff=staff,
        shops=kept_shops,
        phones=PhoneClaims(chassis.claims("phone_claims"), kept_customers, settings.phone_hash_key()),
    )
    merging = Merging(knowing, turns)
    moving = moves(chassis, knowing, settings)
    forgetting = Forgetting(knowing, merging, moving.importing)
    handing = HandingOver(knowing, timedelta(hours=settings.handover_hours))
    leading = leads_of(chassis, handing, merging)
    founding = Founding(describe_shop, kept_shops, peopling, issuer.issuing.secrets, chassis.clock)

    noting = notes_of(chassis, knowing, settings)
    portal = bridge(chassis, settings, knowing=knowing, staff=handle_staff, turns=turns, real=real)

    async def found() -> None:
        if file is not None:
            await founding.found(file)

    return Parts(
        routers=(
            oauth.router,
            shops.router,
            people.router,
            roles.router,
            attendance.router,
            customers.asking,
            customers.router,
            customer_commands.router,
            handovers.router,
            personal_data.router,
            doubles.router,
            *moving.routers,
            *noting.routers,
            directory.router,
            *leading.routers,
            *((bitrix_hook.router, bitrix_people.router, bitrix_calls.router) if portal else ()),
            rush_freezes.router,
        ),
        reactions=subscribers.reactions,
        wired={
            "signer": issuer.signer,
            "issuing": issuer.issuing,
            "shops": kept_shops,
            "describe_shop": describe_shop,
            "staff": staff,
            "peopling": peopling,
            "customers": kept_customers,
            "knowing": knowing,
            "forgetting": forgetting,
            "handing": handing,
            "first_orders": FirstOrders(handing, settings.handover_after_first_order),
            "merging": merging,
            **leading.wired,
            "customer_followers": followers(merging, leading.following, portal),
            **moving.wired,
            **noting.wired,
            **(portal.wired if portal else {}),
            "freezing": freezes,
        },
        deadlines=(
            chassis.deadlines(staff, Leaving(handle_staff, handing).settle),
            chassis.deadlines(kept_customers, due(forgetting, handing)),
            *leading.deadlines,
            *moving.deadlines,
            *(portal.deadlines if portal else ()),
        ),
        tasks=(
            keep_keys_fresh(issuer.signer),
            sweep_now_and_then(chassis, real),
            *retirement(chassis.clock, forgetting, settings),
            *noting.tasks,
            *(portal.tasks if portal else ()),
        ),
        starting=(issuer.signer.look, found),
        figures=leading.figures,
        verifier=issuer.verifier,
        larger_bodies=moving.larger_bodies,
    )


def read_founding(file: Path) -> FoundingFile:
    """The founding file; raise `SettingsProblem` that names what is wrong in it, without its secrets."""
    try:
        founding = FoundingFile.model_validate_json(file.read_text())
    except OSError as wrong:
        raise SettingsProblem(f"OPBLOK_BOOTSTRAP_FILE: {file} can't be read: {wrong.strerror}") from wrong
    except ValidationError as wrong:
        where = "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong.errors(include_input=False)
        )
        raise SettingsProblem(f"OPBLOK_BOOTSTRAP_FILE: {where}") from wrong
    problems = founding.problems()
    if problems:
        raise SettingsProblem(f"OPBLOK_BOOTSTRAP_FILE: {'; '.join(problems)}")
    return founding
