"""The portal, as the use cases see it; the registry of crm itself is the default, so there may be none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

Row = Mapping[str, Any]


class PortalDown(Exception):
    """It can't now: away, over a limit, or its answer was lost. `wait`: seconds before it makes sense to ask again."""

    def __init__(self, text: str, wait: float = 30.0) -> None:
        super().__init__(text)
        self.wait = wait


class PortalRefused(Exception):
    """It says no, and will say no again: rights, a wrong token, a method it has not. `code` is the portal's own word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotInstalled(PortalRefused):
    """Nobody has installed us there yet, or somebody threw us out."""


@dataclass(frozen=True, slots=True)
class Rows:
    """`ended`: there are none beyond these."""

    rows: Sequence[Row]
    ended: bool


class Portal(Protocol):
    """One portal of Bitrix24. `writes`: False where only an incoming webhook is given."""

    @property
    def writes(self) -> bool: ...

    async def contacts(self, after: int, since: datetime | None) -> Rows:
        """Contacts whose number is greater, in order; those changed since, if given."""
        ...

    async def contact(self, number: int) -> Row | None:
        """One contact; None where there is none."""
        ...

    async def how_many(self, since: datetime | None) -> int | None:
        """How many contacts there are, or changed since."""
        ...

    async def users(self) -> Sequence[Row]:
        """Everybody who works there, and who did."""
        ...

    async def days(self, user_ids: Sequence[str]) -> Mapping[str, str]:
        """How far the working day of each is, in the portal's words; whose it does not tell is left out. At most 50 at once."""
        ...

    async def assign(self, number: int, user_id: str) -> None:
        """From now on this user answers for the contact."""
        ...

    async def subscribe(self, handler: str, events: Sequence[str]) -> None:
        """Have these events posted to this address; those that are already, stay."""
        ...


@dataclass(frozen=True, slots=True)
class Grant:
    """What the portal's OAuth server gave for a refresh token. `endpoint`: the portal it is for."""

    access: str
    refresh: str
    member_id: str
    endpoint: str


class Oauth(Protocol):
    """The OAuth server; it takes our own secret besides, so its answer proves that a token is meant for us."""

    async def renew(self, refresh: str) -> Grant:
        """Raise `PortalRefused` for a token that does not work (any more), `PortalDown`."""
        ...
