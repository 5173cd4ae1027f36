"""Voximplant's own client for Python works against our fake of its Management API, over real HTTPS."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from voximplant.apiclient import VoximplantAPI, VoximplantException

from tests.fakes.bitrix24.standing import certify, free_socket, standing
from tests.fakes.voximplant.account import Account, leg, record
from tests.fakes.voximplant.app import application

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
CALLER, OURS = "79161234567", "74951234567"


@pytest.fixture
def account() -> Account:
    return Account()


@pytest.fixture
async def api(
    account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[VoximplantAPI]:
    """The vendor's client speaks HTTPS and nothing else."""
    pem, at = certify(tmp_path), free_socket()
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(pem))
    async with standing(application(account), at, pem):
        yield VoximplantAPI(str(account.credentials(tmp_path)), f"127.0.0.1:{at.getsockname()[1]}")


async def asked(api: VoximplantAPI, **how: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {"from_date": MONDAY, "to_date": MONDAY + timedelta(days=1)}
    return await asyncio.to_thread(lambda: api.get_call_history(**(usual | how)))


async def refused(api: VoximplantAPI, **how: Any) -> int:
    with pytest.raises(VoximplantException) as no:
        await asked(api, **how)
    return no.value.code


async def test_sessions_come_with_their_calls_and_recordings_when_asked_for(
    account: Account, api: VoximplantAPI
) -> None:
    came = leg(1, MONDAY, CALLER, OURS, 50, incoming=True)
    account.had(77, MONDAY, came, records=[record(5, MONDAY, "https://records.example/5")])

    (bare,) = (await asked(api))["result"]
    (whole,) = (await asked(api, with_calls=True, with_records=True))["result"]

    assert "calls" not in bare
    assert (whole["start_date"], whole["calls"][0]["start_time"]) == (MONDAY, MONDAY)
    assert (whole["calls"][0]["remote_number"], whole["records"][0]["record_id"]) == (CALLER, 5)
    assert whole["finish_reason"] == "Normal termination"


async def test_pages_go_on_where_the_last_one_ended(account: Account, api: VoximplantAPI) -> None:
    for number in range(45):
        account.had(number, MONDAY + timedelta(minutes=number))

    pages = [(await asked(api, offset=offset))["result"] for offset in (0, 20, 40)]

    assert [each["call_session_history_id"] for page in pages for each in page] == list(range(45))
    newest = await asked(api, desc_order=True, count=1)
    assert (newest["result"][0]["call_session_history_id"], newest["total_count"]) == (44, 45)


async def test_what_is_asked_for_by_id_and_time_is_answered_alone(
    account: Account, api: VoximplantAPI
) -> None:
    for number in range(3):
        account.had(number, MONDAY + timedelta(hours=number))

    chosen = await asked(api, call_session_history_id=[0, 2])
    early = await asked(api, to_date=MONDAY + timedelta(hours=1))

    assert [each["call_session_history_id"] for each in chosen["result"]] == [0, 2]
    assert [each["call_session_history_id"] for each in early["result"]] == [0]


async def test_faults_come_inside_an_answer_that_looks_well(account: Account, api: VoximplantAPI) -> None:
    assert await refused(api, count=2000) == 111
    account.key_id = "another"
    assert await refused(api) == 100


async def test_bad_weather_is_a_fault_of_http(account: Account, api: VoximplantAPI) -> None:
    account.weather.busy = 1
    assert await refused(api) == 429
    account.weather.down = True
    assert await refused(api) == 503
