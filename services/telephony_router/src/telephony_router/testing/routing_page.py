"""docs/routing.md, written from the routing table: `python -m telephony_router.testing.routing_page > docs/routing.md`."""

import sys
from collections.abc import Iterator

import yaml

from telephony_router.domain.reasons import REASONS
from telephony_router.testing.cases import Case, cases, shown

HEAD = """# Who an incoming call goes to

Written from `examples/routing` by `python -m telephony_router.testing.routing_page`; the tests of telephony_router read the same
cases. The people: anna (deputy boris) and boris (deputy vera) sell, vera keeps accounts, oleg takes orders by telephone, kostya is the conflict
manager, lena the logistician, sveta answers for service. It is Monday, 2 March, eleven in Moscow, where nothing else is said; the shop is open from 10 to 18
with lunch from 13 to 14.
"""


def page() -> str:
    """The whole page."""
    return "\n".join((HEAD, *_cases(), *_reasons())) + "\n"


def _cases() -> Iterator[str]:
    file = ""
    for case in cases():
        if case.file != file:
            file = case.file
            yield f"## {file.split('-', 1)[1].replace('-', ' ').capitalize()}\n"
        yield f"### {case.name}\n"
        yield f"```yaml\n{_given(case)}```\n"
        plan = case.found()
        for number, (step, text) in enumerate(
            zip(plan.steps, shown(plan, case.situation.now), strict=True), 1
        ):
            yield f"{number}. {text.rpartition(': ')[0]} - {REASONS[step.reason].en} / {REASONS[step.reason].ru}"
        yield from (f"- not rung: {each.staff_id} - {REASONS[each.reason].en}" for each in plan.passed_over)
        yield ""


def _given(case: Case) -> str:
    given = {key: value for key, value in case.about.items() if key not in ("name", "plan", "passed_over")}
    if not given:
        return "{}\n"
    return yaml.safe_dump(given, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None)


def _reasons() -> Iterator[str]:
    yield "## The reasons\n"
    yield "| word | rule | in Russian | in English |\n| --- | --- | --- | --- |"
    yield from (f"| `{name}` | {it.rule} | {it.ru} | {it.en} |" for name, it in REASONS.items())


if __name__ == "__main__":
    sys.stdout.write(page())
