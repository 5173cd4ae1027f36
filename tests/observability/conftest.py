"""What stands in deploy/observability, read; and what the services export."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))

from tests.observability.standing import PLACE, panels  # noqa: E402


@pytest.fixture(scope="session")
def exported() -> frozenset[str]:
    """Names of all samples, as Prometheus sees them."""
    program = Path(__file__).with_name("exporting.py")
    asked = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr[-2000:]
    return frozenset(asked.stdout.split())


@pytest.fixture(scope="session")
def alerts() -> list[dict[str, Any]]:
    """All rules."""
    files = sorted((PLACE / "alerts").glob("*.yaml"))
    groups = [group for file in files for group in yaml.safe_load(file.read_text())["groups"]]
    return [rule for group in groups for rule in group["rules"]]


@pytest.fixture(scope="session")
def dashboards() -> dict[str, dict[str, Any]]:
    """By file name."""
    return {
        file.stem: json.loads(file.read_text())
        for file in sorted((PLACE / "grafana" / "dashboards").glob("*.json"))
    }


@pytest.fixture(scope="session")
def asked(dashboards: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """Where, and what Prometheus is asked there."""
    return [
        (f"{name}: {panel['title']}", target["expr"])
        for name, dashboard in dashboards.items()
        for panel in panels(dashboard)
        for target in panel.get("targets", ())
        if "expr" in target
    ]
