"""Prometheus's own tool reads the rules, tries them on made-up figures, and understands what dashboards ask."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.observability.standing import PLACE

PROMTOOL = shutil.which("promtool", path=f"{os.environ.get('PATH', '')}:/usr/bin:/usr/local/bin")
pytestmark = pytest.mark.skipif(
    PROMTOOL is None, reason="promtool is not here: sh tools/debian_packages.sh promtool"
)

ALERTS = PLACE / "alerts"


def promtool(*asked: str, within: Path = ALERTS) -> subprocess.CompletedProcess[str]:
    assert PROMTOOL
    return subprocess.run([PROMTOOL, *asked], cwd=within, capture_output=True, text=True, check=False)


def test_the_rules_are_in_order() -> None:
    checked = promtool("check", "rules", *(file.name for file in sorted(ALERTS.glob("*.yaml"))))

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_they_fire_when_they_should_and_not_before() -> None:
    tried = promtool("test", "rules", "main.yaml", within=ALERTS / "tests")

    assert tried.returncode == 0, tried.stdout + tried.stderr


def test_a_rule_that_does_not_fire_is_found(tmp_path: Path) -> None:
    shutil.copytree(ALERTS, tmp_path / "alerts")
    rules = tmp_path / "alerts" / "facts.yaml"
    rules.write_text(
        rules.read_text().replace("opblok_outbox_age_seconds) > 60", "opblok_outbox_age_seconds) > 600")
    )

    tried = promtool("test", "rules", "main.yaml", within=tmp_path / "alerts" / "tests")

    assert tried.returncode != 0
    assert "OutboxOld" in tried.stdout + tried.stderr


def test_the_scraping_is_in_order(tmp_path: Path) -> None:
    config: dict[str, Any] = yaml.safe_load((PLACE / "prometheus.yml").read_text())
    config["rule_files"] = [str(ALERTS / "*.yaml")]
    (tmp_path / "prometheus.yml").write_text(yaml.safe_dump(config))

    checked = promtool("check", "config", "prometheus.yml", within=tmp_path)

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_what_dashboards_ask_is_understood(asked: list[tuple[str, str]], tmp_path: Path) -> None:
    assert understood([expression for _, expression in asked], tmp_path) == (True, "")


def test_what_is_not_understood_is_found(tmp_path: Path) -> None:
    well, why = understood(["sum by (le (rate(up[5m])))"], tmp_path)

    assert not well
    assert "parse error" in why


def understood(expressions: list[str], folder: Path) -> tuple[bool, str]:
    """As rules that record them: so the whole grammar is asked for; and why not."""
    rules = [{"record": f"asked:{n}", "expr": each} for n, each in enumerate(expressions)]
    (folder / "asked.json").write_text(json.dumps({"groups": [{"name": "asked", "rules": rules}]}))
    checked = promtool("check", "rules", "asked.json", within=folder)
    return checked.returncode == 0, checked.stderr if checked.returncode else ""
