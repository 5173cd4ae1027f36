"""A gate before a server: open, it lets all through; closed, nothing comes through and nobody is told so, as on a cut line."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress


class Gate:
    """One address before another."""

    def __init__(self, host: str, port: int) -> None:
        self._behind = (host, port)
        self._open = asyncio.Event()
        self._open.set()
        self._streams: set[asyncio.Task[None]] = set()
        self.port = 0

    def close(self) -> None:
        """From now on everybody waits."""
        self._open.clear()

    def open(self) -> None:
        """What waited goes on."""
        self._open.set()

    async def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._open.wait()
        inner, outer = await asyncio.open_connection(*self._behind)
        for source, sink in ((reader, outer), (inner, writer)):
            task = asyncio.create_task(self._pass(source, sink))
            self._streams.add(task)
            task.add_done_callback(self._streams.discard)

    async def _pass(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while some := await source.read(65536):
                await self._open.wait()
                sink.write(some)
                await sink.drain()
        sink.close()

    @asynccontextmanager
    async def standing(self) -> AsyncGenerator["Gate"]:
        """While the block lasts."""
        server = await asyncio.start_server(self._come, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for task in tuple(self._streams):
                task.cancel()
