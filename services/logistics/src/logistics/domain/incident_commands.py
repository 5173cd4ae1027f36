"""What may be asked of an incident."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.actor import Actor
from kernel.calendar import NeverOpen, WorkingCalendar
from kernel.money import Money

from logistics.domain.incident import Mark, Sums
from logistics.domain.incident_emergency import AskEmergency, DecideEmergency
from logistics.domain.incident_forgetting import ForgetWords
from logistics.domain.incident_trouble import Source, Trouble
from logistics.domain.ladder import Rung
from logistics.domain.penalty import Owed
from logistics.domain.playbook import Playbook


@dataclass(frozen=True, slots=True)
class Pace:
    """The shop's working time, and how much of it there is for what (R52-R57)."""

    calendar: WorkingCalendar
    first: timedelta = timedelta(hours=4)
    again: timedelta = timedelta(hours=8)
    grace: timedelta = timedelta(minutes=30)

    def due(self, at: datetime, working: timedelta) -> datetime:
        """When so much working time is over; of a shop that never opens, so much time. UTC."""
        try:
            return max(self.calendar.after(at, working), at + timedelta(minutes=1))
        except NeverOpen:
            return at + working


@dataclass(frozen=True, slots=True)
class Heirs:
    """Who has it once it is escalated, and who when nobody else can (R5)."""

    conflict_id: str
    owner_id: str


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """Something went wrong. Asked again: nothing, unless it was closed before. `actor`: a person or a service."""

    incident_id: str
    trouble: Trouble
    kind: str
    playbook: Playbook
    rungs: tuple[Rung, ...]
    owner_id: str
    pace: Pace
    actor: Actor
    at: datetime
    note: str | None = None
    owed: Owed | None = None


@dataclass(frozen=True, slots=True)
class ChangeSource:
    incident_id: str
    source: Source
    reason: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class MarkStep:
    incident_id: str
    code: str
    mark: Mark
    reason: str | None
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class AskCarrier:
    incident_id: str
    text: str
    pace: Pace
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    incident_id: str
    text: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Escalate:
    incident_id: str
    reason: str
    heirs: Heirs
    pace: Pace
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class HandOver:
    """Somebody else answers for it now; `fits`: he may own incidents (R5)."""

    incident_id: str
    to: str
    fits: bool
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class SetMoney:
    """`keeps_penalty`: that it is asked for as far as the terms say is not changed by it."""

    incident_id: str
    sums: Sums
    actor: Actor
    at: datetime
    keeps_penalty: bool = False


@dataclass(frozen=True, slots=True)
class CloseIncident:
    """`deviation` is why steps that are still to do are left out; `most_borne` what one person may give up (R80);
    `let_go` why a penalty is not asked for.
    """

    incident_id: str
    cause: str
    measure: str
    customer_kept: bool
    source: Source
    deviation: str | None
    most_borne: Money
    actor: Actor
    at: datetime
    let_go: str | None = None


@dataclass(frozen=True, slots=True)
class DecideClosing:
    incident_id: str
    agrees: bool
    pace: Pace
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ReopenIncident:
    incident_id: str
    owner_id: str
    reason: str
    pace: Pace
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class LearnStake:
    incident_id: str
    at_stake: Money
    owed: Owed | None


@dataclass(frozen=True, slots=True)
class TakeFromWhoLeft:
    """Its owner may own no incidents any more; whoever has it meanwhile keeps it."""

    incident_id: str
    gone_id: str
    to: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IncidentDeadlinePassed:
    incident_id: str
    name: str
    heirs: Heirs
    pace: Pace
    at: datetime


Worked = ChangeSource | MarkStep | AskCarrier | NoteAnswer | Escalate | HandOver
Onward = Worked | SetMoney | AskEmergency | CloseIncident
ByPerson = Onward | DecideClosing | DecideEmergency | ReopenIncident
Command = OpenIncident | ByPerson | LearnStake | TakeFromWhoLeft | IncidentDeadlinePassed | ForgetWords
