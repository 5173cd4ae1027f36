"""Calls that ring all the while, as a provider's scenario asks and reports them; and what must be left of them."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
from kernel.signature import signed_with
from opblok.stack.keeping import Keeping

from bench.chaos.soundings import pause
from bench.own_stack import OwnStack

ROUTER = "telephony_router"
EVERY, PATIENCE, REPORTED_WITHIN = 0.25, 5.0, 120.0
TALKED = 30


@dataclass
class Calls:
    """`plans`: seconds to each plan; `unanswered`: why there was none, of those that ring once and are not asked about again."""

    stack: OwnStack
    phones: Sequence[str]
    plans: list[float] = field(default_factory=list[float])
    answered: set[str] = field(default_factory=set[str])
    ended: set[str] = field(default_factory=set[str])
    unanswered: Counter[str] = field(default_factory=Counter[str])

    def __post_init__(self) -> None:
        self._secret = Keeping(self.stack.home.secrets).webhook_secret(ROUTER).read_text().strip()
        self._told = asyncio.Event()

    async def ring(self) -> None:
        """Until told to stop; every report is made until it is taken."""
        async with httpx.AsyncClient(timeout=PATIENCE) as http, asyncio.TaskGroup() as calls:
            for number in range(10**9):
                if self._told.is_set():
                    return
                calls.create_task(self._call(http, self.phones[number % len(self.phones)]))
                await pause(self._told, EVERY)

    def stop(self) -> None:
        self._told.set()

    async def _call(self, http: httpx.AsyncClient, phone: str) -> None:
        mark, began = f"chaos-{uuid4().hex}", time.monotonic()
        rings = {"call_id": mark, "from": phone, "to": ""}
        answer = await self._said(http, "calls", rings)
        if not isinstance(answer, httpx.Response) or not answer.is_success:
            self.unanswered[str(answer)] += 1
            return
        self.plans.append(time.monotonic() - began)
        call_id = str(answer.json()["call_id"])
        self.answered.add(call_id)
        ends: dict[str, Any] = {"event_id": f"{mark}-1", "said": "ended", "talked_seconds": TALKED}
        limit = time.monotonic() + REPORTED_WITHIN
        while time.monotonic() < limit:
            ends["at"] = datetime.now(UTC).isoformat()
            told = await self._said(http, "events", {**rings, "events": [ends]})
            if isinstance(told, httpx.Response) and told.is_success:
                self.ended.add(call_id)
                return
            await asyncio.sleep(0.5)

    async def _said(
        self, http: httpx.AsyncClient, path: str, body: dict[str, Any]
    ) -> httpx.Response | Exception:
        """The answer, or why there is none."""
        raw, stamp = json.dumps(body).encode(), f"{time.time():.6f}"
        headers = {
            "Content-Type": "application/json",
            "X-Opblok-Timestamp": stamp,
            "X-Opblok-Signature": signed_with(self._secret, stamp, raw),
        }
        url = f"{self.stack.own_url(ROUTER)}/webhooks/generic/{path}"
        try:
            return await http.post(url, content=raw, headers=headers)
        except httpx.TransportError as silent:
            return silent


def calls_wrong(calls: Calls, shown: Sequence[dict[str, Any]]) -> list[str]:
    """Every call that got a plan is one record; every end that was taken is in it. Nothing, when all is well."""
    there = Counter(each["call_id"] for each in shown)
    status = {each["call_id"]: each["status"] for each in shown}
    return [
        *(f"call {each} was answered and is lost" for each in calls.answered if not there[each]),
        *(f"call {each} exists {times} times" for each, times in there.items() if times > 1),
        *(
            f"call {each} ended, and is {status.get(each)}"
            for each in calls.ended
            if status.get(each) != "finished"
        ),
    ]
