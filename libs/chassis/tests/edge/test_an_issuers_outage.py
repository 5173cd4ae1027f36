"""Issuers are down, slow, and change their keys; who was believed goes on being believed."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest
from chassis.auth.verifier import BadToken, MongoKeptKeys, NoKeys, Verifier
from chassis.testing.issuer import AUDIENCE, TestIssuer
from chassis.testing.published import Kept, PublishedIssuer
from chassis.testing.waiting import eventually
from kernel.actor import Actor, Role
from pymongo.asynchronous.database import AsyncDatabase

ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))
OLD, NEW = TestIssuer(key_id="old"), TestIssuer(key_id="new")


@dataclass
class Hours:
    """A monotonic clock that a test moves."""

    at: float = 1_000.0

    def __call__(self) -> float:
        return self.at


def believing(issuer: PublishedIssuer, hours: Hours, kept: Kept | None = None) -> Verifier:
    return Verifier([issuer.name], AUDIENCE, client=issuer.client, kept=kept, monotonic=hours)


async def test_keys_are_fetched_once_for_all_who_wait() -> None:
    issuer = PublishedIssuer(OLD)
    issuer.pause = 0.01
    verifier = believing(issuer, Hours())

    actors = await asyncio.gather(*(verifier.actor(OLD.token(ANNA)) for _ in range(20)))

    assert actors == [ANNA] * 20
    assert issuer.times_asked == 1


async def test_one_who_stops_waiting_takes_the_keys_from_nobody() -> None:
    issuer = PublishedIssuer(OLD)
    issuer.pause = 0.01
    verifier = believing(issuer, Hours())
    first, second = [asyncio.create_task(verifier.actor(OLD.token(ANNA))) for _ in range(2)]
    await eventually(lambda: issuer.asked)

    first.cancel()

    assert await second == ANNA


async def test_an_issuer_that_is_down_is_not_noticed_while_its_keys_are_known() -> None:
    issuer, hours = PublishedIssuer(OLD), Hours()
    verifier = believing(issuer, hours)
    await verifier.warm()

    issuer.is_down = True
    for _ in range(3):
        hours.at += 86_400
        assert await verifier.actor(OLD.token(ANNA)) == ANNA

    assert await eventually(lambda: issuer.times_asked > 1)


async def test_nobody_waits_for_a_slow_issuer_whose_key_is_known() -> None:
    issuer, hours = PublishedIssuer(OLD), Hours()
    verifier = believing(issuer, hours)
    await verifier.warm()

    issuer.pause, hours.at = 60, hours.at + 1_000

    async with asyncio.timeout(1):
        assert await verifier.actor(OLD.token(ANNA)) == ANNA
    await verifier.close()


async def test_a_new_key_is_believed_as_soon_as_it_signs() -> None:
    issuer, hours = PublishedIssuer(OLD), Hours()
    verifier = believing(issuer, hours)
    await verifier.warm()

    issuer.keys = (OLD, NEW)
    hours.at += 11

    assert await verifier.actor(NEW.token(ANNA)) == ANNA
    assert await verifier.actor(OLD.token(ANNA)) == ANNA


async def test_a_key_that_was_withdrawn_is_believed_no_more() -> None:
    issuer, hours = PublishedIssuer(OLD), Hours()
    verifier = believing(issuer, hours)
    token = OLD.token(ANNA)
    assert await verifier.actor(token) == ANNA

    issuer.keys = (NEW,)
    hours.at += 301

    async def refused() -> bool:
        try:
            await verifier.actor(token)
        except BadToken:
            return True
        return False

    assert await eventually(refused)


async def test_made_up_key_ids_do_not_make_us_ask_again_and_again() -> None:
    issuer, hours = PublishedIssuer(OLD), Hours()
    verifier = believing(issuer, hours)
    await verifier.warm()

    hours.at += 11
    for n in range(50):
        with pytest.raises(BadToken):
            await verifier.actor(TestIssuer(key_id=f"made-up-{n}").token(ANNA))

    assert issuer.times_asked == 2


async def test_before_the_first_answer_of_an_issuer_nobody_can_tell() -> None:
    issuer, hours = PublishedIssuer(OLD), Hours()
    issuer.is_down = True
    verifier = believing(issuer, hours)

    with pytest.raises(NoKeys):
        await verifier.actor(OLD.token(ANNA))

    issuer.is_down, hours.at = False, hours.at + 2
    assert await verifier.actor(OLD.token(ANNA)) == ANNA


async def test_kept_keys_outlive_a_restart_of_ours_while_the_issuer_is_down() -> None:
    issuer, kept = PublishedIssuer(OLD), Kept()
    await believing(issuer, Hours(), kept).warm()
    assert await eventually(lambda: kept.keys.get(issuer.name) == issuer.jwks)

    issuer.is_down = True
    restarted = believing(issuer, Hours(), kept)

    assert await restarted.actor(OLD.token(ANNA)) == ANNA


async def test_keys_are_believed_also_when_they_can_not_be_kept() -> None:
    issuer, kept = PublishedIssuer(OLD), Kept()
    kept.is_down = True

    assert await believing(issuer, Hours(), kept).actor(OLD.token(ANNA)) == ANNA


async def test_an_issuer_that_publishes_nothing_does_not_lock_everybody_out() -> None:
    issuer, hours = PublishedIssuer(OLD), Hours()
    verifier = believing(issuer, hours)
    await verifier.warm()

    issuer.keys, hours.at = (), hours.at + 301
    assert await verifier.actor(OLD.token(ANNA)) == ANNA
    assert await eventually(lambda: issuer.asked[-1] == "/keys" and issuer.times_asked == 2)

    assert await verifier.actor(OLD.token(ANNA)) == ANNA


async def test_an_issuer_that_calls_itself_otherwise_is_not_the_one_we_trust() -> None:
    issuer = PublishedIssuer(OLD)
    issuer.calls_itself = "http://mallory.test"

    with pytest.raises(NoKeys):
        await believing(issuer, Hours()).actor(OLD.token(ANNA))


async def test_an_issuer_believes_itself_by_its_own_keys_and_others_by_theirs() -> None:
    other = TestIssuer("http://other.test")
    published = PublishedIssuer(other)
    verifier = Verifier([OLD.name, other.name], AUDIENCE, client=published.client, own_keys=lambda: OLD.jwks)

    assert await verifier.actor(OLD.token(ANNA)) == ANNA
    assert await verifier.actor(other.token(ANNA)) == ANNA
    assert published.times_asked == 1


async def test_keys_are_kept_in_mongodb(database: AsyncDatabase[dict[str, Any]]) -> None:
    kept = MongoKeptKeys(database)
    assert await kept.load(OLD.name) is None

    await kept.keep(OLD.name, OLD.jwks)
    await kept.keep(OLD.name, NEW.jwks)

    assert await kept.load(OLD.name) == NEW.jwks
