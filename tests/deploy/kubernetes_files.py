"""deploy/k8s as `kubectl apply -k` would send it: rendered with new secrets, and looked at."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml
from kubernetes_validate.utils import SchemaNotFoundError, schema_contents
from opblok.stack.keeping import Keeping
from opblok.stack.server_secrets import ServerSecrets
from referencing import Registry, Resource

from tests.deploy.agreement import NAMES, Place
from tests.deploy.what_operators_know import KINDS

K8S = Path(__file__).parents[2] / "deploy" / "k8s"
OVERLAYS = ("small", "production", "keda")

Manifest = dict[str, Any]
Labels = Mapping[str, str]


def copied(folder: Path) -> Path:
    """The files of the repository, with secrets as the command makes them."""
    copy = folder / "k8s"
    shutil.copytree(K8S, copy)
    ServerSecrets(Keeping(copy / "secrets" / "made", staff=()), "mongodb-0.mongodb:27017").make()
    return copy


def rendered(folder: Path) -> list[Manifest]:
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        assert not os.environ.get("CI"), "CI has kubectl (tools/debian_packages.sh)"
        pytest.skip("kubectl is not installed (Debian: kubernetes-client)")
    said = subprocess.run([kubectl, "kustomize", str(folder)], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    return [each for each in yaml.safe_load_all(said.stdout) if each]


def invalid(manifests: list[Manifest]) -> list[str]:
    """What Kubernetes would refuse, by the schemas of kubernetes-validate (strict: an unknown field is wrong)."""
    found: list[str] = []
    for each in manifests:
        name = f"{each['kind']} {each['metadata']['name']}"
        if each["kind"] in KINDS:
            continue
        try:
            schema(each["kind"], each["apiVersion"]).validate(each)
        except SchemaNotFoundError:
            found.append(f"{name}: there is no {each['apiVersion']}")
        except jsonschema.ValidationError as wrong:
            found.append(f"{name}: {wrong.message[:160]}")
    return found


@cache
def schema(kind: str, api: str) -> Any:
    """`kubernetes_validate.validate` with strict=True, read once a kind: it has 2 MB of definitions."""
    version = kubernetes_validate.latest_version()
    group, _, which = api.rpartition("/")
    name = f"{kind.lower()}-{group.partition('.')[0] + '-' if group else ''}{which}.json"
    folder = f"kubernetes-json-schema/v{version}-local-strict"
    try:
        contents = schema_contents(f"{folder}/{name}", version)
    except FileNotFoundError:
        raise SchemaNotFoundError(version=version, kind=kind, api_version=api) from None
    return jsonschema.Draft202012Validator(contents, registry=definitions(folder, version))


@cache
def definitions(folder: str, version: str) -> Any:
    contents = schema_contents(f"{folder}/_definitions.json", version)
    known: Any = Registry[Any]()
    return Resource[Any].from_contents(contents) @ known


def of_kind(manifests: list[Manifest], kind: str) -> dict[str, Manifest]:
    return {each["metadata"]["name"]: each for each in manifests if each["kind"] == kind}


def pods(manifests: list[Manifest]) -> Iterator[tuple[str, Manifest]]:
    for each in manifests:
        if each["kind"] in {"Deployment", "StatefulSet", "Job"}:
            yield f"{each['kind']} {each['metadata']['name']}", each["spec"]["template"]["spec"]


def templates(manifests: Iterable[Manifest]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Kind, name and the pods' labels of whatever runs."""
    for each in manifests:
        if each["kind"] in {"Deployment", "StatefulSet", "Job"}:
            yield each["kind"], each["metadata"]["name"], each["spec"]["template"]["metadata"]["labels"]


def selected(selector: Manifest, labels: Labels) -> bool:
    """By a label selector; ours are all `matchLabels`, and an empty one selects everything."""
    assert set(selector) <= {"matchLabels"}, selector
    return selector.get("matchLabels", {}).items() <= labels.items()


def places(manifests: list[Manifest]) -> list[Place]:
    deployments, maps = of_kind(manifests, "Deployment"), of_kind(manifests, "ConfigMap")
    services, secrets = of_kind(manifests, "Service"), of_kind(manifests, "Secret")
    found: list[Place] = []
    for service, name in NAMES.items():
        if name not in deployments:
            continue
        (told,) = deployments[name]["spec"]["template"]["spec"]["containers"]
        shared: Mapping[str, str] = maps[told["envFrom"][0]["configMapRef"]["name"]]["data"]
        own = {each["name"]: each["value"] for each in told["env"]}
        ports = {*(each["containerPort"] for each in told["ports"])}
        ports |= {each["port"] for each in services[name]["spec"]["ports"]}
        given = frozenset(secrets[f"opblok-{name}"]["data"])
        found.append(Place(service, {**shared, **own}, sorted(ports), given, frozenset(shared)))
    return found
