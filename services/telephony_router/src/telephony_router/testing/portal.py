"""Crm's way to the portal as the router uses it, in memory, beside its directory."""

from typing import Any

from telephony_router.testing.asking import Running

PREFIX = "/bitrix/calls/"


class Bridge:
    """What crm was told of calls: `said`, in its order. A test sets `fault` to be raised instead, or `lost` after it was taken."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str, Any]] = []
        self.fault: Exception | None = None
        self.lost: Exception | None = None

    def of(self, call_id: str) -> list[tuple[str, Any]]:
        """What was said of one call."""
        return [(word, body) for named, word, body in self.said if named == call_id]

    def __call__(self, path: str, body: Any) -> Any:
        if self.fault:
            raise self.fault
        call_id, _, word = path.removeprefix(PREFIX).partition(":")
        self.said.append((call_id, word, body))
        if self.lost:
            raise self.lost
        return {"id": call_id, "version": 1, "changes": [], "repeated": False}


def bridged(it: Running) -> Bridge:
    """Crm is asked this of calls from now on."""
    it.crm.bridge = bridge = Bridge()
    return bridge
