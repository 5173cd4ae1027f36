"""From a change to the facts told of it: the one place where the two meet. No word of a customer's is in any."""

from collections.abc import Sequence
from datetime import date

from chassis.duties_told import duty_refused
from contracts.fact import Fact
from kernel.refused_duty import DutyRefused

from contracts import quality as told
from quality.domain import benchmarks as b
from quality.domain import changes as c
from quality.domain import digest as d
from quality.domain import measuring as m
from quality.domain import scripting as w
from quality.domain import sla as s
from quality.domain import timing as t
from quality.domain.call import Answered, Asking, Call
from quality.domain.changes import Change


def announce(change: Change, call: Call) -> Sequence[Fact]:
    """That it is due, was answered, or alarms; and who tried what was not his to do."""
    asking = call.asking
    about = _call(asking)
    match change, call:
        case c.CallDue(), _:
            return [told.QualityCallDueV1(call=about, channel=asking.channel.value)]
        case c.OwnerAlerted(), _:
            return [told.QualityCallOverdueV1(call=about, at=change.at)]
        case c.CustomerAnswered(), Answered():
            said = change.answers
            answered = told.QualityAnsweredV1(
                call=about, in_order=said.in_order, content=said.content, nps=said.nps, by=change.by
            )
            alarm = told.QualityAlarmV1(call=about, reasons=change.reasons)
            return [answered, alarm] if change.reasons else [answered]
        case DutyRefused(), _:
            return [duty_refused(change, "quality_call", asking.call_id, asking.order_id)]
        case _:
            return []


def announce_measure(change: m.Measured, measure: m.Measure) -> Sequence[Fact]:
    """The figures of a day, always with the number of answers (R85)."""
    if not isinstance(change, m.DayTold):
        return []
    place, figures = measure.place, change.figures
    return [
        told.NpsMeasuredV1(
            shop_id=place.shop_id,
            day=date.fromisoformat(place.day),
            of=place.of.value,
            of_id=place.of_id,
            answers=figures.answers,
            promoters=figures.promoters,
            neutral=figures.neutral,
            critics=figures.critics,
            score=figures.score,
        )
    ]


def announce_sla(change: s.SlaChange, sla: s.Sla) -> Sequence[Fact]:
    """Only an attempt that was somebody else's duty is told."""
    return [duty_refused(change, "sla", sla.sla_id)] if isinstance(change, DutyRefused) else []


def announce_benchmark(change: b.BenchmarkChange, _: b.Benchmarks) -> Sequence[Fact]:
    """The same here."""
    return [duty_refused(change, "benchmarks", b.TABLE)] if isinstance(change, DutyRefused) else []


def announce_digest(change: d.DigestChange, digest: d.Digest) -> Sequence[Fact]:
    """And here."""
    key = d.key_of(digest.shop_id, digest.week)
    return [duty_refused(change, "digest", key)] if isinstance(change, DutyRefused) else []


def announce_script(change: w.ScriptChange, script: w.Script) -> Sequence[Fact]:
    """And here."""
    return [duty_refused(change, "script", script.language)] if isinstance(change, DutyRefused) else []


def announce_timer(change: t.TimerChange, timer: t.Timer) -> Sequence[Fact]:
    """A declared term was not kept (R91)."""
    if not isinstance(change, t.TermBroken) or timer.running is None:
        return []
    return [
        told.SlaBreachedV1(
            breach_id=timer.key,
            sla_id=timer.sla_id,
            version=timer.running.version,
            thing_id=timer.order_id,
            order_id=timer.order_id,
            due_at=timer.running.due_at,
            at=change.at,
        )
    ]


def _call(asking: Asking) -> told.QualityCallV1:
    return told.QualityCallV1(
        call_id=asking.call_id,
        order_id=asking.order_id,
        shop_id=asking.shop_id,
        customer_id=asking.customer_id,
        carrier_id=asking.carrier_id,
        responsible_id=asking.responsible_id,
        due_at=asking.due_at,
    )
