"""Outgoing webhooks, wired: a part of the composition of notifications."""

from chassis.chassis import Chassis, Loop, Parts

from notifications.adapters.hook_documents import DELIVERIES, ENDPOINTS
from notifications.adapters.hook_figures import backlog_age, by_state, delivered, waiting
from notifications.adapters.listening import AllFacts, listening, trial_event
from notifications.adapters.posting import Posting
from notifications.adapters.sweeping_deliveries import sweeping
from notifications.application.delivering import Delivering
from notifications.application.endpoints import KeepingEndpoints
from notifications.application.hooks import DELIVERY, ENDPOINT, Post
from notifications.application.outgoing import SendMail
from notifications.application.owing import Owing
from notifications.application.warning_keepers import WarningKeepers
from notifications.entrypoints import webhook_deliveries, webhook_endpoints
from notifications.entrypoints.published import PUBLISHED
from notifications.settings import NotificationsSettings


def hooks(chassis: Chassis, settings: NotificationsSettings, mail: SendMail, post: Post | None) -> Parts:
    """Endpoints, deliveries, and the ear for all facts."""
    told = settings.hooks
    endpoints, deliveries = chassis.store(ENDPOINTS), chassis.store(DELIVERIES)
    handle, owe = chassis.handler(ENDPOINT, endpoints), chassis.handler(DELIVERY, deliveries)
    ceilings = told.ceilings
    owing = Owing(endpoints, deliveries, owe, chassis.clock, ceilings, told.webhook_keep)
    delivering = Delivering(
        owe,
        deliveries,
        handle,
        endpoints,
        post or Posting(told.reach, told.webhook_timeout),
        told.persistence,
        told.webhook_disable_after,
        ceilings,
        delivered,
    )
    keeping = KeepingEndpoints(
        handle, endpoints, owe, deliveries, told.reach, ceilings, tuple(PUBLISHED), trial_event
    )
    warning = WarningKeepers(handle, endpoints, mail)
    tasks: list[Loop] = []
    if chassis.database is not None and told.webhooks:
        facts = AllFacts(PUBLISHED, owing)
        group = f"{settings.kafka.group or 'notifications'}.webhooks"
        tasks.append(listening(facts, settings.kafka, chassis.clock, group))
        tasks.append(sweeping(chassis.database, chassis.clock, told.webhook_keep))
    return Parts(
        routers=(webhook_endpoints.router, webhook_deliveries.router),
        wired={
            "webhook_endpoints": endpoints,
            "webhook_deliveries": deliveries,
            "keeping_webhooks": keeping,
            "owing": owing,
        },
        deadlines=(
            chassis.deadlines(deliveries, delivering.on_deadline),
            chassis.deadlines(endpoints, warning.on_deadline),
        ),
        tasks=tuple(tasks),
        figures=(backlog_age(deliveries, chassis.clock), waiting(deliveries), by_state(endpoints)),
    )
