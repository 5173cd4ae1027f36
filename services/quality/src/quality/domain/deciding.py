"""Decide: the rule of each command to a call."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kernel.action import Action
from kernel.refusal import Decision

from quality.domain import changes as c
from quality.domain import commands as o
from quality.domain import refusals as no
from quality.domain.answers import Answers
from quality.domain.call import Answered, Call, Channel, Check, NotCalled, Open, Result
from quality.domain.changes import Change
from quality.domain.checking import record_check
from quality.domain.forgetting import NOBODY, forgotten, is_erased
from quality.domain.guarding import has_the_contact, impartial, same, still_open
from quality.domain.hours import local_day, may_call, next_try
from quality.domain.judging import alarms, drawn
from quality.domain.policies import Policy

CUSTOMER = "customer"
ENDS_AT_ONCE = {Result.DECLINED: "declined", Result.WRONG_NUMBER: "wrong_number"}


@dataclass(frozen=True, slots=True)
class Deciding:
    """The rules, by the settings' policy."""

    policy: Policy

    def __call__(self, command: o.Command, call: Call | None) -> Decision[Change]:
        """What is changed, or why not."""
        if isinstance(command, o.OpenCall):
            return [] if call else [c.CallDue(command.asking, command.assignee)]
        if call is None:
            raise no.UnknownCall("There is no such call.")
        match command:
            case o.OpenContact() | o.RecordTry() | o.RecordAnswers() | o.ReadAnswers() | o.RecordCheck():
                return self._by_a_person(command, call)
            case o.AnswerByLink():
                return self._by_link(command, call)
            case o.ForgetCustomer():
                return forgotten(call, command.at)
            case _:
                return self._by_itself(command, call)

    def _by_a_person(
        self,
        command: o.OpenContact | o.RecordTry | o.RecordAnswers | o.ReadAnswers | o.RecordCheck,
        call: Call,
    ) -> Decision[Change]:
        reads = isinstance(command, o.ReadAnswers)
        action = Action.READ_ANSWERS if reads else Action.CHECK_QUALITY
        biased = impartial(command.actor, action, command.bias)
        if biased is not None:
            return biased
        match command:
            case o.OpenContact():
                return self._open_contact(command, call)
            case o.RecordTry():
                return self._record_try(command, call)
            case o.RecordAnswers():
                return self._record_answers(command, call)
            case o.ReadAnswers():
                if not isinstance(call, Answered):
                    raise no.NothingAnswered("Nothing was answered yet.")
                return [c.AnswersRead(command.actor.id, command.at)]
            case o.RecordCheck():
                return record_check(command, call)

    def _open_contact(self, command: o.OpenContact, call: Call) -> Decision[Change]:
        """The phone is shown for one call at a time, in calling hours, from the next day on (R83, R97)."""
        waits = still_open(call)
        if waits.asking.channel is Channel.SURVEY_LINK:
            raise no.NoCallsWanted("This customer is asked by a link, not by phone.")
        if waits.opened is not None and waits.opened.by == command.actor.id:
            raise no.ContactShownAlready("You have this contact; write down what came of the call first.")
        if waits.opened is not None and waits.opened.holds(command.at):
            raise no.SomebodyIsCalling("Another controller has this contact; look again in half an hour.")
        zone = waits.asking.zone
        has_a_link = waits.asking.channel is Channel.LINK_FIRST and command.at < waits.asking.due_at
        too_early = has_a_link or local_day(command.at, zone) <= waits.asking.delivered_on
        if too_early or not may_call(command.at, zone, self.policy.hours):
            raise no.NotCallingTime("Nobody is called now in the delivery city.", zone=zone)
        return [c.ContactOpened(command.actor.id, command.at)]

    def _record_try(self, command: o.RecordTry, call: Call) -> Decision[Change]:
        waits = still_open(call)
        has_the_contact(waits, command.actor)
        by, at, result = command.actor.id, command.at, command.result
        reason = ENDS_AT_ONCE.get(result)
        again = next_try(len(waits.tries) + 1, at, waits.asking.zone, self.policy.hours)
        if reason is None and again is not None and again < waits.asking.ends_at:
            return [c.NotReached(by, result, at, again)]
        check = self._check(waits, by, command.checker, at)
        return [c.CallGivenUp(reason or "not_reached", by, at, check, result)]

    def _record_answers(self, command: o.RecordAnswers, call: Call) -> Decision[Change]:
        if isinstance(call, Answered) and call.by == command.actor.id and same(call, command.answers):
            return []
        waits = still_open(call)
        has_the_contact(waits, command.actor)
        return [self._answered(waits, command.answers, command.actor.id, command.checker, command.at)]

    def _by_link(self, command: o.AnswerByLink, call: Call) -> Decision[Change]:
        """By his link he may answer late, too: what he says counts (R90). Of who was erased nothing is taken any more."""
        if is_erased(call):
            raise no.CallClosed("The customer was erased.", state=call.kind)
        if isinstance(call, Answered):
            if call.by == CUSTOMER and same(call, command.answers):
                return []
            raise no.CallClosed("This was answered already; an answer is never changed.")
        return [self._answered(call, command.answers, CUSTOMER, command.checker, command.at)]

    def _answered(
        self, call: Open | NotCalled, answers: Answers, by: str, checker: str, at: datetime
    ) -> Change:
        tags = tuple(dict.fromkeys((*call.asking.tags, *answers.tags)))
        told = replace(answers, tags=tags)
        kept = call.check if isinstance(call, NotCalled) else None
        check = kept or self._check(call, by, checker, at)
        return c.CustomerAnswered(told, by, at, local_day(at, call.asking.zone), alarms(told), check)

    def _check(self, call: Open | NotCalled, by: str, checker: str, at: datetime) -> Check | None:
        """Drawn at the close (R11); what the customer wrote himself nobody can have invented. Nobody checks his own."""
        hands = {by, *(each.by for each in call.tries)}
        if by == CUSTOMER or checker in hands or not drawn(call.asking.call_id, at, self.policy.check_share):
            return None
        return Check(checker, at + self.policy.check_within)

    def _by_itself(self, command: o.Command, call: Call) -> Sequence[Change]:
        match command, call:
            case o.Assign(), Open() if command.assignee != call.assignee:
                return [c.CallAssigned(command.assignee)]
            case o.PassDeadline(), _:
                return self._passed(command, call)
            case o.HearClaim(), Answered() if not call.reasons and call.claim_at is None:
                return [c.ClaimCameLater(command.at)]
            case o.MarkCounted(), Answered() if not call.counted:
                return [c.Counted()]
            case o.MarkJournalled(), _ if any(each.number <= command.up_to for each in call.acts.open):
                return [c.Journalled(command.up_to)]
            case _:
                return []

    def _passed(self, command: o.PassDeadline, call: Call) -> Sequence[Change]:
        match command.name, call:
            case "overdue", Open() if not call.overdue:
                return [c.OwnerAlerted(command.at)]
            case "give_up", Open():
                by_link = call.asking.channel is Channel.SURVEY_LINK
                reason = "link_unanswered" if by_link else "not_reached" if call.tries else "nobody_called"
                check = self._check(call, NOBODY, command.checker, command.at)
                return [c.CallGivenUp(reason, NOBODY, command.at, check)]
            case "check", Answered() | NotCalled() if call.check and call.check.agrees is None:
                return [] if call.check.overdue else [c.CheckOverdue(command.owner)]
            case _:
                return []
