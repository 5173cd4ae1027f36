"""`python -m deploy.drawing`: draw the files of deploy/k8s that are alike for all services; `--check` only compares."""

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from deploy.drawing import parting, pods, reach, scaling
from deploy.drawing.plan import MOST, PLANS, common

K8S = Path(__file__).parents[1] / "k8s"
MANY = ("production", "keda")
"""Overlays for many machines."""
HEAD = "# Drawn by `python -m deploy.drawing` from deploy/drawing/plan.py: change it there, not here.\n"


class Plain(yaml.SafeDumper):
    """No anchors: a file is to be read by people."""

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


def text(manifests: Iterable[object]) -> str:
    drawn = (yaml.dump(each, Dumper=Plain, sort_keys=False, width=110) for each in manifests)
    return HEAD + "---\n".join(drawn)


def drawings() -> dict[str, str]:
    """Path below deploy/k8s, and what stands there."""
    services = {
        f"base/{plan.name}.yaml": text(
            [
                pods.account(plan),
                pods.reached(plan),
                pods.deployment(plan),
                scaling.not_all_at_once(plan.name),
                reach.of_service(plan),
            ]
        )
        for plan in PLANS
    }
    return {
        **services,
        "base/everybody.yaml": text(reach.everybody()),
        "base/jobs.yaml": text([pods.topics(), *map(pods.indexes, PLANS)]),
        "base/kustomization.yaml": text([base()]),
        "secrets/kustomization.yaml": text([secrets_of_servers()]),
        "secrets/made/kustomization.yaml": text([secrets()]),
        "overlays/small/by-processor.yaml": text(scaling.by_processor(plan.name, 1, 3) for plan in PLANS),
        **{f"overlays/{name}/{path}": drawn for name in MANY for path, drawn in parted().items()},
        "overlays/production/by-processor.yaml": text(
            scaling.by_processor(name, 2, MOST) for plan in PLANS for name in plan.roles
        ),
        "overlays/keda/by-what-waits.yaml": text(
            scaling.by_what_waits(name, plan.service, role)
            for plan in PLANS
            for name, role in plan.roles.items()
        ),
    }


def parted() -> dict[str, str]:
    """What an overlay for many machines has besides."""
    two = [plan for plan in PLANS if plan.parted]
    return {
        "only-answers.yaml": text(map(parting.only_answers, two)),
        "workers.yaml": text(manifest for plan in two for manifest in parting.worker(plan)),
    }


def kustomization(**more: object) -> pods.Manifest:
    return {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "namespace": "opblok",
        **more,
    }


def base() -> pods.Manifest:
    files = [f"{plan.name}.yaml" for plan in PLANS]
    literals = [f"{name}={value}" for name, value in common().items()]
    return kustomization(
        resources=["namespace.yaml", "everybody.yaml", "jobs.yaml", *files],
        configMapGenerator=[{"name": pods.SETTINGS, "literals": literals}],
    )


def secrets() -> pods.Manifest:
    """Of the services, from the files that `opblok secrets make` puts beside it."""
    return generated({f"opblok-{plan.name}": plan.secrets for plan in PLANS})


def secrets_of_servers() -> pods.Manifest:
    """The same, and those of the overlay `small`, which has its own MongoDB."""
    users = [f"made/{plan.service}.mongodb-password" for plan in PLANS]
    admin = ["made/admin.mongodb", "made/admin.mongodb-password", "made/mongodb.keyfile"]
    made = generated({"opblok-mongodb": admin, "opblok-mongodb-users": users})
    return {**made, "bases": ["made"]}


def generated(files: Mapping[str, Sequence[str]]) -> pods.Manifest:
    return kustomization(
        generatorOptions={"disableNameSuffixHash": True},
        secretGenerator=[{"name": name, "files": [*own]} for name, own in files.items()],
    )


def stale(folder: Path) -> list[str]:
    """Drawings that are missing in the folder, or not as they would be drawn."""
    return [
        path
        for path, drawn in drawings().items()
        if not (folder / path).is_file() or (folder / path).read_text(encoding="utf-8") != drawn
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    asked = argparse.ArgumentParser(prog="deploy.drawing", description=__doc__)
    asked.add_argument("--check", action="store_true", help="write nothing; exit code 1 when a file is stale")
    given = asked.parse_args(arguments)
    old = stale(K8S)
    for path in old if not given.check else ():
        (K8S / path).parent.mkdir(parents=True, exist_ok=True)
        (K8S / path).write_text(drawings()[path], encoding="utf-8")
    sys.stdout.write("".join(f"{'stale' if given.check else 'drawn'}: {path}\n" for path in old))
    return int(given.check and bool(old))


if __name__ == "__main__":
    sys.exit(main())
