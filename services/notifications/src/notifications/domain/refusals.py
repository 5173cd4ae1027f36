"""The ways notifications says no."""

from kernel.refusal import NotFound, Refusal


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
