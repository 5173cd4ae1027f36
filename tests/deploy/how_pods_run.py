"""What PodSecurity `restricted` would refuse, and what else a pod of a shop must not be: without bounds, unasked, of any version."""

import re
from collections.abc import Iterator, Mapping

from tests.deploy.agreement import NAMES
from tests.deploy.kubernetes_files import Manifest, of_kind, pods

OURS = "opblok-"
HARMLESS = {"emptyDir", "secret", "configMap", "persistentVolumeClaim"}
PROBES = {
    "startupProbe": "/health/live",
    "livenessProbe": "/health/live",
    "readinessProbe": "/health/ready",
}
TO_FINISH = 45
"""Seconds that a replica may take to stop: requests 10, lanes 10, the relay 5, after a pause of 5 (`chassis.living`)."""
OF_ITS_OWN = 120
"""MiB that a service has besides the process that reads a workbook."""


def unrestricted(manifests: list[Manifest]) -> list[str]:
    enforced = of_kind(manifests, "Namespace")["opblok"]["metadata"]["labels"]
    lines = [f"{name}: {line}" for name, pod in pods(manifests) for line in unrestricted_in(pod)]
    if enforced.get("pod-security.kubernetes.io/enforce") != "restricted":
        lines.append("Namespace opblok: takes any pod")
    return lines


def unrestricted_in(pod: Manifest) -> Iterator[str]:
    own = pod.get("securityContext", {})
    if own.get("runAsNonRoot") is not True or own.get("seccompProfile") != {"type": "RuntimeDefault"}:
        yield "may run as root, or without seccomp"
    if own.get("runAsUser", 0) == 0:
        yield "runs as root"
    if pod.get("automountServiceAccountToken") is not False:
        yield "holds a token of the cluster"
    if any(pod.get(each) for each in ("hostNetwork", "hostPID", "hostIPC")):
        yield "lives in the machine's own space"
    if any(not HARMLESS & set(each) for each in pod.get("volumes", [])):
        yield "has a volume of the machine"
    for each in containers(pod):
        yield from (f"{each['name']} {line}" for line in rights_of(each))


def containers(pod: Manifest) -> list[Manifest]:
    return [*pod.get("initContainers", []), *pod["containers"]]


def rights_of(container: Manifest) -> Iterator[str]:
    rights = container.get("securityContext", {})
    if rights.get("allowPrivilegeEscalation") is not False or rights.get("capabilities") != {"drop": ["ALL"]}:
        yield "keeps rights"
    if rights.get("privileged") or rights.get("runAsUser") == 0:
        yield "runs as root"
    if container["image"].startswith(OURS) and rights.get("readOnlyRootFilesystem") is not True:
        yield "may write into its image"


def unbounded(manifests: list[Manifest]) -> list[str]:
    """Memory: a limit for each container, and within it the process that reads workbooks."""
    lines: list[str] = []
    for name, pod in pods(manifests):
        for each in containers(pod):
            limit = each.get("resources", {}).get("limits", {}).get("memory")
            if limit is None:
                lines.append(f"{name}: {each['name']} may take all memory")
                continue
            told = {one["name"]: one.get("value") for one in each.get("env", [])}
            found = re.fullmatch(r"(\d+)Mi", limit)
            if name.startswith("Deployment"):
                lines += [f"{name}: {line}" for line in workbooks(told, int(found[1]) if found else 0)]
    return lines


def workbooks(told: Mapping[str, str | None], limit: int) -> Iterator[str]:
    """`limit`: MiB of the container; a reading process that takes all it may must not end the service."""
    for variable, value in told.items():
        if variable.endswith("_WORKBOOK_MAX_MEGABYTES") and int(value or 0) + OF_ITS_OWN > limit:
            yield f"reads workbooks in {value} of {limit} MiB"


def unasked(manifests: list[Manifest]) -> list[str]:
    """Nobody would see that it hangs, is not there yet, or has no time to end."""
    lines: list[str] = []
    for each in manifests:
        if each["kind"] not in {"Deployment", "StatefulSet"}:
            continue
        name, pod = f"{each['kind']} {each['metadata']['name']}", each["spec"]["template"]["spec"]
        if pod.get("terminationGracePeriodSeconds", 30) < TO_FINISH:
            lines.append(f"{name}: is not given the time to finish")
        for one in pod["containers"]:
            ours = one["image"].startswith(OURS)
            found = of_ours(one) if ours else ["is never asked"] * ("readinessProbe" not in one)
            lines += [f"{name}: {one['name']} {line}" for line in found]
    return lines


def of_ours(container: Manifest) -> Iterator[str]:
    ports = {each["name"] for each in container["ports"]}
    for probe, path in PROBES.items():
        asked = container.get(probe, {}).get("httpGet")
        if asked is None:
            yield f"has no {probe}"
        elif asked["path"] != path or asked["port"] not in ports:
            yield f"is asked for its {probe} at {asked['port']} {asked['path']}"


def of_any_version(manifests: list[Manifest]) -> list[str]:
    """Images of others are pinned; ours have no tag, which an overlay of the shop's gives them, or one that says which."""
    lines: list[str] = []
    for name, pod in pods(manifests):
        for image in (each["image"] for each in containers(pod)):
            tag = image.rpartition("/")[2].partition("@")[0].partition(":")[2]
            pinned = "@sha256:" in image or (tag not in {"", "latest"})
            if not pinned and (tag == "latest" or not image.startswith(OURS)):
                lines.append(f"{name}: {image} is any version")
    return lines


def by_another_image(manifests: list[Manifest]) -> list[str]:
    """Each service's pods are of its own image."""
    deployments = of_kind(manifests, "Deployment")
    found = {
        name: (
            each["spec"]["template"]["metadata"]["labels"]["opblok.dev/service"],
            each["spec"]["template"]["spec"]["containers"][0]["image"].partition(":")[0],
        )
        for name, each in deployments.items()
    }
    return [
        f"Deployment {name}: {service} runs by {image}"
        for name, (service, image) in found.items()
        if service not in NAMES.values() or image != f"{OURS}{service}"
    ]
