"""Resolving names of receivers, beside everything else: a name whose servers keep silent holds one thread of these, and no other
look-up of the process waits for it.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
THREADS = 16


def addresses(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system knows them. Raise `OSError`, `UnicodeError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class Resolving:
    """However many ask for a name at once, it is looked up once."""

    def __init__(
        self, look: Callable[[str, int], Sequence[str]] = addresses, *, threads: int = THREADS
    ) -> None:
        self._look = look
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="names-of-receivers")
        self._asked: dict[tuple[str, int], asyncio.Future[Sequence[str]]] = {}

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Who gives up waiting stops no other who asks for the same."""
        asked = self._asked.get((host, port))
        if asked is None:
            asked = asyncio.get_running_loop().run_in_executor(self._threads, self._look, host, port)
            self._asked[host, port] = asked
            asked.add_done_callback(lambda done: self._answered((host, port), done))
        return await asyncio.shield(asked)

    def _answered(self, name: tuple[str, int], done: asyncio.Future[Sequence[str]]) -> None:
        del self._asked[name]
        if not done.cancelled():
            done.exception()  # perhaps nobody waits for it any more
