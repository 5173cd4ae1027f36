"""How many run: by the processor (HorizontalPodAutoscaler) or by what waits in Kafka (KEDA's ScaledObject)."""

from deploy.drawing.plan import MOST
from deploy.drawing.pods import Manifest, named

BUSY = 70
"""Percent of what a replica asks of a processor."""
WAITING = 200
"""Facts that wait for a replica before there is one more."""


def of(name: str) -> Manifest:
    return {"apiVersion": "apps/v1", "kind": "Deployment", "name": name}


def by_processor(name: str, least: int, most: int) -> Manifest:
    cpu = {"type": "Resource", "resource": {"name": "cpu", "target": utilization()}}
    # one more at a time, and slowly back: each change makes Kafka share the partitions out anew
    one_a_minute = {"policies": [{"type": "Pods", "value": 1, "periodSeconds": 60}]}
    behavior = {"scaleUp": one_a_minute, "scaleDown": {"stabilizationWindowSeconds": 600, **one_a_minute}}
    spec = {
        "scaleTargetRef": of(name),
        "minReplicas": least,
        "maxReplicas": most,
        "metrics": [cpu],
        "behavior": behavior,
    }
    return {**named("HorizontalPodAutoscaler", "autoscaling/v2", name), "spec": spec}


def utilization() -> Manifest:
    return {"type": "Utilization", "averageUtilization": BUSY}


def by_what_waits(name: str, group: str, role: str) -> Manifest:
    """The service's name is its consumer group; without a topic KEDA counts what waits in all of the group's. Who only answers hears
    nothing, and is scaled by the processor alone.
    """
    told = {
        "bootstrapServers": "opblok-kafka-bootstrap:9092",
        "consumerGroup": group,
        "lagThreshold": str(WAITING),
        "offsetResetPolicy": "earliest",
    }
    triggers = [
        *([] if role == "api" else [{"type": "kafka", "metadata": told}]),
        {"type": "cpu", "metricType": "Utilization", "metadata": {"value": str(BUSY)}},
    ]
    spec = {
        "scaleTargetRef": {"name": name},
        "minReplicaCount": 2,
        "maxReplicaCount": MOST,
        "pollingInterval": 15,
        "cooldownPeriod": 600,
        "triggers": triggers,
    }
    return {**named("ScaledObject", "keda.sh/v1alpha1", name), "spec": spec}


def not_all_at_once(name: str) -> Manifest:
    """Whoever empties a machine takes one of a Deployment away at a time."""
    selector = {"matchLabels": {"app.kubernetes.io/name": name}}
    return {
        **named("PodDisruptionBudget", "policy/v1", name),
        "spec": {"maxUnavailable": 1, "selector": selector},
    }
