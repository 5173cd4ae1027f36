"""From a change of a message or a template to the facts told of it: the one place where the two meet."""

from chassis.duties_told import duty_refused
from contracts.fact import Fact
from kernel.refused_duty import DutyRefused

from contracts import notifications as told
from notifications.domain import changes as c
from notifications.domain import delivery as d
from notifications.domain import endpoint as e
from notifications.domain import template as t
from notifications.domain.changes import Change
from notifications.domain.message import Message
from notifications.domain.words import Language


def announce(change: Change, message: Message) -> list[Fact]:
    """That a gateway took it, or that a person has to reach the customer; no word of it, nor whom it went to."""
    writing, trail = message.writing, message.trail
    about = {
        "message_id": writing.message_id,
        "order_id": writing.order_id,
        "customer_id": writing.customer_id,
        "channel": writing.channel.value,
        "template": writing.template.value,
        "language": trail.language or Language.RU.value,
        "cause_id": writing.cause_id,
    }
    match change:
        case c.MessageSent():
            return [
                told.MessageSentV1.model_validate({**about, "gateway": change.gateway, "sent_at": change.at})
            ]
        case c.MessageFailed():
            more = {"reason": change.reason, "attempts": trail.tries}
            return [told.MessageFailedV1.model_validate({**about, **more})]
        case DutyRefused():
            return [duty_refused(change, "message", writing.message_id, writing.order_id)]
        case _:
            return []


def announce_template(change: t.TemplateChange, template: t.Template) -> list[Fact]:
    """Only an attempt that was somebody else's duty is told; what is written to customers stays here."""
    return [duty_refused(change, "template", template.key)] if isinstance(change, DutyRefused) else []


def announce_endpoint(change: e.EndpointChange, endpoint: e.Endpoint) -> list[Fact]:
    """Likewise; where webhooks go, and their secrets, stay here."""
    refused = isinstance(change, DutyRefused)
    return [duty_refused(change, "webhook_endpoint", endpoint.endpoint_id)] if refused else []


def announce_nothing(change: d.DeliveryChange, delivery: d.Delivery) -> list[Fact]:
    """A fact about a delivery of a fact would be delivered, too."""
    del change, delivery
    return []
