"""What one manifest names in another: settings, secrets, accounts, who is scaled and kept, who stands behind a Service, whose part is whose."""

from collections import Counter
from collections.abc import Iterator, Mapping

from tests.deploy.agreement import NAMES
from tests.deploy.kubernetes_files import Labels, Manifest, of_kind, pods, selected, templates

SCALERS = {"HorizontalPodAutoscaler": "minReplicas", "ScaledObject": "minReplicaCount"}


def missing(manifests: list[Manifest]) -> list[str]:
    there = {(each["kind"], each["metadata"]["name"]) for each in manifests}
    named = [(name, pair) for name, pod in pods(manifests) for pair in names_in(pod)]
    named += [
        (f"{each['kind']} {each['metadata']['name']}", ("Deployment", each["spec"]["scaleTargetRef"]["name"]))
        for each in manifests
        if each["kind"] in SCALERS
    ]
    return [f"{who}: there is no {kind} {name}" for who, (kind, name) in named if (kind, name) not in there]


def names_in(pod: Manifest) -> Iterator[tuple[str, str]]:
    for each in [*pod.get("initContainers", []), *pod["containers"]]:
        yield from (("ConfigMap", one["configMapRef"]["name"]) for one in each.get("envFrom", []))
    for volume in pod.get("volumes", []):
        if "secret" in volume:
            yield "Secret", volume["secret"]["secretName"]
    if "serviceAccountName" in pod:
        yield "ServiceAccount", pod["serviceAccountName"]


def at_risk(manifests: list[Manifest], least: int) -> list[str]:
    """Each Deployment is scaled once, by no fewer than `least`, and has one budget, of its own pods alone."""
    lines: list[str] = []
    scaled = Counter(each["spec"]["scaleTargetRef"]["name"] for each in manifests if each["kind"] in SCALERS)
    labels = {name: own for kind, name, own in templates(manifests) if kind == "Deployment"}
    budgets = of_kind(manifests, "PodDisruptionBudget")
    for name, each in of_kind(manifests, "Deployment").items():
        if scaled[name] != 1 or "replicas" in each["spec"]:
            lines.append(f"{name}: is scaled by {scaled[name]} and its own number")
        rolled = each["spec"].get("strategy", {}).get("rollingUpdate", {})
        if rolled.get("maxUnavailable") != 0:
            lines.append(f"{name}: is gone while it is rolled over")
        kept = [one for one in budgets.values() if selected(one["spec"]["selector"], labels[name])]
        if len(kept) != 1 or kept[0]["spec"].get("maxUnavailable") != 1:
            lines.append(f"{name}: may be taken away all at once, or not at all")
        lines += [f"{name}: {line}" for line in adopts(each, name, labels)]
    lines += [
        f"{each['metadata']['name']}: is content with {few} of {least}"
        for each in manifests
        if each["kind"] in SCALERS and (few := each["spec"][SCALERS[each["kind"]]]) < least
    ]
    return lines


def adopts(deployment: Manifest, name: str, labels: Mapping[str, Labels]) -> Iterator[str]:
    """By a selector that is met by another's pods, too, or not by its own."""
    selector = deployment["spec"]["selector"]
    met = {other for other, own in labels.items() if selected(selector, own)}
    if met != {name}:
        yield f"takes for its own the pods of {', '.join(sorted(met)) or 'nobody'}"


def nobody_behind(manifests: list[Manifest]) -> list[str]:
    """A Service leads to pods that answer, by a port they have; Prometheus reads by a port that each Service of ours names."""
    running = {
        name: (own, pod)
        for (_, name, own), (_, pod) in zip(templates(manifests), pods(manifests), strict=True)
    }
    lines: list[str] = []
    for name, service in of_kind(manifests, "Service").items():
        behind = [(who, pod) for who, (own, pod) in running.items() if selected_by(service, own)]
        if not behind:
            lines.append(f"{name}: nobody is behind it")
        if service["spec"].get("clusterIP") != "None":
            lines += [f"{name}: {who} does not answer" for who, pod in behind if role_in(pod) == "worker"]
    lines += [
        f"ServiceMonitor {name}: {line}"
        for name, monitor in of_kind(manifests, "ServiceMonitor").items()
        for line in unread(monitor, manifests)
    ]
    return lines


def selected_by(service: Manifest, labels: Labels) -> bool:
    return service["spec"]["selector"].items() <= labels.items()


def unread(monitor: Manifest, manifests: list[Manifest]) -> Iterator[str]:
    ports = {each["port"] for each in monitor["spec"]["endpoints"]}
    read = {
        name
        for name, service in of_kind(manifests, "Service").items()
        if selected(monitor["spec"]["selector"], service["metadata"]["labels"])
        and ports <= {each["name"] for each in service["spec"]["ports"]}
    }
    yield from (f"does not read {each}" for each in of_kind(manifests, "Deployment") if each not in read)


def role_in(pod: Manifest) -> str:
    told = {each["name"]: each.get("value", "") for each in pod["containers"][0].get("env", [])}
    return told.get("OPBLOK_ROLE", "all")


def badly_parted(manifests: list[Manifest], expected: Mapping[str, Mapping[str, str]]) -> list[str]:
    """A service runs as one that does all, or as one that answers and one that works; both are told the same and hold the same.
    `expected`: the roles of each service's Deployments.
    """
    found: dict[str, dict[str, Manifest]] = {name: {} for name in NAMES.values()}
    for name, each in of_kind(manifests, "Deployment").items():
        template = each["spec"]["template"]
        found[template["metadata"]["labels"]["opblok.dev/service"]][name] = template["spec"]
    lines: list[str] = []
    for service, own in found.items():
        roles = {name: role_in(pod) for name, pod in own.items()}
        if roles != expected[service]:
            lines.append(f"{service}: runs as {roles}")
        if len({str(alike(pod)) for pod in own.values()}) > 1:
            lines.append(f"{service}: its parts are not told the same")
    return lines


def alike(pod: Manifest) -> Manifest:
    (at_work,) = pod["containers"]
    told = [each for each in at_work["env"] if each["name"] != "OPBLOK_ROLE"]
    spread = "topologySpreadConstraints"
    return {**pod, spread: None, "containers": [{**at_work, "env": told}]}
