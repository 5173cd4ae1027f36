"""The stages that a shop's leads go through, and how long a lead may wait in each: the shop's own data (R98)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from kernel.action import Action
from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.refusal import Decision
from kernel.refused_duty import DutyRefused, duty

from crm.domain.refusals import StagesMakeNoSense

MOST_STAGES = 20
ENDS = frozenset({"open", "won", "lost"})
"""What a lead's course is called; a stage is called otherwise."""


@dataclass(frozen=True, slots=True)
class LeadStage:
    """`within`: so much working time of the shop a lead in this stage may wait for its next step, where nobody says a moment.
    The words are for people, the code is for programs.
    """

    code: str
    ru: str
    en: str
    within: timedelta


@dataclass(frozen=True, slots=True)
class LeadStages:
    """`stages` in order, the first is where a lead begins. `climbs_after`: so much working time each rung of the ladder has;
    `furthest`: no next step is planned later than that.
    """

    shop_id: str
    stages: tuple[LeadStage, ...]
    climbs_after: timedelta = timedelta(hours=2)
    furthest: timedelta = timedelta(days=30)

    @property
    def first(self) -> LeadStage:
        """Where a lead begins."""
        return self.stages[0]

    def named(self, code: str) -> LeadStage | None:
        """The stage of this code, where there is one."""
        return next((each for each in self.stages if each.code == code), None)


def usual(shop_id: str) -> LeadStages:
    """The stages of a shop that described none: who asks is answered within an hour of working time."""
    return LeadStages(
        shop_id,
        (
            LeadStage("new", "Новое обращение", "New", timedelta(hours=1)),
            LeadStage("talking", "Выясняем, что нужно", "Finding out what is wanted", timedelta(hours=8)),
            LeadStage("offered", "Предложение сделано", "Offer made", timedelta(hours=16)),
            LeadStage("deciding", "Покупатель решает", "Customer decides", timedelta(hours=24)),
        ),
    )


@dataclass(frozen=True, slots=True)
class DescribeStages:
    """How the shop's leads go from now on, whole."""

    stages: LeadStages
    actor: Actor


@dataclass(frozen=True, slots=True)
class StagesDescribed:
    stages: LeadStages


Change = StagesDescribed | DutyRefused


def decide(command: DescribeStages, stages: LeadStages | None) -> Decision[Change]:
    """Who works leads does not set the terms he is measured by (R9, R13)."""
    no = duty(command.actor, Action.DEFINE_SLA)
    if no and stages is None:
        raise no.refusal  # there is nothing yet that could remember the attempt
    if no:
        return no
    check(command.stages)
    return [] if stages == command.stages else [StagesDescribed(command.stages)]


def check(stages: LeadStages) -> None:
    """Raise `StagesMakeNoSense` for stages that no lead could go through."""
    codes = [each.code for each in stages.stages]
    if not 0 < len(codes) <= MOST_STAGES:
        raise StagesMakeNoSense(f"A shop has one to {MOST_STAGES} stages.")
    if len(set(codes)) != len(codes) or ENDS & set(codes):
        raise StagesMakeNoSense("Each stage has a code of its own; open, won and lost are none.")
    terms = [*(each.within for each in stages.stages), stages.climbs_after, stages.furthest]
    if min(terms) <= timedelta(0):
        raise StagesMakeNoSense("Each term is longer than nothing.")


def evolve(stages: LeadStages | None, change: Change) -> LeadStages:
    """They are as described."""
    match change:
        case StagesDescribed():
            return change.stages
        case DutyRefused():
            assert stages is not None
            return stages


def deadlines(stages: LeadStages) -> Sequence[Deadline]:
    """Stages wait for nothing."""
    del stages
    return ()
