"""Bitrix24's own SDK for Python works against our fake of it, over real HTTPS: what the fake shows is what the vendor reads."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import requests
from b24pysdk.credentials import BitrixApp, BitrixToken, BitrixWebhook
from b24pysdk.credentials.auth import RenewedOAuth
from b24pysdk.errors import BitrixAPIError, BitrixAPIWrongAuthType

from tests.fakes.bitrix24.app import application
from tests.fakes.bitrix24.peopled import peopled
from tests.fakes.bitrix24.portal import Portal
from tests.fakes.bitrix24.standing import certify, free_socket, standing


@pytest.fixture
async def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Portal]:
    """The SDK speaks HTTPS and nothing else."""
    pem, at = certify(tmp_path), free_socket()
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(pem))
    portal = peopled(2600, f"https://127.0.0.1:{at.getsockname()[1]}")
    portal.bucket.size = 1000
    async with standing(application(portal), at, pem):
        yield portal


class AppHere(BitrixApp):
    """An application whose OAuth server is the fake; the SDK knows the vendor's alone."""

    def __init__(self, portal: Portal) -> None:
        super().__init__(client_id=portal.tokens.client_id, client_secret=portal.tokens.client_secret)
        self.site = portal.site

    def refresh_oauth_token(self, refresh_token: str, **kwargs: Any) -> RenewedOAuth:
        asked: dict[str, Any] = {
            "grant_type": "refresh_token",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "refresh_token": refresh_token,
        }
        return RenewedOAuth.from_dict(
            requests.get(f"{self.site}/oauth/token/", params=asked, timeout=5).json()
        )


def webhook(portal: Portal) -> Any:
    tokens = portal.tokens
    return BitrixWebhook(
        domain=portal.site.removeprefix("https://"),
        webhook_token=f"{tokens.webhook_user}/{tokens.webhook_secret}",
    )


def token(portal: Portal) -> Any:
    issued = portal.tokens.issue()
    return BitrixToken(
        domain=portal.site.removeprefix("https://"),
        auth_token=issued["access_token"],
        refresh_token=issued["refresh_token"],
        bitrix_app=AppHere(portal),
    )


async def test_a_list_is_read_whole_by_webhook(portal: Portal) -> None:
    fast = await asyncio.to_thread(
        lambda: list(
            webhook(portal).call_list_fast("crm.contact.list", {"select": ["ID", "PHONE"]})["result"]
        )
    )
    slow = await asyncio.to_thread(
        lambda: webhook(portal).call_list("crm.contact.list", {"select": ["ID"]}, limit=120)["result"]
    )

    assert [each["ID"] for each in fast] == [str(n) for n in range(1, 2601)]
    assert len(slow) == 120
    assert len({each["PHONE"][0]["VALUE"] for each in fast}) > 2500


async def test_typed_methods_of_the_client_read_what_they_expect(portal: Portal) -> None:
    client = webhook(portal).get_client()

    user = await asyncio.to_thread(lambda: client.user.get(filter={"ID": 17}).result)
    item = await asyncio.to_thread(lambda: client.crm.item.get(bitrix_id=5, entity_type_id=3).result)

    assert (user[0]["UF_PHONE_INNER"], user[0]["ACTIVE"]) == ("117", True)
    assert item["item"]["assignedById"] == 9


async def test_a_webhook_is_no_application(portal: Portal) -> None:
    call = {"USER_ID": 9, "PHONE_NUMBER": "+79160000001", "TYPE": 2}

    with pytest.raises(BitrixAPIWrongAuthType):
        await asyncio.to_thread(webhook(portal).call_method, "telephony.externalcall.register", call)


async def test_an_expired_token_is_refreshed_and_the_call_repeated(portal: Portal) -> None:
    mine = token(portal)
    for ends, (_, user) in list(portal.tokens.access.items()):
        portal.tokens.access[ends] = (0.0, user)
    old = mine.refresh_token

    answer = await asyncio.to_thread(mine.call_method, "user.current")

    assert answer["result"]["ID"] == "1"
    assert mine.refresh_token != old
    assert portal.tokens.refreshes == 1


async def test_a_batch_with_a_failure_in_it(portal: Portal) -> None:
    methods: dict[str, Any] = {"a": ("crm.contact.get", {"ID": 3}), "b": ("crm.contact.get", {"ID": 999_999})}

    answer = await asyncio.to_thread(webhook(portal).call_batch, methods)

    assert answer["result"]["result"]["a"]["ID"] == "3"
    assert answer["result"]["result_error"]["b"]["error_description"] == "Not found"


async def test_too_many_requests_are_refused_in_its_own_words(portal: Portal) -> None:
    portal.bucket.size, portal.bucket.level = 2, 2.0
    portal.bucket.leak, portal.bucket.at = 0.0, portal.clock()

    with pytest.raises(BitrixAPIError, match="Too many requests"):
        await asyncio.to_thread(
            lambda: webhook(portal).call_method("user.current", max_retries=1, initial_retry_delay=0.01)
        )
