"""Crm's directory as the router asks for it, in memory."""

from collections.abc import Callable, Mapping
from typing import Any

from kernel.phone import Phone

KEY = b"router-tests-know-the-phone-key-of-crm"


def hash_of(phone: str) -> str:
    """The keyed hash of a number."""
    return Phone.parse(phone).keyed_hash(KEY)


class Directory:
    """What crm answers; a test sets `fault` to be raised instead."""

    def __init__(self) -> None:
        self.fault: Exception | None = None
        self.cards: dict[str, dict[str, Any]] = {}
        self.staff: dict[str, dict[str, Any]] = {}
        self.presences: list[tuple[str, str]] = []
        self.words: dict[str, list[dict[str, Any]]] = {}
        self.looks: list[tuple[str, str, str]] = []
        self.bridge: Callable[[str, Any], Any] | None = None

    def knows(self, customer_id: str, *phones: str, **more: Any) -> None:
        """A customer with these numbers."""
        usual = {"stage": "customer", "owner_id": "anna", "contact_preference": "any", "blocked": False}
        hashes = [hash_of(each) for each in phones]
        self.cards[customer_id] = {
            "customer_id": customer_id, "shop_id": "main", "hashes": hashes, "merged_into": None, **usual, **more
        }  # fmt: skip

    def notes(self, customer_id: str, code: str | None = None, **texts: str) -> None:
        """What is noted of a customer, by anna; in the usual words of his type."""
        at = "2026-03-01T09:00:00Z"
        type_ = code and {"code": code, "ru": "Тип", "en": code, "advice_ru": "Совет", "advice_en": "Advice"}
        noted = {"customer_type": type_, "notes": list(texts), "by": "anna", "at": at}
        self.cards[customer_id]["noted"] = noted
        self.words[customer_id] = [
            {"part": part, "text": text, "by": "anna", "at": at} for part, text in texts.items()
        ]

    def rings(self, staff_id: str, **numbers: Any) -> None:
        """How a colleague is rung."""
        self.staff[staff_id] = {"staff_id": staff_id, "shop_id": "main", "hidden": [], **numbers}

    def __call__(self, path: str, asked: Any) -> Any:
        if self.bridge and path.startswith("/bitrix/"):
            return self.bridge(path, asked)
        if self.fault:
            raise self.fault
        if path.endswith("/presence"):
            self.presences.append((path.split("/")[2], asked["presence"]))
            return None
        if path.endswith("/notes:read"):
            customer_id = path.split("/")[2]
            self.looks.append((customer_id, asked["staff_id"], asked["reason"]))
            return {"customer_id": customer_id, "notes": self.words[customer_id]}
        kept = self.cards if "customers" in path else self.staff
        if path.endswith(":read"):
            return {"items": [kept[one] for one in asked["ids"] if one in kept]}
        return self._page(kept, asked)

    def _page(self, kept: Mapping[str, dict[str, Any]], asked: Any) -> dict[str, Any]:
        """Pages of two, so that there are some."""
        params: Mapping[str, str] = asked or {}
        begins = int(params.get("cursor", "0"))
        keys = sorted(kept)
        more = begins + 2 < len(keys)
        return {
            "items": [kept[one] for one in keys[begins : begins + 2]],
            "next": str(begins + 2) if more else None,
        }
