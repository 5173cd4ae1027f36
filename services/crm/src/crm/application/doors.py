"""The doors at which guessers wait: one for each login, address and client (R17).

A door is known by a keyed digest, the same whether the login exists or not. At one door attempts are worked one after
the other, so that many guesses at the same moment do not all count as the first one.
"""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from weakref import WeakValueDictionary

from chassis.clock import Clock
from chassis.handling import Handler, Occasion, Store
from kernel.actor import service
from uuid_utils.compat import uuid7

from crm.domain import lockout as lo

ADDRESS_FREE_FAILURES = 30
"""Many people may sit behind one address."""
NETWORK_BYTES = 8
"""An IPv6 customer has a network of his own (/64), and with it more addresses than anybody can count."""


class Locked(Exception):
    """Nobody gets in here before `wait` seconds are over, whatever he knows."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"locked for {wait} s")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Door:
    """`free` failures cost nothing."""

    name: str
    free: int


class Doors:
    """`key` makes the digests useless to who reads the database."""

    def __init__(
        self,
        lockouts: Store[lo.Lockout],
        note_attempt: Handler[lo.NoteAttempt, lo.Lockout, lo.Change],
        clock: Clock,
        key: bytes,
    ) -> None:
        self._lockouts = lockouts
        self._note_attempt = note_attempt
        self._clock = clock
        self._key = hmac.new(key, b"opblok.doors", hashlib.sha256).digest()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, what: str, free: int = lo.FREE_FAILURES) -> Door:
        """The door of a login or a client."""
        return Door(hmac.new(self._key, what.encode(), hashlib.sha256).hexdigest(), free)

    def from_address(self, address: str) -> tuple[Door, ...]:
        """The door of an address; none for this machine itself, behind whose name everybody may stand."""
        try:
            known = ip_address(address)
        except ValueError:
            return (self.of(f"from:{address}", ADDRESS_FREE_FAILURES),)
        if known.is_loopback:
            return ()
        network = known.packed[:NETWORK_BYTES] if isinstance(known, IPv6Address) else known.packed
        return (self.of(f"from:{network.hex()}", ADDRESS_FREE_FAILURES),)

    @asynccontextmanager
    async def turn(self, *doors: Door) -> AsyncGenerator[None]:
        """Wait for one's turn at these doors; raise `Locked` at one that is locked."""
        async with AsyncExitStack() as turns:
            for name in sorted({door.name for door in doors}):
                await turns.enter_async_context(self._turns.setdefault(name, asyncio.Lock()))
            for door in doors:
                await self._pass(door)
            yield

    async def note(self, *doors: Door, succeeded: bool) -> None:
        """An attempt went so."""
        at = self._clock.now()
        for door in doors:
            why = Occasion(f"attempt:{uuid7()}", at, service("crm"))
            await self._note_attempt(lo.NoteAttempt(door.name, succeeded, at, door.free), why)

    async def _pass(self, door: Door) -> None:
        at = self._clock.now()
        lockout = (await self._lockouts.load(door.name)).state
        if lockout and lockout.locked_until and lockout.is_locked(at):
            raise Locked(int((lockout.locked_until - at).total_seconds()) + 1)
