"""The issuer of tokens, wired: keys, log-ins, lockouts."""

import asyncio
from dataclasses import dataclass

from chassis.auth.verifier import MongoKeptKeys
from chassis.chassis import Chassis, Listing, Loop
from chassis.clock import Clock

from crm.adapters import documents as d
from crm.adapters.believing import OwnAndOthers
from crm.adapters.cryptography import Argon2Digests, JoseKeys
from crm.adapters.sweeping import sweep
from crm.application import deciders
from crm.application.doors import Doors
from crm.application.issuing import Issuing
from crm.application.secret_keeping import Secrets
from crm.application.signing import Signer
from crm.domain.staff import Staff
from crm.settings import CrmSettings

LOOK_AT_KEYS_EVERY = 60.0
SWEEP_EVERY = 3600.0


@dataclass(frozen=True, slots=True)
class Issuer:
    """What issues tokens, and what believes them."""

    signer: Signer
    issuing: Issuing
    verifier: OwnAndOthers


def issue(chassis: Chassis, settings: CrmSettings, staff: Listing[Staff], real: Clock) -> Issuer:
    """The issuer, wired; keys, lockouts and log-ins run on `real` time."""
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
    return Issuer(signer, issuing, verifier)


def keep_keys_fresh(signer: Signer) -> Loop:
    """A key whose time is over is followed by another."""

    async def keep_fresh() -> None:
        while True:
            await asyncio.sleep(LOOK_AT_KEYS_EVERY)
            await signer.look()

    return keep_fresh


def sweep_now_and_then(chassis: Chassis, real: Clock) -> Loop:
    """What the issuer has no use for any more leaves the database."""

    async def sweeping() -> None:
        while True:
            if chassis.database is not None:
                await sweep(chassis.database, real.now())
            await asyncio.sleep(SWEEP_EVERY)

    return sweeping
