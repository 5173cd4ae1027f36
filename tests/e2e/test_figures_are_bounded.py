"""What the running services export: the shop's figures are there, no label holds an id, and no figure has series without end."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import httpx
import pytest
from chassis.testing.waiting import eventually
from opblok.stack.settings import SERVICES

from bench.own_stack import OwnStack
from tests.e2e.collector import Collector
from tests.e2e.shop import PATIENT, Shop

pytestmark = pytest.mark.timeout(180)

LABELS = {
    "service", "topic", "type", "outcome", "thing", "list", "state", "hour", "channel", "template", "gateway", "carrier", "over",
    "noun", "provider", "deadline", "answer", "known", "http.request.method", "http.response.status_code", "http.route",
}  # fmt: skip
"""Each has few values: names in the code, in the contracts, or what the owner has set up."""
OF_ROUTES = {"http.route", "http.response.status_code"}
ID = re.compile(r"[0-9a-f]{10,}|[0-9]{4,}|[0-9A-Z]{5}-[0-9A-Z]{5}|@|\+\d")
"""Ids in hex, order numbers, phones, addresses of mail; years and dates, too."""
MOST_SERIES = 400
EXPORTING = Path(__file__).parents[1] / "observability" / "exporting.py"


@pytest.fixture(autouse=True)
async def something_happened(shop: Shop) -> None:
    await shop.until(await shop.order("nobody-has-it", 1), supply="short")


async def test_the_shops_figures_are_counted_in_the_running_services(collector: Collector) -> None:
    wanted = {
        ("orders", "opblok.orders.waiting"),
        ("orders", "opblok.orders.uncontacted.age"),
        ("logistics", "opblok.promises"),
        ("quality", "opblok.quality.calls"),
        ("telephony_router", "opblok.calls.missed"),
        ("telephony_router", "opblok.callbacks"),
        ("procurement", "opblok.consumer.lag"),
        ("procurement", "opblok.dead_letters"),
        ("orders", "opblok.deadlines.behind"),
        ("orders", "opblok.outbox.age"),
    }

    await eventually(lambda: wanted <= collector.figures(), PATIENT, what="the shop's figures")


async def test_no_label_holds_an_id_and_no_figure_has_series_without_end(collector: Collector) -> None:
    await eventually(lambda: len(collector.figures()) > 30, PATIENT)
    points = set(collector.points())

    assert {name for _, _, labels in points for name, _ in labels} <= LABELS
    assert [
        (figure, name, value)
        for _, figure, labels in points
        for name, value in labels
        if ID.search(value) and name not in OF_ROUTES
    ] == []
    routes = {value for *_, labels in points for name, value in labels if name == "http.route"}
    assert [route for route in routes if ID.search(route)] == []
    series = Counter((service, figure) for service, figure, _ in points)
    assert {each: many for each, many in series.items() if many > MOST_SERIES} == {}


@pytest.mark.parametrize(
    "planted", ["f5ba2aafae285776a96d2c8a57f22173", "HNGS3-799EV", "+79161234567", "anna@example.com"]
)
def test_an_id_in_a_label_would_be_found(planted: str) -> None:
    assert ID.search(planted)


@pytest.fixture(scope="module")
def known() -> set[str]:
    """The names that dashboards and alerts are checked against."""
    asked = subprocess.run([sys.executable, str(EXPORTING)], capture_output=True, text=True, check=True)
    return set(asked.stdout.split())


async def test_what_dashboards_are_checked_against_is_what_prometheus_gets(
    stack: OwnStack, known: set[str]
) -> None:
    shown: set[str] = set()
    async with httpx.AsyncClient() as client:
        for service in SERVICES:
            answer = await client.get(f"{stack.url(service)}/metrics", timeout=30.0)
            lines = (line for line in answer.text.splitlines() if line and not line.startswith("#"))
            shown |= {line.partition("{")[0].partition(" ")[0] for line in lines}

    assert len(shown) > 30
    assert shown - known == set()
