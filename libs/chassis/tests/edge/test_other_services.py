"""Other services are asked with our own token; whether one is down, or says no, is told apart."""

from collections.abc import Callable, Sequence
from typing import Any

import httpx
import pytest
from chassis.auth.service_tokens import ServiceTokens
from chassis.faults import Fault
from chassis.peers import HttpPeer, PeerDown, PeerRefused
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider

Answer = httpx.Response | httpx.TransportError


class Crm:
    """Another service: gives these answers in turn, the last one again and again."""

    def __init__(self, *answers: Answer, attempts: int = 3) -> None:
        self.answers: Sequence[Answer] = answers
        self.attempts = attempts
        self.asked: list[httpx.Request] = []
        self.pauses: list[float] = []
        self.tokens = 0
        self.issuer_is_down = False

    def peer(self) -> HttpPeer:
        client = httpx.AsyncClient(base_url="http://crm.test", transport=httpx.MockTransport(self._answer))
        issuer = httpx.AsyncClient(transport=httpx.MockTransport(self._token))
        tokens = ServiceTokens("http://issuer.test/token", "orders", lambda: "s", issuer, pause=self._pause)
        return HttpPeer("crm", client, tokens, self.attempts, pause=self._pause)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers[min(len(self.asked), len(self.answers)) - 1]
        if isinstance(answer, httpx.TransportError):
            raise answer
        return httpx.Response(answer.status_code, content=answer.content, headers=answer.headers)

    def _token(self, _: httpx.Request) -> httpx.Response:
        self.tokens += 1
        if self.issuer_is_down:
            return httpx.Response(503)
        return httpx.Response(200, json={"access_token": f"t{self.tokens}", "expires_in": 600})

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


GOOD = httpx.Response(200, json={"customer_id": "c1"})
BUSY = httpx.Response(503)
SILENT = httpx.ReadTimeout("")


async def test_another_service_hears_who_asks() -> None:
    crm = Crm(GOOD)

    assert await crm.peer().post("/customers:resolve", {"shop_id": "main"}, key="k1") == {"customer_id": "c1"}

    assert crm.asked[0].headers["authorization"] == "Bearer t1"
    assert crm.asked[0].headers["idempotency-key"] == "k1"
    assert crm.asked[0].content == b'{"shop_id":"main"}'


async def test_the_trace_goes_on_over_there() -> None:
    crm = Crm(GOOD)

    with TracerProvider().get_tracer("test").start_as_current_span("asking") as span:
        await crm.peer().get("/customers/c1")

    assert f"{span.get_span_context().trace_id:032x}" in crm.asked[0].headers["traceparent"]
    assert not trace.get_current_span().get_span_context().is_valid


Call = Callable[[HttpPeer], Any]
READS: Call = lambda peer: peer.get("/customers/c1", params={"shop_id": "main"})  # noqa: E731
REPEATS: Call = lambda peer: peer.post("/x", {}, repeatable=True)  # noqa: E731
HAS_A_KEY: Call = lambda peer: peer.post("/x", {}, key="k1")  # noqa: E731
COMMANDS: Call = lambda peer: peer.post("/x", {})  # noqa: E731


@pytest.mark.parametrize("call", [READS, REPEATS, HAS_A_KEY], ids=["a read", "repeatable", "with a key"])
@pytest.mark.parametrize(
    "fails", [BUSY, SILENT, httpx.ConnectError(""), httpx.Response(429), httpx.Response(408)]
)
async def test_what_may_be_asked_twice_is_asked_again(call: Call, fails: Answer) -> None:
    crm = Crm(fails, fails, GOOD)

    assert await call(crm.peer()) == {"customer_id": "c1"}

    assert len(crm.asked) == 3
    assert crm.pauses[0] <= 0.2 < crm.pauses[1] * 2


async def test_a_command_that_may_have_been_carried_out_is_not_repeated() -> None:
    crm = Crm(SILENT, GOOD)

    with pytest.raises(PeerDown, match="crm does not answer: ReadTimeout"):
        await COMMANDS(crm.peer())

    assert len(crm.asked) == 1


async def test_one_that_stays_down_is_down_after_a_few_times() -> None:
    crm = Crm(BUSY)

    with pytest.raises(PeerDown, match="crm answered 503"):
        await READS(crm.peer())

    assert len(crm.asked) == 3


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422])
async def test_a_refusal_is_an_answer_and_not_asked_again(status: int) -> None:
    crm = Crm(httpx.Response(status, json={"type": "/problems/no-such-shop", "rule": "R1"}))

    with pytest.raises(PeerRefused) as refused:
        await READS(crm.peer())

    assert (refused.value.status, refused.value.problem["rule"]) == (status, "R1")
    assert len(crm.asked) == 1


async def test_a_refusal_without_a_problem_is_one_too() -> None:
    with pytest.raises(PeerRefused) as refused:
        await READS(Crm(httpx.Response(404, text="<html>")).peer())

    assert refused.value.problem == {}


@pytest.mark.parametrize(
    "answer", [httpx.Response(200, text="<html>"), httpx.Response(302, headers={"location": "/login"})]
)
async def test_an_answer_that_is_no_answer_of_ours_is_a_fault(answer: httpx.Response) -> None:
    with pytest.raises(PeerDown):
        await READS(Crm(answer).peer())


async def test_an_empty_answer_is_nothing() -> None:
    assert await COMMANDS(Crm(httpx.Response(204)).peer()) is None


async def test_a_token_that_is_refused_is_replaced_at_once_also_for_a_command() -> None:
    crm = Crm(httpx.Response(401), GOOD)

    assert await COMMANDS(crm.peer()) == {"customer_id": "c1"}

    assert [each.headers["authorization"] for each in crm.asked] == ["Bearer t1", "Bearer t2"]


async def test_a_token_that_is_refused_again_is_a_fault() -> None:
    with pytest.raises(PeerDown, match="crm answered 401"):
        await COMMANDS(Crm(httpx.Response(401)).peer())


async def test_without_a_token_the_other_service_is_as_good_as_down() -> None:
    crm = Crm(GOOD)
    crm.issuer_is_down = True

    with pytest.raises(PeerDown, match="no token for crm: the issuer answered 503"):
        await READS(crm.peer())

    assert crm.asked == []


def test_a_peer_that_is_down_is_a_fault_and_one_that_refuses_is_not() -> None:
    assert issubclass(PeerDown, Fault)
    assert not issubclass(PeerRefused, Fault)
