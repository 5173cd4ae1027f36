"""The ways crm says no."""

from kernel.refusal import NotAllowed, NotFound, Refusal


class CustomerMerged(Refusal):
    """The card is another customer's by now, whom the refusal names; ask for him."""


class SameCustomer(Refusal):
    """A customer is not merged with himself."""


class NotMerged(Refusal):
    """The card is not merged into this customer."""


class NotHandedToYou(NotAllowed):
    """Somebody else answers for this customer."""

    rule = "R98"


class NothingToAccept(Refusal):
    """No hand-over of this customer waits for a word."""

    rule = "R98"


class UnknownShop(NotFound):
    """There is no such shop."""


class UnknownStaff(NotFound):
    """There is no such member of the staff."""


class UnknownCustomer(NotFound):
    """There is no such customer."""


class CustomerErased(Refusal):
    """The person was erased; his id alone is left, and nothing can be done with it."""


class StaffIdTaken(Refusal):
    """Somebody else has or had this staff id; facts name people by it for ever."""


class StaffGone(Refusal):
    """He does not work here any more."""


class RolesNotTogether(NotAllowed):
    """Separation of duties forbids the grant; the attempt is written down (R4, R6, R9, R12)."""


class GoesInCircles(Refusal):
    """He would report to himself, directly or through others (R10)."""

    rule = "R10"


class ControllerReportsToOwner(Refusal):
    """A quality controller reports to the owner alone (R10)."""

    rule = "R10"


class BuyerStaysSenior(Refusal):
    """A buyer is a senior; the role is taken before the grade (R4)."""

    rule = "R4"


class AbsenceMakesNoSense(Refusal):
    """An absence ends after it begins, and not in the past."""


class DeputyUnfit(Refusal):
    """The deputy is gone, away himself, or lacks the roles (R5)."""

    rule = "R5"


class DeputyNeeded(Refusal):
    """A conflict manager's absence needs a named deputy (R5)."""

    rule = "R5"


class OwnerStays(Refusal):
    """The shop's last owner can't be taken away."""


class NobodyToOwn(Refusal):
    """Whom the customer is to be given to is not there, or sells nothing (R98)."""

    rule = "R98"


class WeakPassword(Refusal):
    """A password that is too short, or the login itself."""


class PhoneOfAnother(Refusal):
    """Another customer is known by this phone; ask them, do not guess."""


class NotesChanged(Refusal):
    """Somebody wrote since they were read; the refusal names the revision of now."""

    rule = "R111"


class TypesNotKept(Refusal):
    """The shop has not said that it types its customers: it is profiling of a person (R109)."""

    rule = "R109"


class UnknownType(Refusal):
    """The shop's customers have no such type."""

    rule = "R109"


class NoteFormMakesNoSense(Refusal):
    """Types or prompts that nobody could fill in."""


class NoRoomOnCard(Refusal):
    """A customer's card holds so many phones or addresses, and no more."""


class NotATable(Refusal):
    """The file is no table of customers; `reason` says why, in a word."""


class UnknownImport(NotFound):
    """There is no such import."""


class UnknownExport(NotFound):
    """There is no such export."""


class WrongPassword(NotAllowed):
    """Who changes his own password shows the one of before."""


class UnknownPortalUser(NotFound):
    """Bitrix24 has no such user, or crm has not seen him yet."""


class NoPortalUser(Refusal):
    """A call stands in somebody's name in the portal, and there is nobody."""


class PortalReadsOnly(Refusal):
    """The portal is joined by a webhook, which can't do this."""


class UnknownLead(NotFound):
    """There is no such lead."""


class LeadClosed(Refusal):
    """The lead was won or lost; somebody who comes again is a lead of his own."""

    rule = "R98"


class NotYourLead(NotAllowed):
    """Somebody else answers for the lead; the attempt is written down."""

    rule = "R98"


class UnknownStage(Refusal):
    """The shop's leads have no such stage."""


class StepMakesNoSense(Refusal):
    """The next step of a lead is ahead, and not too far (R98)."""

    rule = "R98"


class StagesMakeNoSense(Refusal):
    """Stages that no lead could go through."""
