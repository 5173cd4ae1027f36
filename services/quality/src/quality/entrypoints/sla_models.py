"""Service levels, as they are asked for and shown."""

from datetime import date, datetime

from chassis.http.fields import Line, Words
from pydantic import AwareDatetime, BaseModel, Field

from quality.application.declaring import Compliance
from quality.domain.flags import flags
from quality.domain.sla import Draft, Milestone, Sla, Term
from quality.entrypoints.models import Asked

A_YEAR = 366 * 24 * 60


class TermIn(Asked):
    """In working time of the shop, or by the clock."""

    minutes: int = Field(ge=1, le=A_YEAR)
    working: bool


class VersionIn(Asked):
    """`seen` is the newest version you had before you, 0 for none."""

    title: Line
    starts: Milestone | None = None
    stops: Milestone | None = None
    term: TermIn | None = None
    target: int | None = Field(default=None, ge=1, le=100, description="Percent to be kept.")
    valid_from: AwareDatetime
    review_on: date
    note: Words = ""
    seen: int = Field(ge=0, le=1_000_000)

    def draft(self) -> Draft:
        """In the domain's words."""
        term = Term(self.term.minutes, self.term.working) if self.term else None
        return Draft(
            self.title,
            self.starts,
            self.stops,
            term,
            self.target,
            self.valid_from,
            self.review_on,
            self.note,
        )


class VersionOut(BaseModel):
    number: int
    title: str
    starts: Milestone | None
    stops: Milestone | None
    minutes: int | None
    working: bool | None
    target: int | None
    valid_from: datetime
    review_on: date
    note: str
    by: str
    at: datetime
    read_by: list[str]
    flags: list[str] = Field(description="`no_metric`, `no_target`, `review_due` (R13, R92).")


class SlaOut(BaseModel):
    sla_id: str
    in_force: int | None
    versions: list[VersionOut]


class ComplianceOut(BaseModel):
    """Real values against the declared (R91)."""

    kept: int
    broken: int
    running: int
    percent: int | None
    median_minutes: int | None = Field(description="How long it really took, of the newest 200 (R94).")


def sla_out(sla: Sla, at: datetime) -> SlaOut:
    """As shown to everybody concerned."""
    now = sla.in_force(at)
    versions = [
        VersionOut(
            number=each.number,
            title=each.draft.title,
            starts=each.draft.starts,
            stops=each.draft.stops,
            minutes=each.draft.term.minutes if each.draft.term else None,
            working=each.draft.term.working if each.draft.term else None,
            target=each.draft.target,
            valid_from=each.draft.valid_from,
            review_on=each.draft.review_on,
            note=each.draft.note,
            by=each.by,
            at=each.at,
            read_by=list(each.read_by),
            flags=list(flags(each.draft, at.date())),
        )
        for each in sla.versions
    ]
    return SlaOut(sla_id=sla.sla_id, in_force=now.number if now else None, versions=versions)


def compliance_out(found: Compliance) -> ComplianceOut:
    """As shown."""
    took = found.median
    return ComplianceOut(
        kept=found.kept,
        broken=found.broken,
        running=found.running,
        percent=found.share,
        median_minutes=None if took is None else round(took.total_seconds() / 60),
    )
