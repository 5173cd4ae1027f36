"""Start-up of `make up` on an installed machine, and the memory of each process."""

import json
import os
import subprocess
import sys
import tempfile
import time
from typing import Any

from chassis.embedded.ground import free_ports
from opblok.stack.settings import SERVICES

from bench.measuring import row

PORTS = ("KAFKA", "KAFKA_CONTROLLER", "MONGO", *(service.upper() for service in SERVICES))


def measure() -> None:
    """Print seconds to ready, the first time and with data there, and megabytes."""
    with tempfile.TemporaryDirectory() as home:
        ports = {
            f"OPBLOK_{name}_PORT": str(port) for name, port in zip(PORTS, free_ports(len(PORTS)), strict=True)
        }
        told = {**os.environ, "OPBLOK_HOME": home, **ports}
        row("start-up of `opblok up`", "seconds", "", "")
        try:
            row("  first start (servers fetched before)", f"{up(told):.1f}")
            memory = ps(told)
            down(told)
            row("  with data there", f"{up(told):.1f}")
        finally:
            down(told)
    row("memory once ready", "MB", "", "")
    for name, megabytes in memory.items():
        row(f"  {name}", f"{megabytes:.0f}")


def up(told: dict[str, str]) -> float:
    """Until all is ready."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "opblok", "up", "--detach"],
        env=told,
        check=True,
        capture_output=True,
        timeout=180,
    )
    return time.perf_counter() - began


def ps(told: dict[str, str]) -> dict[str, float]:
    """Megabytes by process."""
    asked = subprocess.run(
        [sys.executable, "-m", "opblok", "ps", "--json"], env=told, check=True, capture_output=True
    )
    parts: list[dict[str, Any]] = json.loads(asked.stdout)["parts"]
    return {str(part["name"]): part["memory_bytes"] / 2**20 for part in parts}


def down(told: dict[str, str]) -> None:
    """Stop it in order."""
    subprocess.run(
        [sys.executable, "-m", "opblok", "down"], env=told, check=False, capture_output=True, timeout=120
    )
