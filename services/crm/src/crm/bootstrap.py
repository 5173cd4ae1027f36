"""The composition root of crm."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from chassis.auth.verifier import MongoKeptKeys
from chassis.chassis import Chassis, Listing, Loop, Parts
from chassis.clock import Clock, SystemClock
from chassis.settings import SettingsProblem
from pydantic import ValidationError

from crm.adapters import documents as d
from crm.adapters.believing import OwnAndOthers
from crm.adapters.cryptography import Argon2Digests, JoseKeys
from crm.adapters.sweeping import sweep
from crm.adapters.turns import MemoryTurns, MongoTurns
from crm.application import deciders
from crm.application.doors import Doors
from crm.application.founding import Founding, FoundingFile
from crm.application.issuing import Issuing
from crm.application.knowing import Knowing
from crm.application.leaving import Leaving
from crm.application.peopling import Peopling
from crm.application.secret_keeping import Secrets
from crm.application.signing import Signer
from crm.domain.staff import Staff
from crm.entrypoints import attendance, customer_commands, customers, oauth, people, roles, shops
from crm.settings import CrmSettings

LOOK_AT_KEYS_EVERY = 60.0
SWEEP_EVERY = 3600.0


def compose(chassis: Chassis, settings: CrmSettings, real: Clock | None = None) -> Parts:
    """Crm, wired. Tokens, lockouts and keys run on `real` time; the rest on the service's clock."""
    real = real or SystemClock()
    file = read_founding(settings.bootstrap_file) if settings.bootstrap_file else None
    kept_shops, staff, kept_customers = (
        chassis.store(d.SHOPS),
        chassis.store(d.STAFF),
        chassis.store(d.CUSTOMERS),
    )
    issuer = _issuer(chassis, settings, staff, real)
    describe_shop = chassis.handler(deciders.SHOP, kept_shops)
    handle_staff = chassis.handler(deciders.STAFF, staff)
    turns = MemoryTurns() if chassis.database is None else MongoTurns(chassis.database, real)
    peopling = Peopling(handle_staff, staff, turns)
    knowing = Knowing(
        handle=chassis.handler(deciders.CUSTOMER, kept_customers),
        customers=kept_customers,
        staff=staff,
        shops=kept_shops,
        claims=chassis.claims("phone_claims"),
        phone_key=settings.phone_hash_key(),
    )
    founding = Founding(describe_shop, kept_shops, peopling, issuer.issuing.secrets, chassis.clock)

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
        ),
        wired={
            "signer": issuer.signer,
            "issuing": issuer.issuing,
            "shops": kept_shops,
            "describe_shop": describe_shop,
            "staff": staff,
            "peopling": peopling,
            "customers": kept_customers,
            "knowing": knowing,
        },
        deadlines=(chassis.deadlines(staff, Leaving(handle_staff, knowing).settle),),
        tasks=(_keep_keys_fresh(issuer.signer), _sweep_now_and_then(chassis, real)),
        starting=(issuer.signer.look, found),
        verifier=issuer.verifier,
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


@dataclass(frozen=True, slots=True)
class _Issuer:
    signer: Signer
    issuing: Issuing
    verifier: OwnAndOthers


def _issuer(chassis: Chassis, settings: CrmSettings, staff: Listing[Staff], real: Clock) -> _Issuer:
    kept, lockouts = chassis.store(d.SECRETS), chassis.store(d.LOCKOUTS)
    families, rings = chassis.store(d.FAMILIES), chassis.store(d.RINGS)
    audience = settings.auth.audience
    keyring = chassis.handler(deciders.KEYRING, rings)
    signer = Signer(keyring, rings, JoseKeys(), real, issuer=settings.issuer, audience=audience)
    digests = Argon2Digests(memory_kib=settings.password_memory_kib, passes=settings.password_passes)
    set_secret = chassis.handler(deciders.SECRET, kept)
    note_attempt = chassis.handler(deciders.LOCKOUT, lockouts)
    issuing = Issuing(
        signer=signer,
        clock=real,
        secrets=Secrets(digests, digests.of_nobody(), kept, set_secret, real),
        doors=Doors(lockouts, note_attempt, real, settings.phone_hash_key()),
        families=chassis.handler(deciders.FAMILY, families),
        staff=staff,
    )
    kept_keys = MongoKeptKeys(chassis.database) if chassis.database is not None else None
    verifier = OwnAndOthers(signer, audience, settings.other_issuers, clock=real, kept=kept_keys)
    return _Issuer(signer, issuing, verifier)


def _keep_keys_fresh(signer: Signer) -> Loop:
    async def keep_keys_fresh() -> None:
        while True:
            await asyncio.sleep(LOOK_AT_KEYS_EVERY)
            await signer.look()

    return keep_keys_fresh


def _sweep_now_and_then(chassis: Chassis, real: Clock) -> Loop:
    async def sweep_now_and_then() -> None:
        while True:
            if chassis.database is not None:
                await sweep(chassis.database, real.now())
            await asyncio.sleep(SWEEP_EVERY)

    return sweep_now_and_then
