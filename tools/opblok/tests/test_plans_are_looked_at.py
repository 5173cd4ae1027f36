"""`opblok routing`, against a small server that answers as the router does."""

import json
from collections.abc import Iterator

import pytest
from opblok.cli import app
from typer.testing import CliRunner, Result

from .answering import Asked, serving

WHY = {
    "word": "answers_for_customer",
    "rule": "R97",
    "ru": "Он отвечает",
    "en": "He answers for this customer",
}
RING = {
    "kind": "ring",
    "target": "owner",
    "staff_id": "anna",
    "by": "desk",
    "seconds": 15,
    "due_at": None,
    "reason": WHY,
}
TASK = {**RING, "kind": "callback", "target": "task", "by": None, "seconds": 0}
PLAN = {
    "recognition": "known",
    "steps": [RING, TASK],
    "passed_over": [{"staff_id": "boris", "reason": {**WHY, "en": "On a break"}}],
}
AT = "2026-03-02T08:00:00Z"


class Router:
    """Two versions of the rules held; the second holds now, and a third waits."""

    def __init__(self) -> None:
        self.versions = [
            {"number": number, "by": "sveta", "approved_by": "tanya", "at": AT, "restores": None}
            for number in (2, 1)
        ]

    def __call__(self, method: str, path: str, body: bytes) -> object:
        match method, path:
            case "POST", "/plans:rehearse":
                return PLAN
            case "GET", "/routing-rules":
                draft = {"number": 3, "by": "sveta", "at": AT, "changed_calls": None}
                return {"version": self.versions[0]["number"], "draft": draft, "versions": self.versions}
            case "POST", "/routing-rules/drafts/3/effect":
                examples = [{"call_id": "c-1", "before": [RING], "after": [TASK]}]
                return {"calls": 20, "changed": 1, "examples": examples}
            case "POST", "/routing-rules/rollback":
                restores = json.loads(body).get("to", 1)
                self.versions.insert(0, {**self.versions[0], "number": 4, "restores": restores})
                return {}
            case _:
                raise AssertionError(path)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Asked]]:
    """What the router was asked."""
    heard: list[Asked] = []
    monkeypatch.setenv("OPBLOK_TOKEN", "a-token")
    with serving({}, heard, Router()) as url:
        monkeypatch.setenv("OPBLOK_TELEPHONY_ROUTER_URL", url)
        yield heard


def routing(*words: str) -> Result:
    done = CliRunner().invoke(app, ["routing", *words])
    assert done.exit_code == 0, done.output
    return done


def test_who_would_ring_is_shown_with_the_reasons(asked: list[Asked]) -> None:
    shown = routing("rehearse", "8 916 123-45-67", "--at", "2026-03-02T13:20:00+03:00").stdout

    assert "He answers for this customer" in shown
    assert "not rung" in shown
    (_, path, _, body) = asked[0]
    assert path == "/plans:rehearse"  # the number stands in the body alone
    assert json.loads(body) == {"from": "8 916 123-45-67", "to": "", "at": "2026-03-02T13:20:00+03:00"}
    assert json.loads(routing("rehearse", "--json").stdout) == PLAN


def test_the_versions_and_the_draft_are_shown(asked: list[Asked]) -> None:
    shown = routing("show").stdout

    assert [line.split()[0] for line in shown.splitlines()[1:]] == ["3", "2", "1", "0"]
    assert "draft" in shown
    assert json.loads(routing("show", "--json").stdout)["version"] == 2
    assert {path for _, path, _, _ in asked} == {"/routing-rules"}


def test_a_draft_is_tried_on_yesterdays_calls(asked: list[Asked]) -> None:
    shown = routing("try", "3").stdout

    assert "1 of 20 calls of yesterday" in shown
    assert "c-1: anna" in shown
    assert len(asked) == 1


def test_one_command_and_the_rules_of_before_hold_again(asked: list[Asked]) -> None:
    assert "Version 4 holds now: those of version 1 again." in routing("back").stdout
    assert "those of version 0 again" in routing("back", "--to", "0").stdout
    assert [json.loads(body) for method, _, _, body in asked if method == "POST"] == [{}, {"to": 0}]
