"""Logistics, as orders meets it: what it can keep, what it reserved, and its bad days."""

from collections.abc import Mapping
from typing import Any

from chassis.peers import PeerDown, PeerRefused
from chassis.testing.memory import ScriptedPeer

from orders.domain.delivery import Offered
from orders.testing.promises import EVENING, POINT, WEDNESDAY


def told(offered: Offered, reason: str | None = None) -> dict[str, Any]:
    """A promise as logistics tells it."""
    return {
        "kind": offered.kind.value,
        "carrier_id": offered.carrier_id,
        "terms_version": offered.terms_version,
        "zone": offered.zone,
        "starts_at": offered.starts_at.isoformat(),
        "ends_at": offered.ends_at.isoformat(),
        "time_zone": offered.time_zone,
        "point_id": offered.point_id,
        "price": {"minor": offered.price.minor, "currency": offered.price.currency},
        "words": {"ru": offered.words.ru, "en": offered.words.en},
        "reason": reason,
    }


class Logistics(ScriptedPeer):
    """Delivers on Wednesday from nine to three and from six to ten, and to one point, for as long as `room` lasts.

    The same key is the same reservation. `down` for so many calls to come; `loses`: the next answer on this path is lost on its way.
    """

    def __init__(self) -> None:
        super().__init__(self._answered)
        self.room = 10
        self.down = 0
        self.loses: str | None = None
        self.warnings: list[dict[str, Any]] = []
        self.reserved: dict[str, dict[str, Any]] = {}
        self.keys: list[str] = []

    async def post(self, path: str, body: Any, *, key: str | None = None, repeatable: bool = False) -> Any:
        del repeatable
        self.asked.append((path, body))
        if self.down:
            self.down -= 1
            raise PeerDown("logistics does not answer")
        answer = self._reserved(body, key) if path == "/reservations" else self._answered(path, body)
        if self.loses == path:
            self.loses = None
            raise PeerDown("the answer was lost")
        return answer

    def _answered(self, path: str, body: Any) -> Any:
        assert path == "/promises:check", path
        if body["zone"] != "moscow":
            raise PeerRefused("logistics", 422, {})
        wished = {"09:00": WEDNESDAY, "18:00": EVENING}.get(body["from"])
        found = POINT if body["kind"] == "point" else wished
        if found is None or (body["payment"] == "on_delivery" and found is POINT):
            options = [told(each, "another_window") for each in (WEDNESDAY, EVENING)]
            words = {"ru": "Такого окна нет.", "en": "There is no such window."}
            return {
                "possible": False,
                "reason": "no_such_window",
                "words": words,
                "promise": None,
                "options": options,
            }
        return {
            "possible": True,
            "reason": None,
            "words": {"ru": "Да", "en": "Yes"},
            "promise": told(found),
            "options": [],
            "warnings": self.warnings,
        }

    def _reserved(self, body: Mapping[str, Any], key: str | None) -> dict[str, Any]:
        assert key
        self.keys.append(key)
        if key not in self.reserved:
            if not self.room:
                problem = {"reason": "full_window", "options": [told(EVENING, "same_day")]}
                raise PeerRefused("logistics", 409, {"type": "/problems/capacity-gone", **problem})
            self.room -= 1
            answer = {"reservation_id": f"res-{len(self.reserved) + 1}", "expires_at": "2026-03-30T00:00:00Z"}
            self.reserved[key] = {**answer, "order_id": body["order_id"]}
        return self.reserved[key]
