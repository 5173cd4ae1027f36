"""The ways the work with incidents says no."""

from typing import ClassVar

from kernel.action import Action
from kernel.duties import overridable_by
from kernel.refusal import NotAllowed, NotFound, Refusal


class UnknownIncident(NotFound):
    """There is no such incident."""


class UnknownStep(NotFound):
    """The incident's playbook has no such step."""


class UnknownKind(Refusal):
    """The catalogue of kinds is short; a new one needs a playbook that a second person approved (R51)."""

    rule = "R51"


class IncidentIsClosed(Refusal):
    """A closed incident has to be reopened first."""

    rule = "R53"


class WindowStillOpen(Refusal):
    """The promised window and its grace are not over: the carrier is not chased (R57). `answer_ru` and `answer_en` are for
    the customer.
    """

    rule = "R57"


class NoCarrier(Refusal):
    """No carrier has a part in this incident."""

    rule = "R56"


class NothingWasAsked(Refusal):
    """An answer needs a question to the carrier first."""

    rule = "R56"


class InquiryComesFirst(Refusal):
    """First ask the carrier, and wait for his answer or until it is due (R56)."""

    rule = "R56"


class TopOfLadder(Refusal):
    """The ladder has no level above this one."""

    rule = "R54"


class DeviationNeedsReason(Refusal):
    """A step of the playbook is done, or left out with a reason (R53)."""

    rule = "R53"


class SourceNotConfirmed(Refusal):
    """The source named at the closing is not the incident's; change it first, with a reason (R50)."""

    rule = "R50"


class MoneyDoesNotAddUp(Refusal):
    """More can't come back than was lost, and nothing where we pay ourselves (R55); no more penalty than is owed (R70)."""

    rule = "R55"


class PenaltyLetGo(Refusal):
    """The carrier owes a penalty by his terms: it is asked for, or let go with a word why (R70). `minor`: how much."""

    rule = "R70"


class EmergencyWaits(Refusal):
    """A run was asked for and nobody agreed or said no: its cost would be in no account (R73)."""

    rule = "R73"


class EmergencyDecided(Refusal):
    """A run was agreed to already; another needs another incident (R73)."""

    rule = "R73"


class NothingToApprove(Refusal):
    """Nothing of this incident waits for a second person."""

    rule = "R80"


class OwnClosingApproved(NotAllowed):
    """Who closed the incident, or asked for a run, does not approve what is lost by it."""

    rule = "R80"
    overridable_by: ClassVar[tuple[str, ...]] = overridable_by(Action.APPROVE_INCIDENT)


class OwnerMayNotSettle(Refusal):
    """Incidents are answered for by logisticians and the conflict manager who are with us, or the shop's owner (R5)."""

    rule = "R5"
