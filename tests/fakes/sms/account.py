"""What both fake gateways have: an account, its messages, its moods, and calls back to the customer."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Form = dict[str, str]
MINUTE = 60.0


@dataclass
class Message:
    """One SMS. `shown`: how often the phone showed it; a virtual one is shown never."""

    id: str
    phone: str
    text: str
    cost: float
    parts: int
    at: float
    status: int
    shown: int = 1


@dataclass
class Moods:
    """What may be wrong with a gateway. `slow` is how many seconds it thinks after it has taken a message."""

    down: bool = False
    slow: float = 0.0
    refuse: dict[str, int] = field(default_factory=dict[str, int])
    virtual: bool = False
    balance: float = 100.0
    callback: str | None = None


@dataclass
class Account:
    """The shop's account at the gateway."""

    moods: Moods = field(default_factory=Moods)
    messages: list[Message] = field(default_factory=list[Message])
    requests: list[Form] = field(default_factory=list[Form])
    called: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    questions: list[tuple[str, float]] = field(default_factory=list[tuple[str, float]])

    def find(self, id_: str, phone: str | None = None) -> Message | None:
        """The last one of this id, and of this phone."""
        fitting = [each for each in self.messages if each.id == id_ and phone in (None, each.phone)]
        return fitting[-1] if fitting else None

    def same_since(self, phone: str, text: str, seconds: float) -> bool:
        """Whether the same words went to this phone lately."""
        since = time.monotonic() - seconds
        return any(each.phone == phone and each.text == text and each.at > since for each in self.messages)

    def take(self, id_: str, phone: str, text: str, *, price: float, status: int) -> Message:
        """One more on its way."""
        parts = max(1, -(-len(text) // 67)) if len(text) > 70 else 1
        shown = 0 if self.moods.virtual else 1
        message = Message(id_, phone, text, price * parts, parts, time.monotonic(), status, shown)
        if not self.moods.virtual:
            self.moods.balance -= message.cost
        self.messages.append(message)
        return message


class Gateway:
    """An ASGI application: `answer(path, form)` is the gateway, `/_fake/...` is the hand that plays it."""

    def __init__(self) -> None:
        self.account = Account()

    async def answer(self, path: str, form: Form) -> Any:
        """The gateway's answer, JSON or text; None when there is no such address."""
        raise NotImplementedError

    def call(self, messages: list[Message]) -> list[tuple[str, str]]:
        """The form it calls back with."""
        raise NotImplementedError

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        body, path = await _body(receive), scope["path"]
        if path.startswith("/_fake/"):
            await _json(send, 200, await self._played(path.removeprefix("/_fake/"), body))
            return
        form = dict(parse_qsl(scope["query_string"].decode())) | dict(parse_qsl(body.decode()))
        if self.account.moods.down:
            await _json(send, 503, "down")
            return
        self.account.requests.append(form)
        answer = await self.answer(path, form)
        if "send" in path:
            await asyncio.sleep(self.account.moods.slow)
        await _json(send, 404 if answer is None else 200, answer)

    async def _played(self, what: str, body: bytes) -> Any:
        """`moods` sets them, `account` shows all, `report` sets a status and calls back, `forget` begins anew."""
        asked: Mapping[str, Any] = json.loads(body or b"{}")
        match what:
            case "moods":
                self.account.moods = Moods(**{**asdict(self.account.moods), **asked})
            case "forget":
                self.account = Account()
            case "report":
                await self._report(asked)
            case _:
                pass
        return asdict(self.account)

    async def _report(self, asked: Mapping[str, Any]) -> None:
        wanted = asked.get("ids")
        messages = [each for each in self.account.messages if wanted is None or each.id in wanted]
        for each in messages:
            each.status = asked["status"]
        if self.account.moods.callback is None:
            return
        form = (
            [*self.call(messages)] if not asked.get("forged") else [("hash", "0"), *self.call(messages)[1:]]
        )
        async with httpx.AsyncClient() as client:
            heard = await client.post(self.account.moods.callback, data=_lists(form))
        self.account.called.append({"status": heard.status_code, "answer": heard.text})


def _lists(form: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in form:
        found.setdefault(name, []).append(value)
    return found


async def _body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        part = await receive()
        body, more = body + part.get("body", b""), part.get("more_body", False)
    return body


async def _json(send: Send, status: int, answer: Any) -> None:
    body = answer.encode() if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
