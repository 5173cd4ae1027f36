"""The composition root of crm."""

import asyncio
from pathlib import Path

from chassis.auth.verifier import Verifier
from chassis.chassis import Chassis, Parts
from chassis.clock import SystemClock
from chassis.settings import SettingsProblem
from pydantic import ValidationError

from crm.adapters import documents as d
from crm.adapters.cryptography import Argon2Digests, JoseKeys
from crm.application import deciders
from crm.application.founding import Founding, FoundingFile
from crm.application.issuing import Issuing
from crm.application.knowing import Knowing
from crm.application.peopling import Peopling
from crm.application.signing import Signer
from crm.entrypoints import customers, oauth, people, shops
from crm.settings import CrmSettings

LOOK_AT_KEYS_EVERY = 60.0


def compose(chassis: Chassis, settings: CrmSettings) -> Parts:
    """Crm, wired. Tokens, lockouts and keys run on real time; the rest on the service's clock."""
    real = SystemClock()
    auth = settings.auth
    shop_store, staff, customer_store = (
        chassis.store(d.SHOPS),
        chassis.store(d.STAFF),
        chassis.store(d.CUSTOMERS),
    )
    secrets, lockouts = chassis.store(d.SECRETS), chassis.store(d.LOCKOUTS)
    families, rings = chassis.store(d.FAMILIES), chassis.store(d.RINGS)
    digests = Argon2Digests()
    signer = Signer(
        chassis.handler(deciders.KEYRING, rings),
        rings,
        JoseKeys(),
        real,
        issuer=settings.issuer_url.rstrip("/"),
        audience=auth.audience,
    )
    issuing = Issuing(
        signer=signer,
        clock=real,
        digests=digests,
        nobody=digests.make("nobody has this password"),
        secrets=secrets,
        set_secret=chassis.handler(deciders.SECRET, secrets),
        lockouts=lockouts,
        note_attempt=chassis.handler(deciders.LOCKOUT, lockouts),
        families=chassis.handler(deciders.FAMILY, families),
        staff=staff,
    )
    describe_shop = chassis.handler(deciders.SHOP, shop_store)
    handle_staff = chassis.handler(deciders.STAFF, staff)
    knowing = Knowing(
        handle=chassis.handler(deciders.CUSTOMER, customer_store),
        customers=customer_store,
        staff=staff,
        shops=shop_store,
        claims=chassis.claims("phone_claims"),
        phone_key=settings.phone_hash_key(),
    )
    founding = Founding(describe_shop, shop_store, handle_staff, issuing, chassis.clock)
    file = read_founding(settings.bootstrap_file) if settings.bootstrap_file else None

    async def found() -> None:
        if file is not None:
            await founding.found(file)

    async def keep_keys_fresh() -> None:
        while True:
            await asyncio.sleep(LOOK_AT_KEYS_EVERY)
            await signer.look()

    return Parts(
        routers=(oauth.router, shops.router, people.router, customers.resolving, customers.router),
        wired={
            "signer": signer,
            "issuing": issuing,
            "shops": shop_store,
            "describe_shop": describe_shop,
            "staff": staff,
            "peopling": Peopling(handle_staff, staff),
            "customers": customer_store,
            "knowing": knowing,
        },
        tasks=(keep_keys_fresh,),
        starting=(signer.look, found),
        verifier=_verifier(settings, signer),
    )


def read_founding(file: Path) -> FoundingFile:
    """The founding file; raise `SettingsProblem` that names what is wrong in it, without its secrets."""
    try:
        return FoundingFile.model_validate_json(file.read_text())
    except OSError as wrong:
        raise SettingsProblem(f"OPBLOK_BOOTSTRAP_FILE: {file} can't be read: {wrong.strerror}") from wrong
    except ValidationError as wrong:
        where = "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong.errors(include_input=False)
        )
        raise SettingsProblem(f"OPBLOK_BOOTSTRAP_FILE: {where}") from wrong


def _verifier(settings: CrmSettings, signer: Signer) -> Verifier:
    """Crm believes its own tokens by its own keys, without asking itself over HTTP."""
    return Verifier([signer.issuer], settings.auth.audience, own_keys=signer.published)
