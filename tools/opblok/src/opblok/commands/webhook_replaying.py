"""`opblok webhooks replay`: what was sent, once more, page after page."""

import time
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any
from uuid import uuid4

import httpx
import typer
from rich.status import Status

from opblok.asking import Services, glad
from opblok.commands.webhook_log import DELIVERIES, ENDPOINTS, HOOKS, After, Endpoint, Json
from opblok.durations import duration
from opblok.saying import as_json, err, give_up, say

FULL = "/problems/webhook-backlog-full"
LOOK_AGAIN = 2.0

Since = Annotated[
    str, typer.Option(help="What was owed so long ago (30m, 2d), or since 2026-03-02T10:00+03:00.")
]
Types = Annotated[
    list[str] | None, typer.Option("--type", help="Only these facts; may be given several times.")
]
One = Annotated[str | None, typer.Option("--delivery", help="This one alone.")]


def replay(
    endpoint: Endpoint,
    *,
    since: Since = "1d",
    types: Types = None,
    one: One = None,
    after: After = None,
    json: Json = False,
) -> None:
    """Send once more what has ended, with the same `webhook-id`; what is on its way goes anyway.

    When too much waits it waits, too; Ctrl-C ends it, and tells where to go on.
    """
    services = Services()
    if one:
        services.ask("POST", HOOKS, f"{DELIVERIES}/{one}:replay")
        many = 1
    else:
        many = all_since(
            services, endpoint, {"since": moment(since).isoformat(), "types": types or ["*"]}, after
        )
    if json:
        as_json({"replayed": many})
    else:
        say(f"{many} on their way again.")


def all_since(services: Services, endpoint: str, which: dict[str, Any], cursor: str | None) -> int:
    """Page after page, waiting for room where there is none. Answer how many."""
    many, key = 0, uuid4().hex
    with Status("", console=err) as status:
        try:
            while True:
                status.update(f"{many} replayed")
                answer = replayed(services, endpoint, {**which, "cursor": cursor}, key)
                if answer is None:
                    status.update(f"{many} replayed; as many wait as may, waiting for room")
                    time.sleep(LOOK_AGAIN)
                    continue
                many, cursor = many + answer["replayed"], answer["next"]
                if cursor is None:
                    return many
        except KeyboardInterrupt:
            rest = f" --after {cursor}" if cursor else ""
            give_up(
                f"stopped after {many}.", f"the same command with --since {which['since']}{rest} goes on."
            )


def replayed(services: Services, endpoint: str, body: dict[str, Any], key: str) -> dict[str, Any] | None:
    """A page; None when there is no room for it now."""
    path, headers = f"{ENDPOINTS}/{endpoint}:replay", {"Idempotency-Key": key}
    answer = services.try_to("POST", HOOKS, path, json=body, headers=headers)
    if is_full(answer):
        return None
    done: dict[str, Any] = glad(answer, f"{HOOKS} refused POST {path}").json()
    return done


def is_full(answer: httpx.Response) -> bool:
    return answer.status_code == HTTPStatus.CONFLICT and answer.json().get("type") == FULL


def span(typed: str) -> timedelta:
    """As people type it."""
    try:
        return duration(typed)
    except ValueError as wrong:
        give_up(str(wrong), code=2)


def moment(typed: str) -> datetime:
    """So long ago, or a moment with its zone."""
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        return datetime.now(UTC) - span(typed)
    if at.tzinfo is None:
        give_up(f"{typed} names no time zone.", "write it like 2026-03-02T10:00+03:00.", code=2)
    return at
