"""Each check of the Kubernetes files has been seen to fail: a broken copy, and what is said of it."""

import copy
from dataclasses import replace
from typing import Any

import pytest
from contracts.topics import topics

from tests.deploy.kubernetes_checks import checks
from tests.deploy.kubernetes_files import Manifest
from tests.deploy.topics_made import wrong_topics

GONE = object()
TEMPLATE = "spec template spec"
AT_WORK = f"{TEMPLATE} containers 0"
ORDERS = "Deployment orders"
ROUTER, WORKER = "Deployment telephony-router", "Deployment telephony-router-worker"
POLICY = "NetworkPolicy orders"
LIKE_OTHERS = {"app.kubernetes.io/name": "telephony-router"}

BROKEN: list[tuple[str, str, str, object, str]] = [
    ("schema", ORDERS, f"{AT_WORK} readinessProb", {}, "Deployment orders: Additional properties"),
    ("schema", ORDERS, "apiVersion", "apps/v1beta9", "Deployment orders: there is no apps/v1beta9"),
    ("schema", POLICY, "spec egress 0 ports 0 port", [], "NetworkPolicy orders: "),
    ("schema", "PodDisruptionBudget orders", "spec maxUnavailabel", 1, "PodDisruptionBudget orders: Additional"),
    ("restricted", ORDERS, f"{TEMPLATE} securityContext", {}, "Deployment orders: may run as root"),
    ("restricted", ORDERS, f"{TEMPLATE} securityContext runAsUser", 0, "Deployment orders: runs as root"),
    ("restricted", ORDERS, f"{TEMPLATE} automountServiceAccountToken", True, "Deployment orders: holds a token"),
    ("restricted", ORDERS, f"{TEMPLATE} hostNetwork", True, "Deployment orders: lives in the machine's"),
    ("restricted", ORDERS, f"{TEMPLATE} volumes +", {"name": "x", "hostPath": {}}, "Deployment orders: has a volume"),
    ("restricted", ORDERS, f"{AT_WORK} securityContext capabilities", GONE, "Deployment orders: orders keeps"),
    ("restricted", ORDERS, f"{AT_WORK} securityContext runAsUser", 0, "Deployment orders: orders runs as root"),
    ("restricted", ORDERS, f"{AT_WORK} securityContext readOnlyRootFilesystem", GONE, "Deployment orders: orders may w"),
    ("restricted", "Job topics", f"{AT_WORK} securityContext", {}, "Job topics: topics keeps rights"),
    ("restricted", "Namespace opblok", "metadata labels", {}, "Namespace opblok: takes any pod"),
    ("memory", ORDERS, f"{AT_WORK} resources limits", GONE, "Deployment orders: orders may take all memory"),
    ("memory", "Job topics", f"{AT_WORK} resources", GONE, "Job topics: topics may take all memory"),
    ("memory", "Deployment crm", f"{AT_WORK} resources limits memory", "256Mi", "Deployment crm: reads workbooks in"),
    ("probes", ORDERS, f"{AT_WORK} startupProbe", GONE, "Deployment orders: orders has no startupProbe"),
    ("probes", ORDERS, f"{AT_WORK} livenessProbe", GONE, "Deployment orders: orders has no livenessProbe"),
    ("probes", ORDERS, f"{AT_WORK} readinessProbe", GONE, "Deployment orders: orders has no readinessProbe"),
    ("probes", ORDERS, f"{AT_WORK} readinessProbe httpGet path", "/", "Deployment orders: orders is asked for"),
    ("probes", ORDERS, f"{AT_WORK} livenessProbe httpGet port", "web", "Deployment orders: orders is asked for"),
    ("probes", ORDERS, f"{TEMPLATE} terminationGracePeriodSeconds", 5, "Deployment orders: is not given the time"),
    ("images", ORDERS, f"{AT_WORK} image", "opblok-orders:latest", "Deployment orders: opblok-orders:latest is any"),
    ("images", ORDERS, f"{AT_WORK} image", "busybox", "Deployment orders: busybox is any version"),
    ("images", ORDERS, f"{AT_WORK} image", "opblok-claims:1.0", "Deployment orders: orders runs by opblok-claims"),
    ("what services are told", "Service orders", "spec ports 0 port", 8104, "orders: listens at 8103 and [8103, 8104]"),
    ("what services are told", ORDERS, f"{AT_WORK} env 0 value", "9", "orders: listens at 9 and"),
    ("what services are told", ORDERS, f"{AT_WORK} env 0 name", "OPBLOK_TEA", "orders: OPBLOK_PORT is not given"),
    ("what services are told", ORDERS, f"{AT_WORK} env 1 value", "claims", "orders: its client is claims"),
    ("what services are told", "Secret opblok-orders", "data", {}, "orders: OPBLOK_CLIENT_SECRET_FILE names"),
    ("what services are told", "Secret opblok-orders", "data crm.mongodb", "", "orders: holds crm.mongodb, which is"),
    ("what services are told", ORDERS, "", GONE, "orders: is not there"),
    ("names", ORDERS, f"{AT_WORK} envFrom 0 configMapRef name", "tea", "Deployment orders: there is no ConfigMap tea"),
    ("names", "Secret opblok-orders", "", GONE, "Deployment orders: there is no Secret opblok-orders"),
    ("names", "ServiceAccount orders", "", GONE, "Deployment orders: there is no ServiceAccount orders"),
    ("names", "HorizontalPodAutoscaler orders", "spec scaleTargetRef name", "order", "HorizontalPodAutoscaler orders: "),
    ("scaling", "HorizontalPodAutoscaler orders", "", GONE, "orders: is scaled by 0"),
    ("scaling", "HorizontalPodAutoscaler orders", "spec minReplicas", 1, "orders: is content with 1 of 2"),
    ("scaling", ORDERS, "spec replicas", 3, "orders: is scaled by 1 and its own number"),
    ("scaling", ORDERS, "spec strategy rollingUpdate maxUnavailable", 1, "orders: is gone while it is rolled over"),
    ("scaling", "PodDisruptionBudget orders", "", GONE, "orders: may be taken away all at once"),
    ("scaling", "PodDisruptionBudget orders", "spec maxUnavailable", 0, "orders: may be taken away all at once"),
    ("scaling", WORKER, "spec selector matchLabels", LIKE_OTHERS, "telephony-router-worker: takes for its own"),
    ("services", "Service orders", "spec selector", {"app.kubernetes.io/name": "order"}, "orders: nobody is behind it"),
    ("services", "Service telephony-router", "spec selector", {"opblok.dev/service": "telephony-router"}, "telephony-"),
    ("services", "Service telephony-router-worker", "", GONE, "ServiceMonitor opblok: does not read telephony-router-w"),
    ("services", "ServiceMonitor opblok", "spec endpoints 0 port", "web", "ServiceMonitor opblok: does not read"),
    ("parts", WORKER, "", GONE, "telephony-router: runs as {'telephony-router': 'api'}"),
    ("parts", ROUTER, f"{AT_WORK} env", [], "telephony-router: runs as {'telephony-router': 'all'"),
    ("parts", WORKER, f"{AT_WORK} env 0 value", "9", "telephony-router: its parts are not told the same"),
    ("parts", WORKER, f"{TEMPLATE} volumes 0 secret secretName", "opblok-crm", "telephony-router: its parts are not"),
    ("reach", POLICY, "spec egress 0", GONE, "orders: is not let out to"),
    ("reach", POLICY, "spec egress 0 ports 0 port", 9, "orders: is not let out to"),
    ("reach", POLICY, "spec ingress 0 from 0", GONE, "logistics: is not let in by orders"),
    ("reach", POLICY, "spec ingress 0 ports 0 port", 9, "orders: is not seen by Prometheus"),
    ("reach", POLICY, "spec ingress 0 from", GONE, "crm: is let in by, and never asks, orders"),
    ("reach", POLICY, "spec egress 0 to", GONE, "orders: is let out to, and never asks, notifications"),
    ("reach", POLICY, "", GONE, "logistics: is not let in by orders"),
    ("reach", "NetworkPolicy nobody", "", GONE, "whatever has no policy of its own reaches everybody"),
    ("reach", "NetworkPolicy names", "", GONE, "Job topics: knows no names"),
    ("reach", "NetworkPolicy servers", "spec egress 0", GONE, "Job topics: does not reach kafka"),
    ("reach", "NetworkPolicy servers", "spec egress 1 ports 0 port", 27018, "Job topics: does not reach mongodb"),
    ("reach", "NetworkPolicy crm", "spec egress 0 to 0 ipBlock except 3", GONE, "the way out leads to 169.254.0.0/16"),
    ("reach", "NetworkPolicy telemetry", "spec podSelector matchLabels", {"app": "x"}, "telemetry: is about nobody"),
    ("reach", WORKER, "spec template metadata labels app.kubernetes.io/part-of", "x", "Deployment telephony-router-worker: d"),
    ("topics", "Job topics", f"{AT_WORK} command", ["opblok topics apply"], "call.answered: 3 partitions instead"),
    ("topics", "Job topics", f"{AT_WORK} command", ["opblok topics apply --partitions 12"], "call.answered: 1 replicas"),
]  # fmt: skip
OF_KEDA: list[tuple[str, str, str, object, str]] = [
    ("operators", "ScaledObject orders", "spec pollingIntervall", 15, "ScaledObject orders: there is no /spec/polling"),
    ("operators", "ScaledObject orders", "spec triggers 0 metadate", {}, "ScaledObject orders: there is no /spec/trigg"),
    ("operators", "ScaledObject orders", "spec triggers 0 metadata lagThreshold", 200, "ScaledObject orders: data/spec"),
    ("operators", "ScaledObject orders", "spec scaleTargetRef", GONE, "ScaledObject orders: data/spec must have"),
    ("operators", "ScaledObject orders", "apiVersion", "keda.sh/v1", "ScaledObject orders: there is no keda.sh/v1"),
    ("operators", "ServiceMonitor opblok", "spec endpoints 0 intervall", "15s", "ServiceMonitor opblok: there is no /s"),
    ("operators", "ServiceMonitor opblok", "spec endpoints 0 interval", "often", "ServiceMonitor opblok: data/spec/end"),
    ("operators", "ServiceMonitor opblok", "spec selector", GONE, "ServiceMonitor opblok: data/spec must have"),
    ("groups", "ScaledObject orders", "spec triggers 0 metadata consumerGroup", "order", "orders: counts ('order',"),
    ("groups", "ScaledObject orders", "spec triggers 0 metadata bootstrapServers", "kafka:9092", "orders: counts"),
    ("groups", "ScaledObject telephony-router-worker", "spec triggers 0", GONE, "telephony-router-worker: counts None"),
    ("scaling", "ScaledObject telephony-router-worker", "spec minReplicaCount", 0, "telephony-router-worker: is con"),
    ("names", "ScaledObject orders", "spec scaleTargetRef name", "order", "ScaledObject orders: there is no Deployment"),
]  # fmt: skip
CASES = [("production", *each) for each in BROKEN] + [("keda", *each) for each in OF_KEDA]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1]}: {case[5]}")
def test_a_broken_copy_is_found(
    overlays: dict[str, list[Manifest]], case: tuple[str, str, str, str, object, str]
) -> None:
    overlay, check, whose, path, value, said = case
    manifests = copy.deepcopy(overlays[overlay])
    (number,) = (
        n for n, each in enumerate(manifests) if f"{each['kind']} {each['metadata']['name']}" == whose
    )

    change(manifests, [str(number), *path.split()], value)

    assert any(line.startswith(said) for line in checks(overlay)[check](manifests))


def test_every_check_has_been_seen_to_fail() -> None:
    assert {check for _, check, *_ in CASES} == set(checks("keda"))


def test_a_topic_that_is_not_made_or_not_kept_long_enough_is_found() -> None:
    wanted = topics("production")
    lost = replace(wanted[0], name="tea.poured")
    longer = replace(wanted[1], config={**wanted[1].config, "cleanup.policy": "compact"})

    assert wrong_topics("opblok topics apply --production", [*wanted, lost], 3) == ["tea.poured: is not made"]
    assert wrong_topics("opblok topics apply --production", [longer], 3)[0].startswith(f"{longer.name}: kept")
    with pytest.raises(ValueError, match="sleep"):
        wrong_topics("sleep 9", wanted, 3)


def change(thing: Any, path: list[str], value: object) -> None:
    """`+` is one more at the end of a list."""
    *way, last = path
    for step in way:
        thing = thing[int(step) if step.isdigit() else step]
    if value is GONE:
        del thing[int(last) if last.isdigit() else last]
    elif last == "+":
        thing.append(value)
    else:
        thing[int(last) if last.isdigit() else last] = value
