"""What runs: a Deployment and a Service for each service, and the Jobs that make ready what it needs."""

from typing import Any

from deploy.drawing.plan import PART_OF, SECRETS, Plan

Manifest = dict[str, Any]
SETTINGS = "opblok-settings"
MIB = "{}Mi"
TOOLS = "opblok-tools"
ROLE = "OPBLOK_ROLE"
AS_NOBODY = {
    "runAsNonRoot": True,
    "runAsUser": 10001,
    "runAsGroup": 10001,
    "fsGroup": 10001,
    "seccompProfile": {"type": "RuntimeDefault"},
}
WITHOUT_RIGHTS = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
}


def labels(name: str) -> Manifest:
    return {"app.kubernetes.io/name": name, "app.kubernetes.io/part-of": PART_OF}


def of_service(name: str) -> Manifest:
    """Label of all pods of a service, whatever their role: by it they may reach and be reached."""
    return {"opblok.dev/service": name}


def named(kind: str, api: str, name: str, app: str | None = None) -> Manifest:
    return {"apiVersion": api, "kind": kind, "metadata": {"name": name, "labels": labels(app or name)}}


def account(plan: Plan) -> Manifest:
    return {**named("ServiceAccount", "v1", plan.name), "automountServiceAccountToken": False}


def reached(plan: Plan) -> Manifest:
    ports = [{"name": "http", "port": plan.port, "targetPort": "http"}]
    selector = {"app.kubernetes.io/name": plan.name}
    return {**named("Service", "v1", plan.name), "spec": {"selector": selector, "ports": ports}}


def deployment(plan: Plan, name: str = "", role: str = "") -> Manifest:
    """It is rolled over one by one, and a replica that goes is given the time to finish (`chassis.living`)."""
    name = name or plan.name
    spread = {
        "maxSkew": 1,
        "topologyKey": "kubernetes.io/hostname",
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": {"app.kubernetes.io/name": name}},
    }
    pod = {
        "serviceAccountName": plan.name,
        "automountServiceAccountToken": False,
        "terminationGracePeriodSeconds": 60,
        "topologySpreadConstraints": [spread],
        "securityContext": AS_NOBODY,
        "containers": [serving(plan, role)],
        "volumes": volumes(plan),
    }
    return {
        **named("Deployment", "apps/v1", name),
        "spec": {
            "revisionHistoryLimit": 3,
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}},
            "selector": {"matchLabels": {"app.kubernetes.io/name": name}},
            "template": {"metadata": {"labels": {**labels(name), **of_service(plan.name)}}, "spec": pod},
        },
    }


def serving(plan: Plan, role: str) -> Manifest:
    least, most = plan.memory
    at_work = container(plan)
    return {
        **at_work,
        "env": [*at_work["env"], *([{"name": ROLE, "value": role}] if role else [])],
        "ports": [{"name": "http", "containerPort": plan.port}],
        "startupProbe": probe("/health/live", periodSeconds=2, failureThreshold=60),
        "livenessProbe": probe("/health/live", periodSeconds=10, timeoutSeconds=5, failureThreshold=6),
        "readinessProbe": probe("/health/ready", periodSeconds=5, timeoutSeconds=4, failureThreshold=3),
        # so long others may still send requests here after it was told to end
        "lifecycle": {"preStop": {"exec": {"command": ["sleep", "5"]}}},
        "resources": {
            "requests": {"cpu": "100m", "memory": MIB.format(least)},
            "limits": {"memory": MIB.format(most)},
        },
    }


def container(plan: Plan) -> Manifest:
    return {
        "name": plan.name,
        "image": f"opblok-{plan.name}",
        "envFrom": [{"configMapRef": {"name": SETTINGS}}],
        "env": [{"name": name, "value": value} for name, value in plan.told.items()],
        "securityContext": WITHOUT_RIGHTS,
        "volumeMounts": [
            {"name": "secrets", "mountPath": SECRETS, "readOnly": True},
            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108 (of the container)
        ],
    }


def probe(path: str, **how: int) -> Manifest:
    return {"httpGet": {"path": path, "port": "http"}, **how}


def volumes(plan: Plan) -> list[Manifest]:
    return [
        {"name": "secrets", "secret": {"secretName": f"opblok-{plan.name}"}},
        {"name": "tmp", "emptyDir": {}},
    ]


def topics() -> Manifest:
    """Kafka's topics as contracts want them: 12 partitions, 3 replicas; an overlay of one broker says otherwise."""
    at_work = {
        "name": "topics",
        "image": TOOLS,
        "command": ["opblok", "topics", "apply", "--production"],
        "envFrom": [{"configMapRef": {"name": SETTINGS}}],
        "securityContext": WITHOUT_RIGHTS,
        "resources": {"requests": {"cpu": "50m", "memory": "96Mi"}, "limits": {"memory": "256Mi"}},
    }
    return job("topics", {"containers": [at_work]})


def indexes(plan: Plan) -> Manifest:
    """The service's own image makes its indexes before the new version is rolled out over many documents."""
    at_work = {
        **container(plan),
        "command": ["serve", "--prepare"],
        "resources": {"requests": {"cpu": "50m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}},
    }
    return job(f"indexes-{plan.name}", {"containers": [at_work], "volumes": volumes(plan)})


def job(name: str, pod: Manifest) -> Manifest:
    rights = {"automountServiceAccountToken": False, "securityContext": AS_NOBODY}
    template = {"metadata": {"labels": labels(name)}, "spec": {"restartPolicy": "OnFailure", **rights, **pod}}
    spec = {"backoffLimit": 20, "ttlSecondsAfterFinished": 600, "template": template}
    return {**named("Job", "batch/v1", name), "spec": spec}
