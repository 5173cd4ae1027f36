"""CDEK's print forms: asked for, made after a moment, fetched as PDF by a link that works an hour."""

import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from http import HTTPStatus

from logistics.adapters.cdek_connection import CdekConnection, CdekSaidNo, Json, many, mapping
from logistics.application.carrier_port import CarrierDown, NoPrintForm, PrintForm, PrintFormInTheMaking

PATHS = {PrintForm.LABEL: "barcodes", PrintForm.WAYBILL: "orders"}
LOOKS = (0.2, 0.4, 0.8, 1.6)
"""Seconds before each look whether it is made."""
KEPT_FOR, MOST_KEPT = 3000.0, 1000
"""A form that was asked for is asked after so long, in seconds, and so many of them; then for a new one."""
LARGEST = 20 * 2**20
"""Bytes of one form."""


class CdekForms:
    """Remembers which form it asked for, so that whoever comes again gets that one; another process asks for its own."""

    def __init__(
        self,
        connection: CdekConnection,
        pause: Callable[[float], Awaitable[None]],
        passed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connection = connection
        self._pause = pause
        self._passed = passed
        self._asked: dict[tuple[str, PrintForm], tuple[str, float]] = {}

    async def of(self, ref: str, form: PrintForm) -> AsyncIterator[bytes]:
        """The form of his order with this number; raise `NoPrintForm`, `PrintFormInTheMaking`, `CarrierDown`."""
        try:
            address = await self._address(ref, form)
        except CdekSaidNo as no:
            self._asked.pop((ref, form), None)
            raise NoPrintForm(no.code) from no
        stream = self._stream(address)
        first = await anext(stream, b"")
        if not first:
            raise CarrierDown("CDEK gives an empty file")
        return _after(first, stream)

    async def _address(self, ref: str, form: PrintForm) -> str:
        path = f"/print/{PATHS[form]}"
        uuid = await self._uuid(ref, form, path)
        for pause in LOOKS:
            await self._pause(pause)
            entity = mapping(mapping(await self._connection.asked("GET", f"{path}/{uuid}")).get("entity"))
            if entity.get("url"):
                return str(entity["url"])
            if _codes(entity) & {"INVALID", "REMOVED"}:
                self._asked.pop((ref, form), None)
                raise NoPrintForm(ref)
        raise PrintFormInTheMaking(ref)

    async def _uuid(self, ref: str, form: PrintForm, path: str) -> str:
        uuid, until = self._asked.get((ref, form), ("", 0.0))
        if uuid and self._passed() < until:
            return uuid
        told = await self._connection.asked("POST", path, body={"orders": [{"cdek_number": ref}]})
        uuid = str(mapping(mapping(told).get("entity")).get("uuid") or "")
        if not uuid:
            raise CarrierDown("CDEK names no form")
        while len(self._asked) >= MOST_KEPT:
            self._asked.pop(next(iter(self._asked)))
        self._asked[ref, form] = (uuid, self._passed() + KEPT_FOR)
        return uuid

    async def _stream(self, address: str) -> AsyncGenerator[bytes]:
        taken = 0
        async with self._connection.file(address) as answer:
            if answer.status_code != HTTPStatus.OK:
                raise CarrierDown(f"CDEK does not give its file: {answer.status_code}")
            async for part in answer.aiter_bytes():
                taken += len(part)
                if taken > LARGEST:
                    raise CarrierDown("CDEK gives more than a form")
                yield part


async def _after(first: bytes, rest: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    async with aclosing(rest):
        yield first
        async for part in rest:
            yield part


def _codes(entity: Json) -> set[str]:
    return {str(each.get("code")) for each in many(entity.get("statuses"))}
