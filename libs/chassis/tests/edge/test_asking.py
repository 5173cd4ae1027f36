"""Who asks for what, by which key: the same caller and key always name the same thing."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from chassis.clock import StoppedClock
from chassis.handling import Entry, Outcome
from chassis.http.asking import Asking, Now, Opening, Who, asked_by
from chassis.http.paging import PageOut, Paging
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.testing.issuer import TestIssuer
from chassis.testing.kiosk import ANNA, OLEG, Kiosk
from fastapi import APIRouter, Depends
from kernel.actor import Actor, Role
from pydantic import BaseModel

router = APIRouter()


class Tea(BaseModel):
    tea: str


@router.post("/orders")
async def open_order(ordered: Tea, asked: Opening) -> dict[str, Any]:
    occasion = asked.occasion(ordered)
    return {"id": asked.derived_id("order"), "other": asked.derived_id("quote"), **shown(occasion)}


@router.post("/orders/{order_id}/cups")
async def add_cup(order_id: str, ordered: Tea, asked: Asking) -> dict[str, Any]:
    return {
        "order": order_id,
        "id": asked.derived_id("cup"),
        **shown(asked.occasion(ordered, story=order_id)),
    }


def shown(occasion: Any) -> dict[str, Any]:
    return {
        "occasion": occasion.id,
        "at": occasion.at,
        "who": occasion.actor.id,
        "fingerprint": occasion.fingerprint,
        "remembered": occasion.remembered,
        "story": occasion.correlation_id,
    }


@router.get("/me")
async def me(actor: Who, at: Now) -> dict[str, Any]:
    return {"id": actor.id, "at": at}


@router.get("/till", dependencies=[Depends(asked_by(Role.SALES_MANAGER, Role.OWNER))])
async def till() -> int:
    return 7


@router.get("/shelf")
async def shelf(page: Paging) -> PageOut[int]:
    return PageOut(items=[page.limit], next=page.cursor)


GREEN = {"tea": "green"}


async def ordered(kiosk: Kiosk, key: str, *, actor: Actor = ANNA, tea: Mapping[str, str] = GREEN) -> Any:
    async with kiosk(router) as client:
        return (await client.post("/orders", json=tea, headers=kiosk.as_(actor, key=key))).json()


async def test_the_same_caller_and_key_name_the_same_order_and_occasion(kiosk: Kiosk) -> None:
    first, again = await ordered(kiosk, "k1"), await ordered(kiosk, "k1")

    assert first == again
    assert first["remembered"]
    assert "k1" not in str(first)


async def test_another_key_another_caller_and_another_kind_name_another(kiosk: Kiosk) -> None:
    first = await ordered(kiosk, "k1")

    ids = {first["id"], first["other"], (await ordered(kiosk, "k2"))["id"]}
    ids.add((await ordered(kiosk, "k1", actor=OLEG))["id"])

    assert len(ids) == 4


async def test_another_body_under_the_same_key_is_told_by_its_fingerprint(kiosk: Kiosk) -> None:
    green, black = await ordered(kiosk, "k1"), await ordered(kiosk, "k1", tea={"tea": "black"})

    assert green["occasion"] == black["occasion"]
    assert green["fingerprint"] != black["fingerprint"]


async def test_the_same_key_for_another_thing_is_told_by_its_fingerprint_too(kiosk: Kiosk) -> None:
    headers = kiosk.as_(ANNA, key="k1")
    async with kiosk(router) as client:
        one = (await client.post("/orders/1/cups", json=GREEN, headers=headers)).json()
        two = (await client.post("/orders/2/cups", json=GREEN, headers=headers)).json()

    assert one["fingerprint"] != two["fingerprint"]
    assert (one["story"], two["story"]) == ("1", "2")


async def test_without_a_key_every_command_is_another(kiosk: Kiosk) -> None:
    async with kiosk(router) as client:
        one, two = [
            (await client.post("/orders/1/cups", json=GREEN, headers=kiosk.as_(ANNA))).json()
            for _ in range(2)
        ]

    assert one["occasion"] != two["occasion"]
    assert one["id"] != two["id"]
    assert (one["remembered"], one["fingerprint"]) == (False, None)


@pytest.mark.parametrize("key", [None, "", " ", "two words", "x" * 121, "ключ".encode().decode("latin-1")])
async def test_opening_needs_a_key_of_plain_characters(key: str | None, kiosk: Kiosk) -> None:
    headers = dict(kiosk.as_(ANNA))
    if key is not None:
        headers["Idempotency-Key"] = key

    async with kiosk(router) as client:
        answer = await client.post(
            "/orders", json=GREEN, headers=[(n.encode(), v.encode("latin-1")) for n, v in headers.items()]
        )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == ["header", "Idempotency-Key"]


@pytest.mark.parametrize(
    "shown",
    [{}, {"Authorization": "Bearer"}, {"Authorization": "Bearer forged"}, {"Authorization": "Basic eDp5"}],
    ids=["nothing", "no token", "a forged one", "a password"],
)
async def test_who_shows_no_good_token_is_told_how(shown: dict[str, str], kiosk: Kiosk) -> None:
    async with kiosk(router) as client:
        answer = await client.get("/me", headers=shown)

    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/unauthorized")
    assert answer.headers["www-authenticate"] == 'Bearer realm="opblok"'


async def test_a_token_of_another_issuer_is_no_good_token(kiosk: Kiosk) -> None:
    async with kiosk(router) as client:
        answer = await client.get("/me", headers=TestIssuer("http://elsewhere.test").headers(ANNA))

    assert (answer.status_code, answer.json()["detail"]) == (401, "The token's issuer is not trusted here.")


async def test_a_gate_lets_its_roles_through(kiosk: Kiosk) -> None:
    async with kiosk(router) as client:
        assert (await client.get("/till", headers=kiosk.as_(ANNA))).json() == 7
        refused = await client.get("/till", headers=kiosk.as_(OLEG))

    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")
    assert refused.json()["detail"] == "This needs one of the roles: owner, sales_manager."


async def test_the_time_is_the_services_clock(kiosk: Kiosk, clock: StoppedClock) -> None:
    clock.forward(timedelta(hours=4))

    async with kiosk(router) as client:
        assert (await client.get("/me", headers=kiosk.as_(ANNA))).json()["at"] == "2026-03-02T11:00:00Z"


@pytest.mark.parametrize(
    ("asked", "status"),
    [("", 200), ("?limit=200", 200), ("?limit=201", 422), ("?limit=0", 422), ("?cursor=" + "x" * 601, 422)],
)
async def test_a_page_has_a_limit(asked: str, status: int, kiosk: Kiosk) -> None:
    async with kiosk(router) as client:
        assert (await client.get(f"/shelf{asked}")).status_code == status


def test_a_repeated_command_gets_the_first_receipt(clock: StoppedClock) -> None:
    first = receipt(Outcome("o1", None, 3, ("OrderPlaced",)))
    again = receipt(Outcome("o1", None, 3, ("OrderPlaced",), repeated=True))

    assert first == again == ReceiptOut(id="o1", version=3, changes=["OrderPlaced"])


def test_a_timeline_tells_what_when_who_and_why(clock: StoppedClock) -> None:
    entry = Entry(1, ("OrderPlaced",), ("f1",), clock.now(), "anna", "command:1")

    told = timeline("o1", [entry])

    assert isinstance(told, TimelineOut)
    assert told.entries[0].model_dump() == {
        "number": 1, "at": clock.now(), "what": ["OrderPlaced"], "who": "anna", "why": "command:1", "told": ["f1"],
    }  # fmt: skip
