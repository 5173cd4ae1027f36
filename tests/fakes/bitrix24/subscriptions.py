"""Events: who subscribed to what, the offline queue, and how an event is posted, lost, repeated and forged."""

import random
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from tests.fakes.bitrix24.brackets import write
from tests.fakes.bitrix24.envelopes import Answer, Fault
from tests.fakes.bitrix24.portal import EVENTS, Portal, Told


@dataclass
class Post:
    """What happens to events on their way. There are no retries: what fails is lost. `lose` and `repeat` are shares of 1."""

    lose: float = 0.0
    repeat: float = 0.0
    shuffle: bool = False
    seed: int = 7


def bind(portal: Portal, asked: Mapping[str, Any]) -> Answer:
    """`event.bind`: a handler is told, or with event_type=offline a queue is kept."""
    event = str(asked.get("event") or "").upper()
    if event not in EVENTS:
        raise Fault(400, "ERROR_EVENT_NOT_FOUND", "Event not found")
    if asked.get("event_type") == "offline":
        portal.offline.append(event)
        return Answer(result=True)
    handler = str(asked.get("handler") or "")
    if (event, handler) in portal.bindings:
        raise Fault(400, "ERROR_CORE", "Unable to set event handler: Handler already binded.")
    portal.bindings.append((event, handler))
    return Answer(result=True)


def unbind(portal: Portal, asked: Mapping[str, Any]) -> Answer:
    """`event.unbind`."""
    event, handler = str(asked.get("event") or "").upper(), asked.get("handler")
    kept = [each for each in portal.bindings if each[0] != event or (handler and each[1] != handler)]
    gone, portal.bindings = len(portal.bindings) - len(kept), kept
    return Answer({"count": gone})


def bound(portal: Portal) -> Answer:
    """`event.get`."""
    online = [
        {"event": event, "handler": handler, "auth_type": "0", "offline": 0}
        for event, handler in portal.bindings
    ]
    return Answer(
        [*online, *({"event": event, "connector_id": "", "offline": 1} for event in portal.offline)]
    )


def offline_get(portal: Portal, asked: Mapping[str, Any]) -> Answer:
    """`event.offline.get`: `clear` (the default) deletes on reading; without, `event.offline.clear` confirms. The queue keeps the
    latest of each thing.
    """
    clear = str(asked.get("clear", "1")) != "0"
    process, taken = secrets.token_hex(16), list(portal.queue.items())[: int(asked.get("limit") or 50)]
    for key, row in taken:
        if clear:
            del portal.queue[key]
        else:
            row["process"] = process
    shown = [
        {
            "ID": str(place),
            "EVENT_NAME": row["EVENT_NAME"],
            "EVENT_DATA": row["EVENT_DATA"],
            "EVENT_ADDITIONAL": list[Any](),
            "MESSAGE_ID": secrets.token_hex(16),
        }
        for place, (_, row) in enumerate(taken, start=1)
    ]
    return Answer({"process_id": process, "events": shown})


def offline_clear(portal: Portal, asked: Mapping[str, Any]) -> Answer:
    """`event.offline.clear`."""
    done = [key for key, row in portal.queue.items() if row.get("process") == asked.get("process_id")]
    for key in done:
        del portal.queue[key]
    return Answer(result=True)


def form(portal: Portal, told: Told, *, token: str | None = None) -> list[tuple[str, str]]:
    """An event as it stands on the wire. An application is given tokens, an outgoing webhook is not."""
    site = portal.site
    auth: dict[str, Any] = {
        "domain": site.partition("://")[2],
        "client_endpoint": f"{site}/rest/",
        "server_endpoint": f"{site}/rest/",
        "member_id": portal.tokens.member_id,
    }
    if told.tokens:
        issued = portal.tokens.issue()
        auth |= {name: issued[name] for name in ("access_token", "expires_in", "scope", "status", "user_id")}
    auth["application_token"] = token or portal.application_token
    whole: dict[str, Any] = {"event": told.event, "data": told.data, "ts": int(portal.clock()), "auth": auth}
    if told.handler_id:
        whole["event_handler_id"] = told.handler_id
    return write(whole)


def installation(portal: Portal, *, refresh: str | None = None) -> list[tuple[str, str]]:
    """ONAPPINSTALL: the only event that surely carries a refresh token."""
    auth = {**portal.tokens.issue(), "application_token": portal.application_token}
    if refresh is not None:
        auth["refresh_token"] = refresh
    data = {"VERSION": "1", "ACTIVE": "Y", "INSTALLED": "Y", "LANGUAGE_ID": "ru"}
    return write({"event": "ONAPPINSTALL", "data": data, "ts": int(portal.clock()), "auth": auth})


async def deliver(portal: Portal, client: httpx.AsyncClient, post: Post | None = None) -> int:
    """Post all that waits; answers how many were taken. Nothing is tried twice."""
    post = post or Post()
    chance = random.Random(post.seed)
    waiting, portal.events = portal.events, []
    if post.shuffle:
        chance.shuffle(waiting)
    sent = [each for each in waiting if chance.random() >= post.lose]
    sent += [each for each in sent if chance.random() < post.repeat]
    return sum([await _posted(portal, client, each) for each in sent])


async def _posted(portal: Portal, client: httpx.AsyncClient, told: Told) -> bool:
    fields: dict[str, str] = dict(form(portal, told))
    try:
        answer = await client.post(told.handler, data=fields, timeout=10)
    except httpx.HTTPError:
        return False
    return answer.status_code in (200, 202)
