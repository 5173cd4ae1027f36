"""How many run: by the processor (HorizontalPodAutoscaler) or by what waits in Kafka (KEDA's ScaledObject)."""

from deploy.drawing.plan import MOST, Plan
from deploy.drawing.pods import Manifest, named

BUSY = 70
"""Percent of what a replica asks of a processor."""
WAITING = 200
"""Facts that wait for a replica before there is one more."""


def of(plan: Plan) -> Manifest:
    return {"apiVersion": "apps/v1", "kind": "Deployment", "name": plan.name}


def by_processor(plan: Plan, least: int, most: int) -> Manifest:
    cpu = {"type": "Resource", "resource": {"name": "cpu", "target": utilization()}}
    # one more at a time, and slowly back: each change makes Kafka share the partitions out anew
    one_a_minute = {"policies": [{"type": "Pods", "value": 1, "periodSeconds": 60}]}
    behavior = {"scaleUp": one_a_minute, "scaleDown": {"stabilizationWindowSeconds": 600, **one_a_minute}}
    spec = {
        "scaleTargetRef": of(plan),
        "minReplicas": least,
        "maxReplicas": most,
        "metrics": [cpu],
        "behavior": behavior,
    }
    return {**named("HorizontalPodAutoscaler", "autoscaling/v2", plan.name), "spec": spec}


def utilization() -> Manifest:
    return {"type": "Utilization", "averageUtilization": BUSY}


def by_what_waits(plan: Plan) -> Manifest:
    """The service's name is its consumer group; without a topic KEDA counts what waits in all of the group's."""
    told = {
        "bootstrapServers": "opblok-kafka-bootstrap:9092",
        "consumerGroup": plan.service,
        "lagThreshold": str(WAITING),
        "offsetResetPolicy": "earliest",
    }
    triggers = [
        {"type": "kafka", "metadata": told},
        {"type": "cpu", "metricType": "Utilization", "metadata": {"value": str(BUSY)}},
    ]
    spec = {
        "scaleTargetRef": {"name": plan.name},
        "minReplicaCount": 2,
        "maxReplicaCount": MOST,
        "pollingInterval": 15,
        "cooldownPeriod": 600,
        "triggers": triggers,
    }
    return {**named("ScaledObject", "keda.sh/v1alpha1", plan.name), "spec": spec}


def not_all_at_once(plan: Plan) -> Manifest:
    """Whoever empties a machine takes one of a service away at a time."""
    selector = {"matchLabels": {"app.kubernetes.io/name": plan.name}}
    return {
        **named("PodDisruptionBudget", "policy/v1", plan.name),
        "spec": {"maxUnavailable": 1, "selector": selector},
    }
