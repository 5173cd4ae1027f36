"""Who asks for what, when, and by which key: what every command's route needs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any
from uuid import NAMESPACE_URL, uuid5

from fastapi import Depends, Header, Request
from fastapi.security import HTTPBearer
from kernel.actor import Actor, Role
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from uuid_utils.compat import uuid7

from chassis.auth.verifier import BadToken
from chassis.clock import Clock
from chassis.handling import Occasion, fingerprint

KEY_PATTERN = r"^[\x21-\x7e]{1,120}$"
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="opblok"'}

Bearer = HTTPBearer(auto_error=False, description="A JWT of a trusted OIDC issuer; crm issues them.")


async def now(request: Request) -> datetime:
    """The service's time."""
    clock: Clock = request.app.state.clock
    return clock.now()


async def who(request: Request, given: Annotated[Any, Depends(Bearer)]) -> Actor:
    """The actor of the token; 401 without a good one."""
    if given is None:
        raise HTTPException(HTTPStatus.UNAUTHORIZED, "A bearer token is needed.", CHALLENGE)
    try:
        return await request.app.state.verifier.actor(given.credentials)
    except BadToken as bad:
        raise HTTPException(HTTPStatus.UNAUTHORIZED, str(bad), CHALLENGE) from bad


Now = Annotated[datetime, Depends(now)]
Who = Annotated[Actor, Depends(who)]
Key = Annotated[
    str, Header(alias="Idempotency-Key", pattern=KEY_PATTERN, description="Yours, unique to the request.")
]
MaybeKey = Annotated[
    str | None,
    Header(alias="Idempotency-Key", pattern=KEY_PATTERN, description="The same key again: the same answer."),
]


def asked_by(*roles: Role) -> Callable[..., Awaitable[Actor]]:
    """A dependency: the actor, who holds one of these roles; else 403."""

    async def permitted(actor: Who) -> Actor:
        if not actor.has(*roles):
            names = ", ".join(sorted(roles))
            raise HTTPException(HTTPStatus.FORBIDDEN, f"This needs one of the roles: {names}.")
        return actor

    return permitted


@dataclass(frozen=True, slots=True)
class Asked:
    """A command as asked over HTTP: by whom, at what time, under which key."""

    actor: Actor
    at: datetime
    key: str | None
    path: str

    def occasion(self, body: BaseModel | None = None, *, story: str | None = None) -> Occasion:
        """What the handler is given. With a key it is remembered: the same key again answers as the first time.

        The key itself, which is kept nowhere, goes into the digest, so that no phone can be found from it by trying.
        """
        asked = [self.key, self.path, body.model_dump(mode="json") if body else None]
        return Occasion(
            id=f"command:{self._named('command') if self.key else uuid7()}",
            at=self.at,
            actor=self.actor,
            correlation_id=story,
            fingerprint=fingerprint(asked) if self.key else None,
            remembered=self.key is not None,
        )

    def derived_id(self, kind: str) -> str:
        """The id of the thing that this key opens: the same caller and key always name the same thing."""
        if self.key is None:
            return uuid7().hex
        return self._named(kind)

    def _named(self, kind: str) -> str:
        """The same for the same caller and key; the key itself, which may say anything, is not told."""
        return uuid5(NAMESPACE_URL, f"opblok:{kind}:{self.actor.id}:{self.key}").hex


async def asking(request: Request, actor: Who, at: Now, key: MaybeKey = None) -> Asked:
    """A command; the key is welcome."""
    return Asked(actor, at, key, request.url.path)


async def opening(request: Request, actor: Who, at: Now, key: Key) -> Asked:
    """A command that opens a thing; the key is needed."""
    return Asked(actor, at, key, request.url.path)


Asking = Annotated[Asked, Depends(asking)]
Opening = Annotated[Asked, Depends(opening)]
