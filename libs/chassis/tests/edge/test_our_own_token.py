"""A service's own token: asked for once, renewed in good time, and missed by nobody in a short outage."""

import asyncio
from collections.abc import Callable
from urllib.parse import parse_qs

import httpx
import pytest
from chassis.auth.service_tokens import NoToken, ServiceTokens
from chassis.testing.waiting import eventually


class Office:
    """An issuer's token endpoint. Its answers are numbered; `fails` of them come to nothing."""

    def __init__(self, *, lasts: object = 600, fails: int = 0, status: int = 503) -> None:
        self.lasts, self.fails, self.status = lasts, fails, status
        self.asked: list[dict[str, list[str]]] = []
        self.now = 1_000.0
        self.pauses: list[float] = []
        self.secret: Callable[[], str] = lambda: "hunter2"

    def tokens(self) -> ServiceTokens:
        client = httpx.AsyncClient(transport=httpx.MockTransport(self._answer))
        return ServiceTokens(
            "http://issuer.test/oauth/token",
            "orders",
            self._said,
            client,
            monotonic=lambda: self.now,
            pause=self._pause,
        )

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(parse_qs(request.content.decode()))
        await asyncio.sleep(0)
        if self.fails:
            self.fails -= 1
            return httpx.Response(self.status)
        return httpx.Response(200, json={"access_token": f"t{len(self.asked)}", "expires_in": self.lasts})

    def _said(self) -> str:
        return self.secret()

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


async def test_a_token_is_asked_for_by_client_credentials() -> None:
    office = Office()

    assert await office.tokens().token() == "t1"

    assert office.asked == [
        {"grant_type": ["client_credentials"], "client_id": ["orders"], "client_secret": ["hunter2"]}
    ]


async def test_however_many_want_it_it_is_asked_for_once() -> None:
    office = Office()
    tokens = office.tokens()

    given = await asyncio.gather(*(tokens.token() for _ in range(50)))

    assert given == ["t1"] * 50
    assert len(office.asked) == 1


async def test_one_who_stops_waiting_takes_the_token_from_nobody() -> None:
    office = Office()
    tokens = office.tokens()
    first, second = asyncio.create_task(tokens.token()), asyncio.create_task(tokens.token())
    await asyncio.sleep(0)

    first.cancel()

    assert await second == "t1"


async def test_it_is_renewed_before_its_end_and_nobody_waits_for_that() -> None:
    office = Office(lasts=100)
    tokens = office.tokens()
    await tokens.token()

    office.now += 69
    assert await tokens.token() == "t1"
    office.now += 2
    assert await tokens.token() == "t1"

    async def renewed() -> bool:
        return await tokens.token() == "t2"

    assert await eventually(renewed)


async def test_an_issuer_that_is_down_for_a_while_is_not_noticed() -> None:
    office = Office(lasts=100)
    tokens = office.tokens()
    await tokens.token()

    office.fails, office.now = 1_000, office.now + 80
    assert await tokens.token() == "t1"
    office.now += 10
    assert await tokens.token() == "t1"


async def test_a_token_is_not_shown_in_its_last_seconds() -> None:
    office = Office(lasts=100)
    tokens = office.tokens()
    await tokens.token()

    office.now += 96

    assert await tokens.token() == "t2"


async def test_a_failure_is_tried_again_with_growing_pauses() -> None:
    office = Office(fails=2)

    assert await office.tokens().token() == "t3"

    assert len(office.pauses) == 2
    assert office.pauses[0] <= 0.1 < office.pauses[1] * 2


async def test_nobody_queues_behind_an_issuer_that_is_down() -> None:
    office = Office(fails=1_000)
    tokens = office.tokens()

    for _ in range(20):
        with pytest.raises(NoToken, match="the issuer answered 503 to orders"):
            await tokens.token()
    assert len(office.asked) == 3

    office.fails, office.now = 0, office.now + 2
    assert await tokens.token() == "t4"


async def test_a_client_that_is_refused_is_not_tried_again_at_once() -> None:
    office = Office(fails=1_000, status=401)

    with pytest.raises(NoToken, match="401"):
        await office.tokens().token()

    assert len(office.asked) == 1


@pytest.mark.parametrize("lasts", ["soon", None, {}])
async def test_an_answer_that_can_not_be_read_is_no_token(lasts: object) -> None:
    with pytest.raises(NoToken, match="does not answer"):
        await Office(lasts=lasts).tokens().token()


async def test_a_secret_changed_in_its_file_is_used_from_the_next_question_on() -> None:
    office = Office()
    tokens = office.tokens()
    await tokens.token()

    office.secret = lambda: "hunter3"
    tokens.forget()
    await tokens.token()

    assert office.asked[-1]["client_secret"] == ["hunter3"]
