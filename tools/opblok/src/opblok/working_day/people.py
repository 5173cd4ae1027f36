"""The people of the story, each asking the services in his own name."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import httpx

from opblok.asking import said, send, token_of_client, token_of_staff
from opblok.saying import give_up

T = TypeVar("T")
PATIENCE = 60.0
LOOK_EVERY = 0.2


@dataclass
class Person:
    """A member of the staff, or the shop's site. A token is asked for once."""

    name: str
    is_program: bool = False
    _token: str = field(default="", repr=False)

    def ask(self, method: str, service: str, path: str, **more: Any) -> httpx.Response:
        """Whatever the service answers."""
        headers = {"Authorization": f"Bearer {self.token()}", **more.pop("headers", {})}
        return send(method, service, path, headers=headers, timeout=30.0, **more)

    def get(self, service: str, path: str, **query: str) -> Any:
        """What the service tells; a refusal ends the story."""
        return self._glad(self.ask("GET", service, path, params=query)).json()

    def post(self, service: str, path: str, body: Any = None, *, method: str = "POST", **more: Any) -> Any:
        """A command, with a key of its own; a refusal ends the story."""
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        payload = {} if body is None else {"json": body}
        return self._glad(self.ask(method, service, path, headers=headers, **payload, **more)).json()

    def refused(self, service: str, path: str, body: Any) -> str:
        """A command that must be refused; how it was, in words."""
        answer = self.ask("POST", service, path, json=body)
        if not answer.is_error:
            give_up(f"{service} should have refused {self.name}, and did not.")
        return said(answer)

    def token(self) -> str:
        """His token."""
        if not self._token:
            found = token_of_client(self.name) if self.is_program else token_of_staff(self.name)
            self._token = str(found["access_token"])
        return self._token

    def _glad(self, answer: httpx.Response) -> httpx.Response:
        if answer.is_error:
            give_up(
                f"{self.name} was refused {answer.request.method} {answer.request.url.path}: {said(answer)}"
            )
        return answer


def until(what: str, look: Callable[[], T | None], within: float = PATIENCE) -> T:
    """What is looked for, once it is there; the day ends when it does not come."""
    limit = time.monotonic() + within
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > limit:
            give_up(
                f"waited {within:.0f} s in vain for: {what}.",
                "`opblok ps`, `opblok logs` and `opblok dead-letters list` may say why.",
            )
        time.sleep(LOOK_EVERY)


def moment(text: str) -> datetime:
    """A moment as the services write it."""
    return datetime.fromisoformat(text)
