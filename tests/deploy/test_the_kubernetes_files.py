"""`kubectl` renders the overlays, Kubernetes would take them, and they say what `opblok up` and the settings say."""

import copy
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from contracts.topics import topics

from deploy.drawing.__main__ import drawings, stale
from deploy.drawing.plan import MOST
from tests.deploy.agreement import NAMES, asked_by_plan, asked_in_code, disagreements
from tests.deploy.kubernetes_files import (
    K8S,
    OVERLAYS,
    Manifest,
    copied,
    invalid,
    of_kind,
    places,
    pods,
    rendered,
    unrestricted,
)

CONTAINER = "spec.template.spec.containers.0"


@pytest.fixture(scope="module")
def overlays(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Manifest]]:
    files = copied(tmp_path_factory.mktemp("k8s"))
    return {name: rendered(files / "overlays" / name) for name in OVERLAYS}


@pytest.fixture(params=OVERLAYS)
def manifests(request: pytest.FixtureRequest, overlays: dict[str, list[Manifest]]) -> list[Manifest]:
    return copy.deepcopy(overlays[request.param])


def test_what_is_alike_is_drawn_from_the_plan() -> None:
    assert stale(K8S) == []


def test_a_file_changed_by_hand_is_found(tmp_path: Path) -> None:
    for path, drawn in drawings().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(drawn.replace("8103", "8104") if path == "base/orders.yaml" else drawn)

    assert stale(tmp_path) == ["base/orders.yaml"]


def test_kubernetes_would_take_it(manifests: list[Manifest]) -> None:
    assert invalid(manifests) == []
    assert unrestricted(manifests) == []
    assert (
        of_kind(manifests, "Namespace")["opblok"]["metadata"]["labels"]["pod-security.kubernetes.io/enforce"]
        == "restricted"
    )


def test_it_tells_each_service_what_opblok_up_does(manifests: list[Manifest]) -> None:
    assert disagreements(places(manifests)) == []


def test_what_is_named_is_there(manifests: list[Manifest]) -> None:
    there = {(each["kind"], each["metadata"]["name"]) for each in manifests}
    named = {pair for _, pod in pods(manifests) for pair in names_in(pod)}
    scaled = [each for each in manifests if each["kind"] in {"HorizontalPodAutoscaler", "ScaledObject"}]
    targets = {("Deployment", each["spec"]["scaleTargetRef"]["name"]) for each in scaled}

    assert named | targets <= there
    assert (
        {name for _, name in targets} == set(NAMES.values()) == set(of_kind(manifests, "PodDisruptionBudget"))
    )


def names_in(pod: Manifest) -> Iterator[tuple[str, str]]:
    for each in [*pod.get("initContainers", []), *pod["containers"]]:
        yield from (("ConfigMap", one["configMapRef"]["name"]) for one in each.get("envFrom", []))
    for volume in pod.get("volumes", []):
        if "secret" in volume:
            yield "Secret", volume["secret"]["secretName"]
    if "serviceAccountName" in pod:
        yield "ServiceAccount", pod["serviceAccountName"]


def test_topics_and_groups_are_those_of_contracts(overlays: dict[str, list[Manifest]]) -> None:
    (partitions,) = {topic.partitions for topic in topics("production")}
    commands = {
        name: " ".join(
            of_kind(drawn, "Job")["topics"]["spec"]["template"]["spec"]["containers"][0]["command"]
        )
        for name, drawn in overlays.items()
    }
    scaled = of_kind(overlays["keda"], "ScaledObject").values()
    groups = {each["spec"]["triggers"][0]["metadata"]["consumerGroup"] for each in scaled}

    assert commands == {
        "small": f"opblok topics apply --partitions {partitions}",
        "production": "opblok topics apply --production",
        "keda": "opblok topics apply --production",
    }
    assert partitions == MOST
    assert groups == set(NAMES)


def test_who_may_reach_whom_is_who_asks_whom_in_the_code() -> None:
    asked = {service: asks | ({"crm"} - {service}) for service, asks in asked_in_code(K8S.parents[1]).items()}

    assert asked_by_plan() == asked


def test_no_secret_lies_in_the_repository() -> None:
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "deploy"]
    told = subprocess.run(asked, cwd=K8S.parents[1], capture_output=True, text=True, check=True).stdout
    ours = [Path(each) for each in told.split("\0") if each]

    assert ours
    assert not [
        path for path in ours if re.search(r"password|-secret$|vault-keys|keyfile|bootstrap", path.name)
    ]
    assert not [
        path for path in K8S.rglob("*.yaml") if re.search(r"^kind: Secret$", path.read_text(), re.MULTILINE)
    ]


@pytest.mark.parametrize(
    ("whose", "path", "value", "said"),
    [
        ("Service orders", "spec.ports.0.port", 8104, "orders: listens at 8103 and [8103, 8104]"),
        ("Deployment orders", f"{CONTAINER}.env.0.value", "9", "orders: listens at 9 and"),
        ("Deployment orders", f"{CONTAINER}.env.0.name", "OPBLOK_TEA", "orders: OPBLOK_PORT is"),
        ("Secret opblok-orders", "data", {}, "orders: OPBLOK_CLIENT_SECRET_FILE names"),
    ],
)
def test_a_disagreement_is_found(
    manifests: list[Manifest], whose: str, path: str, value: object, said: str
) -> None:
    kind, name = whose.split()
    changed(of_kind(manifests, kind)[name], path, value)

    assert disagreements(places(manifests))[0].startswith(said)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (f"{CONTAINER}.readinessProb", {}, "Deployment orders: Additional properties"),
        ("apiVersion", "apps/v1beta9", "Deployment orders: there is no apps/v1beta9"),
        ("spec.template.spec.securityContext", {}, "Deployment orders: may run as root"),
        (f"{CONTAINER}.securityContext", {}, "Deployment orders: orders keeps rights"),
        (f"{CONTAINER}.resources", {}, "Deployment orders: orders may take all memory"),
        (
            "spec.template.spec.volumes.0",
            {"name": "x", "hostPath": {"path": "/"}},
            "Deployment orders: has a volume",
        ),
    ],
)
def test_what_kubernetes_would_refuse_is_found(
    manifests: list[Manifest], path: str, value: object, said: str
) -> None:
    changed(of_kind(manifests, "Deployment")["orders"], path, value)

    assert [*invalid(manifests), *unrestricted(manifests)][0].startswith(said)


def changed(manifest: Any, path: str, value: object) -> None:
    *way, last = path.split(".")
    for step in way:
        manifest = manifest[int(step) if step.isdigit() else step]
    manifest[int(last) if last.isdigit() else last] = value
