"""`opblok webhooks`, against a small server that answers as notifications does."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from opblok.cli import app
from typer.testing import CliRunner, Result

from .answering import Asked, Refused, serving

AT = "2026-03-02T07:00:00Z"
URL = "https://erp.example/hooks"
ENDPOINT: dict[str, Any] = {
    "endpoint_id": "e-1",
    "shop_id": "main",
    "url": URL,
    "types": ["order.*"],
    "email": "erp@example.com",
    "language": "en",
    "state": "enabled",
    "why": None,
    "failing_since": None,
    "secrets": 1,
    "created_at": AT,
}
TRIES = [
    {"at": AT, "status": None, "milliseconds": 15000, "fault": "timeout"},
    {"at": AT, "status": 204, "milliseconds": 12, "fault": None},
]
DELIVERY: dict[str, Any] = {
    "delivery_id": "d-1",
    "endpoint_id": "e-1",
    "type": "order.created.v1",
    "event_id": "f-1",
    "event_time": AT,
    "state": "delivered",
    "reason": None,
    "tries": 2,
    "next_try_at": None,
    "log": TRIES,
}
WAITS = {**DELIVERY, "delivery_id": "d-2", "state": "waiting", "log": TRIES[:1], "next_try_at": AT}
FULL = Refused(409, {"type": "/problems/webhook-backlog-full", "detail": "So many wait.", "most": 3})


NO_FACT = Refused(409, {"title": "x", "detail": "No published fact fits this.", "types": "order.creatd"})


def made(secret: str) -> dict[str, Any]:
    return {"endpoint_id": "e-1", "version": 1, "secret": secret}


USUAL = {
    ("GET", "/webhook-endpoints/e-1"): ENDPOINT,
    ("POST", "/webhook-endpoints/e-1:rotate"): made("whsec_b"),
    ("GET", "/webhook-deliveries"): {"items": [DELIVERY, WAITS], "next": "c-9"},
}


class Notifications:
    """Two endpoints, the second on the next page; three pages to replay, and no room for the second at first."""

    def __init__(self) -> None:
        self.endpoints = [ENDPOINT, {**ENDPOINT, "endpoint_id": "e-2", "state": "disabled", "why": "asked"}]
        self.room = False
        self.test = DELIVERY

    def __call__(self, method: str, path: str, body: bytes) -> Any:
        where = urlsplit(path)
        query, said = parse_qs(where.query), json.loads(body or b"{}")
        match method, where.path:
            case "GET", "/webhook-endpoints":
                second = "cursor" in query
                return {"items": [self.endpoints[second]], "next": None if second else "c-2"}
            case "POST", "/webhook-endpoints":
                return NO_FACT if "order.creatd" in said["types"] else made("whsec_a")
            case "POST", "/webhook-endpoints/e-1:replay":
                return self.replayed(said["cursor"])
            case "GET", "/webhook-deliveries/d-1":
                return self.test
            case _:
                return USUAL.get((method, where.path), {"id": "d-1"})

    def replayed(self, cursor: str | None) -> Any:
        if cursor == "c-1" and not self.room:
            self.room = True
            return FULL
        after = {None: "c-1", "c-1": "c-2"}.get(cursor)
        return {"replayed": 2, "next": after}


@pytest.fixture
def service() -> Notifications:
    return Notifications()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, service: Notifications) -> Iterator[list[Asked]]:
    heard: list[Asked] = []
    monkeypatch.setenv("OPBLOK_TOKEN", "a-token")
    with serving({}, heard, service) as url:
        monkeypatch.setenv("OPBLOK_NOTIFICATIONS_URL", url)
        yield heard


def webhooks(*words: str, code: int = 0) -> Result:
    done = CliRunner().invoke(app, ["webhooks", *words])
    assert done.exit_code == code, done.output
    return done


def test_all_endpoints_are_listed_and_how_they_fare(asked: list[Asked], service: Notifications) -> None:
    shown = webhooks("list").stdout

    assert [line.split()[:2] for line in shown.splitlines()[1:]] == [["e-1", "working"], ["e-2", "paused"]]
    assert len(asked) == 2  # pages
    service.endpoints[0] = {**ENDPOINT, "failing_since": AT}
    service.endpoints[1] = {**ENDPOINT, "state": "disabled", "why": "gone"}
    bad = webhooks("list", code=3).stdout
    assert f"failing since {AT}" in bad
    assert "disabled (gone)" in bad
    assert len(json.loads(webhooks("list", "--json", code=3).stdout)) == 2


def test_who_subscribes_is_shown_the_secret_once(asked: list[Asked], service: Notifications) -> None:
    shown = webhooks("subscribe", URL, "order.*", "claim.opened", "--email", "erp@example.com")

    assert shown.stdout.split() == ["e-1", "secret:", "whsec_a"]
    assert "not shown again" in shown.stderr
    (_, _, _, body) = asked[0]
    wanted = {"shop_id": "main", "url": URL, "types": ["order.*", "claim.opened"], "email": "erp@example.com"}
    assert json.loads(body) == wanted
    assert json.loads(webhooks("rotate", "e-1", "--json").stdout)["secret"] == "whsec_b"
    assert json.loads(asked[-1][3]) == {"keep_old": 86400.0}


def test_a_refusal_says_what_was_wrong(asked: list[Asked]) -> None:
    said = webhooks("subscribe", URL, "order.creatd", code=2).output

    assert "409 No published fact fits this. (types: order.creatd)" in said
    assert "write it like 30m" in webhooks("rotate", "e-1", "--keep-old", "soon", code=2).output
    assert "no time zone" in webhooks("replay", "e-1", "--since", "2026-03-02T10:00", code=2).output
    assert len(asked) == 1


def test_what_is_not_named_stays_as_it_was(asked: list[Asked]) -> None:
    webhooks("change", "e-1", "--type", "claim.*")

    (method, path, _, body) = asked[-1]
    assert (method, path) == ("PUT", "/webhook-endpoints/e-1")
    kept = {"url": URL, "types": ["claim.*"], "email": "erp@example.com", "language": "en"}
    assert json.loads(body) == kept


def test_it_is_paused_resumed_and_ended(asked: list[Asked]) -> None:
    webhooks("pause", "e-1")
    webhooks("resume", "e-1")
    webhooks("cancel", "e-1", code=1)  # nobody said yes
    webhooks("cancel", "e-1", "--yes")

    assert [(method, path) for method, path, _, _ in asked] == [
        ("POST", "/webhook-endpoints/e-1:disable"),
        ("POST", "/webhook-endpoints/e-1:enable"),
        ("DELETE", "/webhook-endpoints/e-1"),
    ]


def test_a_test_event_is_sent_and_its_fate_told(asked: list[Asked], service: Notifications) -> None:
    assert "d-1: order.created.v1 f-1 is delivered." in webhooks("test", "e-1").stdout
    assert [path for _, path, _, _ in asked] == ["/webhook-endpoints/e-1:test", "/webhook-deliveries/d-1"]

    service.test = WAITS
    assert "timeout" in webhooks("test", "e-1", code=3).stdout


def test_deliveries_are_listed_by_pages_each_with_its_log(asked: list[Asked]) -> None:
    shown = webhooks("deliveries", "e-1", "--state", "waiting", "--limit", "2", "--after", "c-0").stdout

    assert "--after c-9" in shown
    query = parse_qs(urlsplit(asked[0][1]).query)
    assert query == {"endpoint_id": ["e-1"], "state": ["waiting"], "limit": ["2"], "cursor": ["c-0"]}
    assert json.loads(webhooks("deliveries", "e-1", "--json").stdout)["next"] == "c-9"
    one = webhooks("delivery", "d-1").stdout
    assert [word in one for word in ("timeout", "15000", "204")] == [True, True, True]


def test_a_replay_goes_on_to_its_end_and_waits_for_room(asked: list[Asked]) -> None:
    said = webhooks("replay", "e-1", "--since", "2026-03-02T10:00+03:00", "--type", "order.*").stdout

    assert said == "6 on their way again.\n"
    bodies = [json.loads(body) for _, _, _, body in asked]
    assert [each["cursor"] for each in bodies] == [None, "c-1", "c-1", "c-2"]
    assert bodies[0]["since"] == "2026-03-02T10:00:00+03:00"
    assert bodies[0]["types"] == ["order.*"]


def test_one_delivery_is_replayed(asked: list[Asked]) -> None:
    assert json.loads(webhooks("replay", "e-1", "--delivery", "d-1", "--json").stdout) == {"replayed": 1}
    assert asked[0][1] == "/webhook-deliveries/d-1:replay"
