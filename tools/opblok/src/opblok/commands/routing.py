"""`opblok routing`: who would be rung, the rules of plans, and their way back."""

from typing import Annotated, Any

import typer

from opblok.asking import Services
from opblok.saying import as_json, out, say, table

app = typer.Typer(no_args_is_help=True, help="Who an incoming call goes to, and the rules of it.")
ROUTER, RULES = "telephony_router", "/routing-rules"
Json = Annotated[bool, typer.Option("--json", help="The router's whole answer.")]
Number = Annotated[
    int, typer.Argument(min=1, help="The number of the draft, as `opblok routing show` shows it.")
]
To = Annotated[int | None, typer.Option(min=0, help="A version that held before; 0: the rules as shipped.")]


@app.callback()
def group() -> None:
    """Who an incoming call goes to, and the rules of it."""


@app.command()
def rehearse(
    caller: Annotated[str, typer.Argument(help="The caller's number in any spelling; empty: hidden.")] = "",
    *,
    line: Annotated[
        str, typer.Option("--line", help="Which of our numbers; the usual one if not given.")
    ] = "",
    at: Annotated[
        str | None, typer.Option(help="The minute to try, with its zone: 2026-03-02T13:20:00+03:00.")
    ] = None,
    json: Json = False,
) -> None:
    """Show who would ring, one after another, and why; nobody is rung."""
    asked = {"from": caller, "to": line, **({"at": at} if at else {})}
    plan = Services().ask("POST", ROUTER, "/plans:rehearse", json=asked).json()
    if json:
        as_json(plan)
        return
    shown = table(f"caller: {plan['recognition']}", "", "what", "whom", "by", "seconds", "why")
    for number, step in enumerate(plan["steps"], 1):
        whom, by = step["staff_id"] or step["target"], step["by"] or ""
        shown.add_row(str(number), step["kind"], whom, by, str(step["seconds"] or ""), step["reason"]["en"])
    for each in plan["passed_over"]:
        shown.add_row("", "not rung", each["staff_id"], "", "", each["reason"]["en"])
    out.print(shown)


@app.command()
def show(*, json: Json = False) -> None:
    """Show the versions of the rules: which holds, and the draft that waits."""
    book = Services().get(ROUTER, RULES)
    if json:
        as_json(book)
        return
    shown = table("", "version", "by", "approved by", "at", "")
    if draft := book["draft"]:
        seen = draft["changed_calls"]
        says = "draft; `try` it" if seen is None else f"draft; changes {seen} of yesterday's calls"
        shown.add_row(str(draft["number"]), draft["by"], "", draft["at"], says)
    for each in book["versions"]:
        holds = "holds" if each["number"] == book["version"] else ""
        again = f"{each['restores']} again" if each["restores"] is not None else ""
        says = ", ".join(filter(None, (holds, again)))
        shown.add_row(str(each["number"]), each["by"], each["approved_by"], each["at"], says)
    shown.add_row("0", "", "", "", "as shipped" if book["version"] else "as shipped, holds")
    out.print(shown)


@app.command("try")
def try_(number: Number, *, json: Json = False) -> None:
    """Show which of yesterday's calls a draft would have sent otherwise."""
    effect = Services().ask("POST", ROUTER, f"{RULES}/drafts/{number}/effect").json()
    if json:
        as_json(effect)
        return
    say(f"{effect['changed']} of {effect['calls']} calls of yesterday would have gone otherwise.")
    for each in effect["examples"]:
        out.print(f"  {each['call_id']}: {chain(each['before'])}  ->  {chain(each['after'])}", markup=False)


@app.command()
def back(*, to: To = None) -> None:
    """Let the version before hold again, at once; or any other."""
    services = Services()
    services.ask("POST", ROUTER, f"{RULES}/rollback", json={} if to is None else {"to": to})
    book = services.get(ROUTER, RULES)
    newest = next((each for each in book["versions"] if each["number"] == book["version"]), None)
    again = (
        f": those of version {newest['restores']} again" if newest and newest["restores"] is not None else ""
    )
    say(f"Version {book['version']} holds now{again}.")


def chain(steps: list[dict[str, Any]]) -> str:
    """Who is rung, in short."""
    return ", ".join(step["staff_id"] or step["target"] for step in steps)
