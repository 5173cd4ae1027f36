"""The ways notifications says no."""

from kernel.refusal import NotAllowed, NotFound, Refusal


class UnknownMessage(NotFound):
    """There is no such message."""


class UnknownTemplate(NotFound):
    """There is no such template, or no such version of it."""


class MessageOnItsWay(Refusal):
    """It has not been tried to the end yet; a second one would be one too many."""


class MessageNoLongerSo(Refusal):
    """It was dropped because it is not so any more; what is so now has a message of its own."""

    rule = "R31"


class TemplateUnfit(Refusal):
    """The words would not do: an unknown variable, too long an SMS, jargon, or something missing that must be said."""

    rule = "R33"


class TemplateChangedSince(Refusal):
    """Somebody saved another version meanwhile; look at it first."""


class WebhookAddressRefused(Refusal):
    """An address that webhooks are not sent to: not https, with credentials, on another port, or inside."""


class WebhookTypesUnknown(Refusal):
    """A pattern that no published fact fits."""


class UnknownEndpoint(NotFound):
    """There is no such webhook endpoint."""


class UnknownDelivery(NotFound):
    """There is no such delivery, or it was removed after its time."""


class TooManyEndpoints(Refusal):
    """The shop has as many endpoints as it may have."""


class TooManySecrets(Refusal):
    """As many secrets sign for the endpoint as may at once."""


class WebhookBacklogFull(Refusal):
    """So many deliveries wait for the endpoint that what is asked for would not fit; later it may."""


class EndpointNotEnabled(Refusal):
    """It is disabled or removed; nothing is sent there."""


class DeliveryOnItsWay(Refusal):
    """It is still being tried; a replay would be one too many."""


class NotYourShop(NotAllowed):
    """An endpoint of another shop."""
