"""A client that does not give up: the same command with the same key until it is answered."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import httpx

from bench.own_stack import OwnStack

AGAIN = frozenset({401, 408, 429, 500, 502, 503, 504})
GIVES_UP_AFTER = 180.0
PATIENCE = 8.0
"""How long one try waits for its answer; a killed service often leaves none."""


class NeverAnswered(Exception):
    """A command that no try of many got an answer to."""


@dataclass
class Client:
    """Somebody who asks the services in his own name. `tries` counts all of them."""

    stack: OwnStack
    who: str
    http: httpx.AsyncClient
    tries: int = 0
    token: str = field(default="", repr=False)

    async def ask(self, method: str, service: str, path: str, **more: Any) -> httpx.Response:
        """The first answer that is one; `key=` makes a command repeatable."""
        key = more.pop("key", None)
        limit = asyncio.get_running_loop().time() + GIVES_UP_AFTER
        last = ""
        while asyncio.get_running_loop().time() < limit:
            self.tries += 1
            try:
                answer = await self._try(method, f"{self.stack.url(service)}{path}", key, more)
            except httpx.TransportError as silent:
                last = type(silent).__name__
            else:
                if not asks_to_come_again(answer):
                    return answer
                last = f"{answer.status_code} {answer.text[:300]}"
                self.token = "" if answer.status_code == 401 else self.token
            await asyncio.sleep(random.uniform(0.1, 0.4))
        raise NeverAnswered(f"{method} {service}{path}: {last}")

    async def pages(self, service: str, path: str, **query: Any) -> list[dict[str, Any]]:
        """All items of a list."""
        items: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            asked = {**query, "limit": 200, **({"cursor": cursor} if cursor else {})}
            answer = await self.ask("GET", service, path, params=asked)
            assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
            page = answer.json()
            items += page["items"]
            if (cursor := page["next"]) is None:
                return items

    async def _try(self, method: str, url: str, key: str | None, more: dict[str, Any]) -> httpx.Response:
        self.token = self.token or await self.stack.token(self.who, GIVES_UP_AFTER)
        headers = {"Authorization": f"Bearer {self.token}", **({"Idempotency-Key": key} if key else {})}
        return await self.http.request(method, url, headers=headers, timeout=PATIENCE, **more)


def asks_to_come_again(answer: httpx.Response) -> bool:
    """Whether it is no answer yet: a service in trouble, or others who were quicker several times (409 with Retry-After)."""
    return answer.status_code in AGAIN or "retry-after" in answer.headers


async def until(told: asyncio.Event, does: Callable[[], Coroutine[Any, Any, object]], pause: float) -> None:
    """Again and again, with pauses of about this length, until told to stop; what is begun is finished."""
    while not told.is_set():
        await does()
        try:
            await asyncio.wait_for(told.wait(), random.uniform(0.5, 1.5) * pause)
        except TimeoutError:
            continue
