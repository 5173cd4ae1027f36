"""One order's life over the real services, by the spans that an OTLP receiver got: unbroken, found by its id, naming nobody."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from chassis.testing.waiting import eventually

from bench.own_stack import OwnStack
from tests.e2e.collector import Collector
from tests.e2e.promising import LATHE, a_day, agree, as_wish, can_be_kept, contacted, wish
from tests.e2e.searching import hits, spellings
from tests.e2e.shop import ADDRESS, E164, NAME, PATIENT, Shop
from tests.e2e.tracks import Kind, Track, Tracks

pytestmark = pytest.mark.timeout(240)

TAKEN, AGREED = ("orders", "POST /orders"), ("orders", "POST /orders/{order_id}/delivery")
SENT = ("notifications", "deadline messages send")


@dataclass(frozen=True)
class Life:
    """An order, what was told of it, and the spans of it."""

    order_id: str
    topics: frozenset[str]
    tracks: Tracks

    @property
    def story(self) -> list[Track]:
        return self.tracks.of_story(self.order_id)

    def one(self, service: str, name: str) -> Track:
        return next(each for each in self.story if each.place == (service, name))

    def way_back(self, service: str, name: str) -> list[list[tuple[str, str]]]:
        """From each such span of the story."""
        return [self.tracks.way_back(each) for each in self.story if each.place == (service, name)]


@pytest.fixture(scope="module")
async def life(shop: Shop, collector: Collector) -> Life:
    """Taken, supplied, contacted, promised, and the customer is written to."""
    await agree(shop)
    order_id = await contacted(shop, LATHE, 1)
    delivery = f"/orders/{order_id}/delivery"
    checked = await shop.post("sveta", "orders", f"{delivery}:check", wish(await a_day(shop)))
    await shop.post("sveta", "orders", delivery, as_wish(can_be_kept(checked)))
    await shop.until_told(order_id, "order.confirmed", "message.sent")
    told = frozenset(topic for topic, _ in await shop.told(order_id))

    def look() -> Life:
        found = Life(order_id, told, Tracks(collector))
        places = {each.place for each in found.story}
        assert {TAKEN, AGREED, SENT, ("orders", "process message.sent")} <= places
        assert {("logistics", "process order.confirmed"), ("quality", "process order.created")} <= places
        assert told <= {name.removeprefix("send ") for _, name in places}
        return found

    return await eventually(look, PATIENT, what=f"the spans of {order_id}")


def test_from_the_request_over_kafka_to_the_last_service_the_chain_is_unbroken(life: Life) -> None:
    assert life.way_back("orders", "process supply.allocated")[0] == [
        ("orders", "process supply.allocated"),
        ("procurement", "process order.created"),
        TAKEN,
    ]
    for reader in ("logistics", "notifications", "quality", "telephony_router"):
        assert life.way_back(reader, "process order.confirmed")[0] == [
            (reader, "process order.confirmed"),
            AGREED,
        ]
    assert life.way_back("orders", "process message.sent")[-1] == [("orders", "process message.sent"), SENT]


def test_what_services_ask_each_other_stands_in_the_same_trace(life: Life) -> None:
    agreed = life.tracks.of_traces([life.one(*AGREED)])
    reserved = next(each for each in agreed if each.place == ("logistics", "POST /reservations"))
    assert life.tracks.way_back(reserved)[-1] == AGREED

    sent = life.tracks.of_traces([each for each in life.story if each.place == SENT])
    contact = next(each for each in sent if each.place == ("orders", "GET /orders/{order_id}/contact"))
    assert life.tracks.way_back(contact)[-1] == SENT


def test_no_span_of_its_traces_hangs_in_the_air(life: Life) -> None:
    tracks = life.tracks.of_traces(life.story)

    assert len(tracks) > 50
    assert [way for each in tracks if (way := life.tracks.way_back(each))[-1][0] == "?"] == []


def test_every_sending_and_every_reaction_links_to_where_its_fact_was_made(life: Life) -> None:
    about_facts = [each for each in life.story if each.name.startswith(("send ", "process "))]

    for each in about_facts:
        (link,) = each.span.links
        assert (link.trace_id, link.span_id) == (each.span.trace_id, each.span.parent_span_id)
        assert each.span.kind == (Kind.SPAN_KIND_CLIENT if each.name[0] == "s" else Kind.SPAN_KIND_CONSUMER)
        assert each.about["messaging.system"] == "kafka"
        assert each.about["messaging.destination.name"] == each.name.partition(" ")[2]
        assert each.about["messaging.message.conversation_id"] == life.order_id
    assert {each.about["messaging.consumer.group.name"] for each in about_facts if each.name[0] == "p"} >= {
        "orders",
        "procurement",
        "logistics",
        "notifications",
        "quality",
        "telephony_router",
    }


def test_the_orders_id_gives_its_story_over_all_traces_in_order(life: Life) -> None:
    begun = [each.place for each in life.story if not each.span.parent_span_id]

    assert begun[0] == TAKEN
    assert (
        begun.index(TAKEN) < begun.index(("orders", "POST /orders/{order_id}/attempts")) < begun.index(AGREED)
    )
    assert SENT in begun[begun.index(AGREED) :]
    assert len({each.span.trace_id for each in life.story}) >= 4
    assert life.topics >= {"order.created", "supply.allocated", "order.contacted", "order.confirmed"}


async def test_lines_of_logs_are_found_by_the_trace(life: Life, stack: OwnStack) -> None:
    trace = life.one(*AGREED).span.trace_id.hex()

    def lines(service: str) -> list[dict[str, Any]]:
        text = stack.home.log(service).read_text()
        return [json.loads(line) for line in text.splitlines() if f'"trace_id": "{trace}"' in line]

    assert f"/orders/{life.order_id}/delivery" in {line.get("path") for line in lines("orders")}
    assert "/reservations" in {line.get("path") for line in lines("logistics")}


def test_no_span_names_the_customer_his_phone_or_his_address(life: Life) -> None:
    tracks = life.tracks.of_traces(life.story)
    texts = [(f"{each.service} {each.name}", each.texts) for each in tracks]

    assert hits(texts, spellings({E164, NAME, ADDRESS})) == []
    assert not any(event.attributes for each in tracks for event in each.span.events)
