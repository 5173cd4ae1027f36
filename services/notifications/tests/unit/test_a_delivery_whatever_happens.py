"""A delivery lives through anything: never lost, never sent after it arrived but by a replay, never too often."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from chassis.documents import Codec
from chassis.vault import Vault
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from kernel.personal import Personal
from kernel.refusal import Refusal, Refused
from notifications.adapters.hook_documents import DELIVERIES, ENDPOINTS
from notifications.domain import delivery as d
from notifications.domain import endpoint as e
from notifications.domain.delivering import decide, evolve
from notifications.domain.trying import Persistence, next_try
from notifications.testing.letters import MONDAY

PERSISTENCE = Persistence(
    (timedelta(seconds=5), timedelta(minutes=5), timedelta(hours=1)), timedelta(hours=4)
)
OWED = d.Owed("d-1", "e-1", "main", "order.created.v1", "f-1", MONDAY, '{"specversion": "1.0"}')
ENDPOINT = e.Endpoint(
    "e-1",
    "main",
    e.Wanted(Personal("https://erp.example/secret-path"), ("order.*",), Personal("erp@example.com")),
    (e.Key(Personal("whsec_bmV3")), e.Key(Personal("whsec_b2xk"), MONDAY)),
    MONDAY,
    "olga",
    warning=e.Alarm("failing", MONDAY),
)
TRIED = d.Try(MONDAY, 500, 12)
KEPT: dict[str, tuple[Any, Any]] = {
    "webhook-endpoint": (ENDPOINTS, ENDPOINT),
    "webhook-delivery": (DELIVERIES, d.Delivery(OWED, MONDAY, MONDAY, d.WAITING, MONDAY, 2, 1, (TRIED,))),
}


@pytest.mark.parametrize("name", KEPT)
def test_they_come_back_as_they_went_in_and_what_is_frozen_is_still_read(name: str) -> None:
    documents, thing = KEPT[name]
    sealing = Codec(documents, Vault.of({"test": Vault.generate_key()}))
    frozen = json.loads((Path(__file__).parent / "frozen" / f"{name}-1.json").read_text())

    document = sealing.dump("x", thing)

    assert sealing.load("x", 1, sealing.dump("x", thing)) == thing
    assert Codec(documents, None).load("x", 1, frozen) == thing
    assert not any(word in str(document) for word in ("whsec_", "secret-path", "erp@"))


@given(st.integers(1, 12), st.text(max_size=5), st.none() | st.timedeltas(timedelta(), timedelta(days=400)))
def test_pauses_grow_with_jitter_and_heed_retry_after(tries: int, seed: str, asked: timedelta | None) -> None:
    usual = Persistence()

    again = next_try(tries, MONDAY, seed, usual, asked)

    if tries > len(usual.pauses):
        assert again is None
        return
    pause = usual.pauses[tries - 1]
    assert again is not None
    assert again - MONDAY >= max(pause * 0.8, min(asked or timedelta(), timedelta(days=1)))
    assert again - MONDAY <= max(pause * 1.2, timedelta(days=1) if asked else timedelta())


def test_the_whole_of_it_takes_about_three_days() -> None:
    assert timedelta(days=2.5) < sum(Persistence().pauses, timedelta()) < Persistence().within


class ADelivery(RuleBasedStateMachine):
    """Commands in any order, from clocks, receivers and people."""

    @initialize()
    def is_owed(self) -> None:
        self.at = MONDAY
        self.delivery: d.Delivery | None = None
        self.sent = 0
        self.ask(d.Owe(OWED, self.at))

    def ask(self, command: d.DeliveryCommand) -> list[Any]:
        try:
            decision = decide(command, self.delivery)
            assert not isinstance(decision, Refused)
            changes = list(decision)
        except Refusal:
            return []
        for change in changes:
            self.delivery = evolve(self.delivery, change)
        return changes

    @property
    def now(self) -> d.Delivery:
        assert self.delivery
        return self.delivery

    @rule(minutes=st.integers(1, 600))
    def time_passes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @rule()
    def the_fact_is_heard_again(self) -> None:
        assert self.ask(d.Owe(OWED, self.at)) == []

    @rule()
    def its_moment_comes(self) -> None:
        arrived = self.now.state == d.DELIVERED
        if any(isinstance(each, d.SendingBegun) for each in self.ask(d.Begin("d-1", self.at, PERSISTENCE))):
            self.sent += 1
            assert not arrived

    @rule(status=st.sampled_from([200, 204, 301, 400, 410, 429, 500, None]), late=st.booleans())
    def an_answer_comes(self, status: int | None, *, late: bool) -> None:
        number = self.now.tries - late
        tried = d.Try(self.at, status, 5, None if status else "timeout")
        changes = self.ask(d.Record("d-1", self.now.round, number, tried, PERSISTENCE))
        assert not (late and changes)

    @rule()
    def the_endpoint_is_disabled(self) -> None:
        self.ask(d.Abandon("d-1", "endpoint_disabled", self.at))

    @rule(bulk=st.booleans())
    def it_is_replayed(self, *, bulk: bool) -> None:
        if self.ask(d.Replay("d-1", self.at, bulk)):
            self.sent = 0

    @invariant()
    def it_has_a_deadline_or_an_end_and_never_both(self) -> None:
        assert (self.now.ended_at is None) == (len(d.due(self.now)) == 1)

    @invariant()
    def it_is_not_sent_more_often_than_the_schedule_says(self) -> None:
        assert self.sent <= PERSISTENCE.most

    @invariant()
    def what_failed_says_why(self) -> None:
        assert (self.now.state == d.FAILED) == (self.now.reason is not None)


TestADelivery = ADelivery.TestCase
TestADelivery.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
