"""deploy/compose/compose.yaml as docker compose itself understands it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.deploy.agreement import NAMES, Place

FOLDER = Path(__file__).parents[2] / "deploy" / "compose"
PROGRAM = Path(sys.executable).with_name("docker-compose")
MIB = 1 << 20
SERVERS = ("kafka", "mongodb")
HOLDS_DATA = {"kafka", "mongodb", "prometheus", "grafana", "jaeger", "otel-collector"}


def rendered(*more: Path) -> dict[str, Any]:
    """With both profiles. The files in the repository must do: no .env, no secrets."""
    files = [part for each in (FOLDER / "compose.yaml", *more) for part in ("-f", str(each))]
    said = subprocess.run(
        [
            PROGRAM,
            *files,
            "--env-file",
            os.devnull,
            "--profile",
            "core",
            "--profile",
            "observability",
            "config",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    return yaml.safe_load(said.stdout)


def places(compose: dict[str, Any]) -> list[Place]:
    return [
        Place(
            service,
            {name: str(value) for name, value in told["environment"].items()},
            [port["target"] for port in told["ports"]],
            frozenset(each["source"] for each in told["secrets"]),
        )
        for service, name in NAMES.items()
        if (told := compose["services"].get(name))
    ]


def careless(compose: dict[str, Any]) -> list[str]:
    """What a server of a shop must not be: open, without bounds, with rights it does not need."""
    lines = [
        f"{name}: {line}" for name, told in compose["services"].items() for line in careless_in(name, told)
    ]
    core = sum(
        int(t["mem_limit"])
        for n, t in compose["services"].items()
        if "core" in t["profiles"] and n != "prepare"
    )
    if core > 3800 * MIB:
        lines.append(f"the limits of core are {core // MIB} MiB, and a server of 4 GB has its system, too")
    return lines


def careless_in(name: str, told: dict[str, Any]) -> Iterator[str]:
    rights = told.get("cap_drop") == ["ALL"] and "no-new-privileges:true" in told.get("security_opt", [])
    said = {
        "may take all memory": "mem_limit" not in told,
        "stays down": told.get("restart") not in {"unless-stopped", "on-failure"},
        "keeps rights": not rights,
        "may write into its image": name not in HOLDS_DATA and not told.get("read_only"),
        "is published, or nobody asks how it is": name in SERVERS and not is_inside(told),
        "is any version": told.get("image", ":1").rpartition(":")[2] in {"", "latest"},
    }
    yield from (line for line, is_so in said.items() if is_so)
    for port in told.get("ports", []):
        if port.get("host_ip") != "127.0.0.1":
            yield f"{port['target']} is open to the world"
    environment: dict[str, str] = told.get("environment") or {}
    for variable, value in environment.items():
        if re.search("PASSWORD|SECRET|KEY", variable) and not variable.endswith("_FILE"):
            yield f"{variable} stands openly: {value}"


def is_inside(told: dict[str, Any]) -> bool:
    return "ports" not in told and "healthcheck" in told and set(told["networks"]) == {"servers"}
