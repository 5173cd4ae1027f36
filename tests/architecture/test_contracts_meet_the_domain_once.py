"""Inside a service, facts are met where they come in and where they are announced, and nowhere else.

A service with many facts announces them in `announcements.py` and, area by area, in `announcing_<area>.py` beside it. The
bare type `Fact` may be named where announcements are handed on: it says nothing of any fact.
"""

import re
from collections.abc import Mapping

import pytest

SPEAKS = re.compile(r"^\s*(from|import) contracts\b(?!\.fact import Fact$)", re.MULTILINE)
MAY_SPEAK = re.compile(
    r"services/[^/]+/src/[^/]+/(entrypoints/.+|testing/.+|application/announc(ements|ing_[a-z_]+))\.py"
)


def outspoken(sources: Mapping[str, str]) -> list[str]:
    """Modules of services that know the contracts without being a bridge to them."""
    services = {path: text for path, text in sources.items() if path.startswith("services/")}
    return [path for path, text in services.items() if SPEAKS.search(text) and not MAY_SPEAK.fullmatch(path)]


def test_only_announcements_and_entrypoints_know_the_contracts(sources: Mapping[str, str]) -> None:
    assert outspoken(sources) == []


@pytest.mark.parametrize("room", ["domain/order", "application/ordering", "adapters/documents", "bootstrap"])
def test_the_guard_bites(room: str) -> None:
    planted = {f"services/orders/src/orders/{room}.py": "from contracts.orders import OrderCreatedV1\n"}

    assert outspoken(planted) == list(planted)
