"""People of a load: each asks in his own name, and what the services said yes to is counted."""

from typing import Any
from uuid import uuid4

import httpx

from bench.killing.answered import Answered
from bench.killing.asking import Client
from bench.own_stack import OwnStack


class People:
    """Clients by name. Commands carry a key, so that a killed service's lost answer costs nothing."""

    def __init__(self, stack: OwnStack, http: httpx.AsyncClient, answered: Answered) -> None:
        self._stack, self._http, self._answered = stack, http, answered
        self._clients: list[Client] = []

    @property
    def tries(self) -> int:
        return sum(each.tries for each in self._clients)

    def client(self, who: str) -> Client:
        made = Client(self._stack, who, self._http)
        self._clients.append(made)
        return made

    async def command(
        self, client: Client, method: str, service: str, path: str, **more: Any
    ) -> dict[str, Any] | None:
        """The answer, None for a refusal. What may be refused in the course of business is told in `lawful`."""
        lawful = more.pop("lawful", ())
        answer = await client.ask(method, service, path, key=uuid4().hex, **more)
        self._answered.commands += answer.is_success
        if answer.is_success:
            return dict(answer.json())
        if not str(answer.json().get("type", "")).endswith(lawful):
            self._answered.refused.append(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return None
