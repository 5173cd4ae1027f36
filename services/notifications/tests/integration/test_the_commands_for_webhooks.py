"""The commands of docs/webhooks.md, asked of the service as it answers over HTTP."""

import asyncio
import json
import re
from collections.abc import AsyncIterator

import pytest
from notifications.testing.news import created
from notifications.testing.receivers import DOWN, OLGA, Hooks, hooked
from notifications.testing.surroundings import served
from opblok.cli import app
from structlog.testing import capture_logs
from typer.testing import CliRunner

from services.notifications.tests.integration.conftest import free_port

URL = "https://erp.example.com/hooks"


@pytest.fixture
async def hooks(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hooks]:
    async with hooked() as running:
        token = running.chassis.as_(OLGA)["Authorization"].removeprefix("Bearer ")
        monkeypatch.setenv("OPBLOK_TOKEN", token)
        with capture_logs():  # they would stand among what the command says
            async with served(running.chassis.app(running.parts), free_port()) as url:
                monkeypatch.setenv("OPBLOK_NOTIFICATIONS_URL", url)
                running.delivering.start()
                yield running
                await running.delivering.stop()


async def typed(*words: str, code: int = 0) -> str:
    """What is said to it; `code` is how it ends."""
    done = await asyncio.to_thread(CliRunner().invoke, app, ["webhooks", *words])
    assert done.exit_code == code, done.output
    return done.output


async def test_somebody_subscribes_is_tried_and_his_log_is_read(hooks: Hooks) -> None:
    said = await typed("subscribe", URL, "order.*", "claim.opened", "--email", "it@example.com")
    id_, secret = said.split()[0], said.split()[2]
    assert secret.startswith("whsec_")

    assert "is delivered." in await typed("test", id_)
    assert hooks.receiver.calls[0][3] == (secret,)
    hooks.receiver.answers = [DOWN]
    assert "500" in await typed("test", id_, code=3)
    assert "failing since" in await typed("list", code=3)

    first = json.loads(await typed("deliveries", id_, "--limit", "1", "--json"))
    second = json.loads(await typed("deliveries", id_, "--limit", "1", "--after", first["next"], "--json"))
    assert [each["items"][0]["state"] for each in (first, second)] == ["waiting", "delivered"]
    assert "200" in await typed("delivery", second["items"][0]["delivery_id"])
    assert "http" not in await typed("deliveries", id_, "--state", "failed")


async def test_what_was_missed_is_replayed_and_a_secret_is_replaced(hooks: Hooks) -> None:
    id_ = (await typed("subscribe", URL, "order.*")).split()[0]
    await typed("pause", id_)
    assert "paused" in await typed("list")
    await hooks.tell(created())
    await typed("resume", id_)
    since = "2026-03-01T00:00+03:00"
    assert await typed("replay", id_, "--since", since, "--type", "order.*") == "1 on their way again.\n"

    new = re.findall(r"whsec_\S+", await typed("rotate", id_, "--keep-old", "0s"))
    await typed("change", id_, "--url", "https://erp2.example.com/hooks")
    await typed("test", id_)

    assert hooks.receiver.calls[-1][0] == "https://erp2.example.com/hooks"
    assert list(hooks.receiver.calls[-1][3]) == new
    await typed("cancel", id_, "--yes")
    assert "Nobody is subscribed" in await typed("list")
    assert "This endpoint was removed." in await typed("resume", id_, code=2)


@pytest.mark.usefixtures("hooks")
async def test_what_is_refused_is_said_in_the_services_words() -> None:
    assert "409 Webhooks go by https only. (why: scheme)" in await typed(
        "subscribe", "http://a.example/", "*", code=2
    )
    assert "(types: order.creatd)" in await typed("subscribe", URL, "order.creatd", code=2)
    assert "body.url: string_too_long" in await typed(
        "subscribe", "https://a.example/" + "a" * 2000, "*", code=2
    )
    assert "There is no such webhook endpoint." in await typed("test", "nobody", code=2)
