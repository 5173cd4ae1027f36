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
from tests.deploy.how_pods_run import workbooks

FOLDER = Path(__file__).parents[2] / "deploy" / "compose"
PROGRAM = Path(sys.executable).with_name("docker-compose")
MIB = 1 << 20
SERVERS = ("kafka", "mongodb")
KEPT = {
    "kafka": "/var/lib/kafka/data",
    "mongodb": "/data/db",
    "notifications": "/var/opblok",
    "prometheus": "/prometheus",
    "grafana": "/var/lib/grafana",
}
FOR_OTHERS = {"site.client-secret"}
"""The site's, which is not ours."""
ASKED_BY_IMAGE = {*NAMES.values(), "jaeger", "otel-collector"}
"""Ours are asked by their image (deploy/Dockerfile); the images of the two others hold no program that could ask."""
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
    services: dict[str, Any] = compose["services"]
    lines = [f"{name}: {line}" for name, told in services.items() for line in careless_in(name, told)]
    core = sum(int(t["mem_limit"]) for n, t in services.items() if "core" in t["profiles"] and n != "prepare")
    if core > 3800 * MIB:
        lines.append(f"the limits of core are {core // MIB} MiB, and a server of 4 GB has its system, too")
    if compose["networks"]["servers"].get("internal") is not True:
        lines.append("the network of the servers leads outside")
    return lines


def early(compose: dict[str, Any]) -> list[str]:
    """Who starts before what he needs is there: topics, users, or servers that answer."""
    services: dict[str, Any] = compose["services"]
    waits = dict.fromkeys(NAMES.values(), "prepare")
    lines = [
        f"{name}: starts before {first}"
        for name, first in waits.items()
        if condition(services.get(name, {}), first) != "service_completed_successfully"
    ]
    prepare = services["prepare"]
    lines += [f"prepare: starts before {n}" for n in SERVERS if condition(prepare, n) != "service_healthy"]
    return lines


def condition(told: dict[str, Any], first: str) -> str:
    return told.get("depends_on", {}).get(first, {}).get("condition", "")


def unkept(compose: dict[str, Any]) -> list[str]:
    """Data that would go with its container: each of these paths is a named volume."""
    kept = {
        name: {
            each["target"]
            for each in told.get("volumes", [])
            if each["type"] == "volume" and each.get("source")
        }
        for name, told in compose["services"].items()
    }
    return [f"{name}: {path} is not kept" for name, path in KEPT.items() if path not in kept.get(name, set())]


def wrong_secrets(compose: dict[str, Any], made: set[str]) -> list[str]:
    """`made`: what the command makes. Each is of a file, given to somebody, and made."""
    used = {each["source"] for told in compose["services"].values() for each in told.get("secrets", [])}
    own = compose["secrets"]
    return [
        *(f"{each} is given to nobody" for each in sorted(set(own) - used)),
        *(f"{each} is not made by the command" for each in sorted(used - made)),
        *(f"{each} is made for nobody" for each in sorted(made - used - FOR_OTHERS)),
        *(f"{name} is not a file" for name, told in sorted(own.items()) if not told.get("file")),
    ]


def careless_in(name: str, told: dict[str, Any]) -> Iterator[str]:
    rights = told.get("cap_drop") == ["ALL"] and "no-new-privileges:true" in told.get("security_opt", [])
    said = {
        "may take all memory": "mem_limit" not in told,
        "stays down": told.get("restart") not in {"unless-stopped", "on-failure"},
        "keeps rights": not rights,
        "may write into its image": name not in HOLDS_DATA and not told.get("read_only"),
        "is not in the network of the servers alone": name in SERVERS and not is_inside(told),
        "is never asked how it is": name not in ASKED_BY_IMAGE and "healthcheck" not in told,
        "writes its log without end": not told.get("logging", {}).get("options", {}).get("max-size"),
        "runs as root": str(told.get("user", "")).partition(":")[0] in {"0", "root"},
        "is any version": told.get("image", "").rpartition("/")[2].partition(":")[2] in {"", "latest"},
    }
    yield from (line for line, is_so in said.items() if is_so)
    for port in told.get("ports", []):
        if port.get("host_ip") != "127.0.0.1":
            yield f"{port['target']} is open to the world"
    environment: dict[str, str] = told.get("environment") or {}
    yield from workbooks(environment, int(told.get("mem_limit", 0)) // MIB)
    for variable, value in environment.items():
        if re.search("PASSWORD|SECRET|KEY", variable) and not variable.endswith("_FILE"):
            yield f"{variable} stands openly: {value}"


def is_inside(told: dict[str, Any]) -> bool:
    return "ports" not in told and set(told["networks"]) == {"servers"}
