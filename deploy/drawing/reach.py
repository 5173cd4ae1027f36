"""Who may speak to whom: nobody, and then each pair that has something to say (NetworkPolicies)."""

from collections.abc import Iterable

from deploy.drawing import pods
from deploy.drawing.plan import PART_OF, PLANS, Plan
from deploy.drawing.pods import Manifest, named

MAY_COME_IN = {"opblok.dev/may-reach": "services"}
"""Label of the namespace of the ingress controller."""
WATCHES = {"opblok.dev/may-reach": "metrics"}
"""Label of the namespace of Prometheus and the OpenTelemetry Collector."""
PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10"]
KAFKA = (9092, 9093)
MONGODB = (27017,)
OTLP = (4318,)


def policy(name: str, whom: Manifest, **spec: object) -> Manifest:
    return {
        **named("NetworkPolicy", "networking.k8s.io/v1", name),
        "spec": {"podSelector": whom, **spec},
    }


def ports(numbers: Iterable[int], protocol: str = "TCP") -> list[Manifest]:
    return [{"protocol": protocol, "port": each} for each in numbers]


def app(name: str) -> Manifest:
    return {"podSelector": {"matchLabels": pods.of_service(name)}}


def anywhere(selector: Manifest) -> Manifest:
    """Pods with these labels in any namespace: the servers may have one of their own."""
    return {"namespaceSelector": {}, "podSelector": {"matchLabels": selector}}


def everybody() -> list[Manifest]:
    """Nothing is allowed; then names, the two servers and telemetry."""
    ours = {"matchLabels": {"app.kubernetes.io/part-of": PART_OF}}
    system = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}}
    kafka = [anywhere({"app.kubernetes.io/name": "kafka"}), anywhere({"strimzi.io/kind": "Kafka"})]
    mongodb = [anywhere({"app.kubernetes.io/name": "mongodb"})]
    return [
        policy("nobody", {}, policyTypes=["Ingress", "Egress"]),
        policy(
            "names",
            {},
            policyTypes=["Egress"],
            egress=[{"to": [system], "ports": [*ports((53,), "UDP"), *ports((53,))]}],
        ),
        policy(
            "servers",
            ours,
            policyTypes=["Egress"],
            egress=[{"to": kafka, "ports": ports(KAFKA)}, {"to": mongodb, "ports": ports(MONGODB)}],
        ),
        policy(
            "telemetry",
            ours,
            policyTypes=["Egress"],
            egress=[{"to": [{"namespaceSelector": {"matchLabels": WATCHES}}], "ports": ports(OTLP)}],
        ),
    ]


def of_service(plan: Plan) -> Manifest:
    asked_by = [each.name for each in PLANS if plan.service in each.peers]
    in_from = [
        *(app(name) for name in asked_by),
        *({"namespaceSelector": {"matchLabels": each}} for each in (MAY_COME_IN, WATCHES)),
    ]
    out_to = [
        {"to": [app(each.name)], "ports": ports((each.port,))} for each in PLANS if each.service in plan.peers
    ]
    if plan.outside:
        world = {"ipBlock": {"cidr": "0.0.0.0/0", "except": PRIVATE}}
        out_to.append({"to": [world], "ports": ports(plan.outside)})
    return policy(
        plan.name,
        {"matchLabels": pods.of_service(plan.name)},
        policyTypes=["Ingress", "Egress"],
        ingress=[{"from": in_from, "ports": ports((plan.port,))}],
        **({"egress": out_to} if out_to else {}),
    )
