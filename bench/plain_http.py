"""A client that costs little: one kept connection, a request written whole, an answer read by its length."""

import asyncio
import json
from typing import Any


class Connection:
    """HTTP/1.1 to one address. Not for anything but benches."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def post(self, path: str, body: bytes, headers: str) -> tuple[int, bytes]:
        """Status and body."""
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        assert self._reader
        head = f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nContent-Type: application/json\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        self._writer.write(head.encode() + body)
        answered = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(answered.split(" ", 2)[1])
        length = next(
            (
                int(line.split(":")[1])
                for line in answered.lower().splitlines()
                if line.startswith("content-length")
            ),
            0,
        )
        return status, await self._reader.readexactly(length) if length else b""

    def close(self) -> None:
        """Hang up."""
        if self._writer:
            self._writer.close()


def order_body(n: int) -> bytes:
    """An order as the site sends it."""
    line: dict[str, Any] = {
        "product_id": f"bobbin-{n % 50}",
        "title": "Шпульки латунные",
        "quantity": 2,
        "unit_price": 12_000,
    }
    recipient = {
        "name": "Пелагея Иглина",
        "phone": "8 (916) 000-11-22",
        "address": "Тверь, Прядильная улица, 5",
    }
    return json.dumps({"lines": [line, {**line, "product_id": "thread-1"}], "recipient": recipient}).encode()
