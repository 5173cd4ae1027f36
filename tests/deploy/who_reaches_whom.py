"""Who may reach whom by NetworkPolicies, as Kubernetes reads them, against who calls whom in the code."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_network

from opblok.stack.settings import StackSettings

from tests.deploy.agreement import NAMES
from tests.deploy.kubernetes_files import Labels, Manifest, of_kind, selected, templates

INSIDE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10")
"""Addresses of the cluster, of its machines, and of the cloud that rents them out."""
SERVERS: Mapping[str, tuple[Labels, int]] = {
    "kafka": ({"app.kubernetes.io/name": "kafka"}, 9092),
    "Strimzi's Kafka": ({"strimzi.io/kind": "Kafka"}, 9092),
    "mongodb": ({"app.kubernetes.io/name": "mongodb"}, 27017),
}
WATCHERS = {"opblok.dev/may-reach": "metrics"}
PROXIES = {"opblok.dev/may-reach": "services"}


@dataclass(frozen=True)
class Reach:
    """The policies of a namespace."""

    policies: Sequence[Manifest]

    def rules(self, whose: Labels, way: str) -> Iterator[Manifest]:
        """What opens this way (`ingress`, `egress`) to or from pods with these labels."""
        for spec in self.policies:
            if way.capitalize() in spec["policyTypes"] and selected(spec["podSelector"], whose):
                yield from spec.get(way, [])

    def opens(self, whose: Labels, way: str, other: Labels, port: int | None = None) -> bool:
        """`other`: a pod of this namespace. Without a port: by any."""
        peers = "to" if way == "egress" else "from"
        return any(
            meets(rule.get(peers), other) and (port is None or through(rule, port))
            for rule in self.rules(whose, way)
        )

    def lets_in_from(self, whose: Labels, namespace: Labels, port: int) -> bool:
        return any(
            through(rule, port) and {"namespaceSelector": {"matchLabels": namespace}} in rule.get("from", [])
            for rule in self.rules(whose, "ingress")
        )


def meets(peers: Sequence[Manifest] | None, labels: Labels) -> bool:
    """Our namespace has none of the labels by which others are let in; no peers at all are everybody."""
    return not peers or any(
        "ipBlock" not in each
        and not each.get("namespaceSelector")
        and selected(each.get("podSelector", {}), labels)
        for each in peers
    )


def through(rule: Manifest, port: int) -> bool:
    return "ports" not in rule or any(
        each.get("port") == port and each.get("protocol", "TCP") == "TCP" for each in rule["ports"]
    )


def misreached(manifests: Sequence[Manifest], asked: Mapping[str, set[str]]) -> list[str]:
    """In words, both ways of each pair; empty when all is as the code has it. `asked`: whom each service calls."""
    reach = Reach([each["spec"] for each in manifests if each["kind"] == "NetworkPolicy"])
    running = {
        name: (labels["opblok.dev/service"].replace("-", "_"), labels)
        for kind, name, labels in templates(manifests)
        if kind == "Deployment"
    }
    lines = [*unguarded(reach.policies)]
    for kind, name, labels in templates(manifests):
        if kind != "StatefulSet":  # the servers themselves
            lines += [f"{kind} {name}: {line}" for line in servers_away(reach, labels)]
    for name, (service, labels) in running.items():
        lines += [f"{name}: {line}" for line in watched(reach, service, labels)]
        for other in NAMES:
            if other != service:
                theirs = {"opblok.dev/service": NAMES[other], "app.kubernetes.io/name": NAMES[other]}
                found = pair(reach, labels, theirs, StackSettings().port_of(other), other in asked[service])
                lines += [f"{name}: {line} {NAMES[other]}" for line in found]
    return lines


def pair(reach: Reach, ours: Labels, theirs: Labels, port: int, asks: bool) -> Iterator[str]:
    if asks and not reach.opens(ours, "egress", theirs, port):
        yield "is not let out to"
    if asks and not reach.opens(theirs, "ingress", ours, port):
        yield "is not let in by"
    if not asks and reach.opens(ours, "egress", theirs):
        yield "is let out to, and never asks,"
    if not asks and reach.opens(theirs, "ingress", ours):
        yield "is let in by, and never asks,"


def servers_away(reach: Reach, ours: Labels) -> Iterator[str]:
    """Names, Kafka and MongoDB are everybody's."""
    asks_names = {"protocol": "UDP", "port": 53}
    if not any(asks_names in rule.get("ports", []) for rule in reach.rules(ours, "egress")):
        yield "knows no names"
    for name, (labels, port) in SERVERS.items():
        away = [
            {"namespaceSelector": {}, "podSelector": {"matchLabels": labels}} in rule.get("to", [])
            and through(rule, port)
            for rule in reach.rules(ours, "egress")
        ]
        if not any(away):
            yield f"does not reach {name}"
        guarded = any(selected(each["podSelector"], labels) for each in reach.policies if each["podSelector"])
        if guarded and not reach.opens(labels, "ingress", ours, port):
            yield f"is not let in by {name}"


def watched(reach: Reach, service: str, ours: Labels) -> Iterator[str]:
    port = StackSettings().port_of(service)
    if not reach.lets_in_from(ours, WATCHERS, port):
        yield "is not seen by Prometheus"
    if not reach.lets_in_from(ours, PROXIES, port):
        yield "is not reached from outside"


def unguarded(policies: Sequence[Manifest]) -> Iterator[str]:
    nobody = [
        each
        for each in policies
        if each["podSelector"] == {}
        and set(each["policyTypes"]) == {"Ingress", "Egress"}
        and not {"ingress", "egress"} & set(each)
    ]
    if not nobody:
        yield "whatever has no policy of its own reaches everybody"
    blocks = [
        peer["ipBlock"]
        for each in policies
        for rule in each.get("egress", [])
        for peer in rule.get("to", [])
        if "ipBlock" in peer
    ]
    for block in blocks:
        kept = {ip_network(each) for each in block.get("except", [])}
        yield from (f"the way out leads to {each}" for each in INSIDE if ip_network(each) not in kept)


def policies_of_nobody(manifests: Sequence[Manifest]) -> list[str]:
    """Policies that select no pod there is."""
    there = [labels for _, _, labels in templates(manifests)]
    return [
        f"{name}: is about nobody"
        for name, each in of_kind(list(manifests), "NetworkPolicy").items()
        if not any(selected(each["spec"]["podSelector"], labels) for labels in there)
    ]
