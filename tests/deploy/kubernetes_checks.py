"""Every check that the manifests of an overlay go through, by its name; each answers in words, and nothing when all is well."""

from collections.abc import Callable, Mapping
from pathlib import Path

import yaml
from contracts.topics import topics

from tests.deploy.agreement import NAMES, asked_in_code, disagreements
from tests.deploy.how_pods_run import by_another_image, of_any_version, unasked, unbounded, unrestricted
from tests.deploy.kubernetes_files import K8S, Manifest, invalid, of_kind, places
from tests.deploy.topics_made import wrong_topics
from tests.deploy.what_belongs_together import at_risk, badly_parted, missing, nobody_behind
from tests.deploy.what_operators_know import refused_by_operators
from tests.deploy.who_reaches_whom import misreached, policies_of_nobody

Check = Callable[[list[Manifest]], list[str]]
PARTED = {"telephony-router": {"telephony-router": "api", "telephony-router-worker": "worker"}}
"""Whose callers wait: on many machines it answers in one Deployment, and hears and keeps deadlines in another."""


def checks(overlay: str) -> Mapping[str, Check]:
    """All that there are. `small` is one machine with one broker."""
    many = overlay != "small"
    whole = {name: {name: "all"} for name in NAMES.values()}
    return {
        "schema": invalid,
        "operators": refused_by_operators,
        "restricted": unrestricted,
        "memory": unbounded,
        "probes": unasked,
        "images": lambda drawn: [*of_any_version(drawn), *by_another_image(drawn)],
        "what services are told": lambda drawn: disagreements(places(drawn)),
        "names": missing,
        "scaling": lambda drawn: at_risk(drawn, 2 if many else 1),
        "services": nobody_behind,
        "parts": lambda drawn: badly_parted(drawn, {**whole, **PARTED} if many else whole),
        "reach": lambda drawn: [*misreached(drawn, asked()), *policies_of_nobody(drawn)],
        "topics": lambda drawn: wrong_topics(topics_command(drawn), topics("production"), 3 if many else 1),
        "groups": lambda drawn: wrong_groups(drawn) if overlay == "keda" else [],
    }


def asked() -> dict[str, set[str]]:
    """Whom each service calls, by its code; everybody gets his tokens from crm."""
    found = asked_in_code(K8S.parents[1])
    return {service: others | ({"crm"} - {service}) for service, others in found.items()}


def topics_command(manifests: list[Manifest]) -> str:
    (at_work,) = of_kind(manifests, "Job")["topics"]["spec"]["template"]["spec"]["containers"]
    return " ".join(at_work["command"])


def wrong_groups(manifests: list[Manifest]) -> list[str]:
    """Each service's lag is counted once, where it hears: its group is its name, on the Kafka that it is told of."""
    (settings,) = of_kind(manifests, "ConfigMap").values()
    counted = {
        name: (told["consumerGroup"], told["bootstrapServers"])
        for name, scaled in of_kind(manifests, "ScaledObject").items()
        for told in (each["metadata"] for each in scaled["spec"]["triggers"] if each["type"] == "kafka")
    }
    hears = {service: list(PARTED.get(dns, [dns]))[-1] for service, dns in NAMES.items()}
    wanted = {dns: (service, settings["data"]["OPBLOK_KAFKA"]) for service, dns in hears.items()}
    return [
        f"{name}: counts {counted.get(name)} instead of {wanted.get(name)}"
        for name in sorted({*counted, *wanted})
        if counted.get(name) != wanted.get(name)
    ]


def forgotten(folder: Path) -> list[str]:
    """Files that no kustomization names."""
    named = {
        (each.parent / one).resolve()
        for each in folder.rglob("kustomization.yaml")
        for key in ("resources", "patchesStrategicMerge")
        for one in yaml.safe_load(each.read_text(encoding="utf-8")).get(key, [])
    }
    there = {each.resolve() for each in folder.rglob("*.yaml") if each.name != "kustomization.yaml"}
    return [str(each.relative_to(folder.resolve())) for each in sorted(there - named)]
