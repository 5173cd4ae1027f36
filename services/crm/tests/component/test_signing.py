"""Signing keys: published for whoever verifies, rotated without anybody noticing."""

from datetime import timedelta
from typing import Any

import httpx
from chassis.auth.verifier import Verifier
from crm.domain.keyring import PUBLISHED_AFTER, PUBLISHED_BEFORE, SIGNS_FOR


def reader(crm: Any) -> Verifier:
    """Another service, which knows crm by HTTP alone."""
    transport = httpx.ASGITransport(crm.client._transport.app)
    client = httpx.AsyncClient(transport=transport, base_url="http://crm.test")
    return Verifier(["http://crm.test"], "opblok", client=client, clock=lambda: crm.clock.now().timestamp())


async def key_ids(crm: Any) -> list[str]:
    published = (await crm.client.get("/.well-known/jwks.json")).json()["keys"]
    assert all("d" not in key for key in published)
    return [key["kid"] for key in published]


async def test_another_service_finds_the_keys_and_believes_the_token(crm: Any) -> None:
    granted = await crm.log_in("anna")

    assert (await reader(crm).actor(granted["access_token"])).id == "anna"


async def test_discovery_says_where_everything_is(crm: Any) -> None:
    described = (await crm.client.get("/.well-known/openid-configuration")).json()

    assert described["issuer"] == "http://crm.test"
    assert described["jwks_uri"] == "http://crm.test/.well-known/jwks.json"
    assert described["token_endpoint"] == "http://crm.test/oauth/token"


async def test_an_owner_rotates_and_every_token_goes_on(crm: Any) -> None:
    old = await key_ids(crm)
    before = await crm.log_in("anna")

    rotated = await crm.ask("POST", "/signing-keys/rotation", status=202)

    assert await key_ids(crm) == [*old, rotated["key_id"]]
    crm.clock.forward(timedelta(minutes=9))
    await crm.who(before["access_token"])
    crm.clock.forward(PUBLISHED_BEFORE)
    after = await crm.log_in("anna")
    assert (await reader(crm).actor(after["access_token"])).id == "anna"


async def test_keys_are_rotated_by_time_and_old_ones_leave(crm: Any) -> None:
    signer, old = crm.parts.wired["signer"], await key_ids(crm)

    crm.clock.forward(SIGNS_FOR)
    await signer.look()
    assert len(await key_ids(crm)) == 2
    crm.clock.forward(PUBLISHED_BEFORE + PUBLISHED_AFTER + timedelta(minutes=1))
    await signer.look()

    assert set(old).isdisjoint(await key_ids(crm))


async def test_only_an_owner_rotates(crm: Any) -> None:
    clerk = await crm.who((await crm.log_in("clerk"))["access_token"])

    await crm.ask("POST", "/signing-keys/rotation", by=clerk, status=403)


async def test_the_private_half_lies_sealed(crm: Any) -> None:
    rings = next(store for store in crm.chassis.stores if store.name == "rings")

    (key,) = rings.raw("ring")["keys"]

    assert set(key["private"]) == {"sealed"}
