"""The rules of plans over HTTP."""

from datetime import datetime, time, timedelta
from typing import Annotated

from chassis.http.fields import Count
from kernel.phone import NotAPhone, Phone
from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema

from telephony_router.application.revising import Effect
from telephony_router.domain.rule_book import Draft, RuleBook, Version
from telephony_router.domain.situation import Rules
from telephony_router.entrypoints.plan_models import StepOut, plan_out
from telephony_router.entrypoints.wired import In

SHOWN = 50
Seconds = Annotated[int, Field(ge=3, le=120)]


def _number(raw: str | None) -> str | None:
    try:
        return Phone.parse(raw).e164 if raw else None
    except NotAPhone:
        raise ValueError("not a phone number") from None


def _local(moment: time) -> time:
    if moment.tzinfo is not None:
        raise ValueError("hours are local time, without an offset")
    return moment


LocalTime = Annotated[
    time,
    AfterValidator(_local),
    WithJsonSchema({"type": "string", "pattern": r"^\d\d:\d\d(:\d\d)?$", "examples": ["13:00"]}),
]
"""JSON Schema's own format `time` has an offset, which local time has not."""


class HoursIn(In):
    """Local time of the shop; may run over midnight."""

    begins: LocalTime
    ends: LocalTime


class RulesIn(In):
    """Whole rules; what is not given is as shipped."""

    conflict_seconds: Seconds = 15
    owner_seconds: Seconds = 15
    mobile_seconds: Seconds = 15
    deputy_seconds: Seconds = 10
    duty_seconds: Seconds = 10
    lane_seconds: Seconds = 15
    call_centre_seconds: Seconds = 30
    ring_budget: int = Field(
        50, ge=5, le=55, description="Seconds a caller may wait before he hears something."
    )
    most_on_duty: int = Field(2, ge=0, le=10)
    most_in_lane: int = Field(2, ge=1, le=10)
    most_owners: int = Field(2, ge=1, le=5)
    call_centre: Annotated[str | None, Field(max_length=60), AfterValidator(_number)] = None
    call_centre_when_closed: bool = False
    phone_hours: HoursIn | None = Field(None, description="Only then the telephone is answered (R113).")
    conflict_manager_first: bool = True
    callback_within_minutes: int = Field(
        60, ge=5, le=2880, description="Working minutes after he is back (R106)."
    )

    def rules(self) -> Rules:
        """In the domain's words."""
        given = self.model_dump(exclude={"phone_hours", "callback_within_minutes"})
        hours = (self.phone_hours.begins, self.phone_hours.ends) if self.phone_hours else None
        return Rules(
            **given, phone_hours=hours, callback_within=timedelta(minutes=self.callback_within_minutes)
        )


class RollBackIn(In):
    to: Count | None = Field(
        None, description="A version that held; the one before if not given, 0: as shipped."
    )


class VersionOut(BaseModel):
    number: int
    by: str
    approved_by: str
    at: datetime
    restores: int | None
    rules: RulesIn


class DraftOut(BaseModel):
    number: int
    by: str
    at: datetime
    changed_calls: int | None = Field(description="None: nobody has looked at its effect yet.")
    rules: RulesIn


class RuleBookOut(BaseModel):
    """`version` holds now; 0 are the rules as shipped."""

    shop_id: str
    version: int
    rules: RulesIn
    draft: DraftOut | None
    versions: list[VersionOut]


class DifferenceOut(BaseModel):
    call_id: str
    before: list[StepOut]
    after: list[StepOut]


class EffectOut(BaseModel):
    """Of yesterday's calls, how many would have gone otherwise; the first fifty of them."""

    calls: int
    changed: int
    examples: list[DifferenceOut]


def rules_out(rules: Rules) -> RulesIn:
    """Rules as they were given."""
    names = set(RulesIn.model_fields) - {"phone_hours", "callback_within_minutes"}
    hours = rules.phone_hours
    return RulesIn(
        **{name: getattr(rules, name) for name in names},
        phone_hours=HoursIn(begins=hours[0], ends=hours[1]) if hours else None,
        callback_within_minutes=int(rules.callback_within.total_seconds() // 60),
    )


def book_out(book: RuleBook) -> RuleBookOut:
    """The book as shown."""
    return RuleBookOut(
        shop_id=book.shop_id,
        version=book.rules.version,
        rules=rules_out(book.rules),
        draft=_draft(book.draft) if book.draft else None,
        versions=[_version(each) for each in reversed(book.versions)],
    )


def effect_out(effect: Effect) -> EffectOut:
    """The effect as shown."""
    return EffectOut(
        calls=effect.calls,
        changed=len(effect.differences),
        examples=[
            DifferenceOut(
                call_id=each.call_id, before=plan_out(each.before).steps, after=plan_out(each.after).steps
            )
            for each in effect.differences[:SHOWN]
        ],
    )


def _draft(draft: Draft) -> DraftOut:
    return DraftOut(
        number=draft.rules.version, by=draft.by, at=draft.at, changed_calls=draft.changed_calls,
        rules=rules_out(draft.rules),
    )  # fmt: skip


def _version(version: Version) -> VersionOut:
    return VersionOut(
        number=version.rules.version, by=version.by, approved_by=version.approved_by, at=version.at,
        restores=version.restores, rules=rules_out(version.rules),
    )  # fmt: skip
