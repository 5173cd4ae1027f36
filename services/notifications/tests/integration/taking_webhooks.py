"""A receiver that takes its time and verifies what it gets; it knows who hung up on it."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from standardwebhooks.webhooks import Webhook


class Taking:
    """Half of what comes it takes at once and answers late: who dies meanwhile sends it again. The other half it takes when it
    has worked on it, unless the caller is gone: who dies meanwhile has not delivered it.
    """

    def __init__(self, seed: int) -> None:
        self.secret, self.port = "", 0
        self.arrived: Counter[str] = Counter()
        self.taken = set[str]()
        self.named: dict[str, set[str]] = {}
        self._lot = random.Random(seed)

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One call."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lines = (line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
            headers = {name.lower(): value for name, value in lines}
            body = await reader.readexactly(int(headers["content-length"]))
            event, id_ = Webhook(self.secret).verify(body, headers), headers["webhook-id"]
            self.arrived[id_] += 1
            self.named.setdefault(event["id"], set()).add(id_)
            at_once = self._lot.random() < 0.5
            if at_once:
                self.taken.add(id_)
            await asyncio.sleep(self._lot.uniform(0.2, 0.6))
            if not reader.at_eof():
                self.taken.add(id_)
                writer.write(b"HTTP/1.1 204 Taken\r\n\r\n")
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # he was killed
        finally:
            writer.close()

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[None]:
        """It listens."""
        server = await asyncio.start_server(self.hear, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            server.close()
