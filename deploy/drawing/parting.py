"""A service whose callers wait runs as two on many machines: one Deployment answers requests, the other hears facts, keeps deadlines and
loads, so that neither a rebalance of Kafka nor a first load of crm is felt by who waits for an answer.
"""

from deploy.drawing.plan import Plan
from deploy.drawing.pods import ROLE, Manifest, deployment, named
from deploy.drawing.scaling import not_all_at_once


def only_answers(plan: Plan) -> Manifest:
    """What changes of its own Deployment; it is the one that its Service reaches."""
    container = {"name": plan.name, "env": [{"name": ROLE, "value": "api"}]}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": plan.name},
        "spec": {"template": {"spec": {"containers": [container]}}},
    }


def worker(plan: Plan) -> list[Manifest]:
    """The other one. Nobody asks it anything: its Service is for Prometheus, which finds what to read by Services."""
    selector = {"app.kubernetes.io/name": plan.worker}
    ports = [{"name": "http", "port": plan.port, "targetPort": "http"}]
    return [
        {
            **named("Service", "v1", plan.worker),
            "spec": {"clusterIP": "None", "selector": selector, "ports": ports},
        },
        deployment(plan, plan.worker, "worker"),
        not_all_at_once(plan.worker),
    ]
