"""Where dashboards and alerts stand, and how they are read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PLACE = ROOT / "deploy" / "observability"


def panels(dashboard: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Also those that lie in a closed row."""
    for panel in dashboard["panels"]:
        yield panel
        yield from panel.get("panels", ())
