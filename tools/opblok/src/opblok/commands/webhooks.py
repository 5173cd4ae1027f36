"""`opblok webhooks`: who gets the facts by HTTP, and what became of each."""

from typing import Annotated, Any
from uuid import uuid4

import typer

from opblok.asking import Services
from opblok.commands import webhook_log
from opblok.commands.webhook_log import DELIVERIES, ENDPOINTS, HOOKS, Endpoint, Json, drawn, settled
from opblok.commands.webhook_replaying import replay, span
from opblok.saying import as_json, err, give_up, out, say, table

app = typer.Typer(no_args_is_help=True, help="Facts by webhook: endpoints and their deliveries.")

Shop = Annotated[str, typer.Option("--shop", help="The shop whose endpoints are meant.")]
Email = Annotated[
    str | None, typer.Option(help="Who is told when it fails for a day, and when it is disabled.")
]
Language = Annotated[str | None, typer.Option(help="The language he is written to in: ru, en.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@app.callback()
def group() -> None:
    """Facts by webhook: endpoints and their deliveries."""


@app.command("list")
def list_(*, shop: Shop = "main", json: Json = False) -> None:
    """List a shop's webhook endpoints. Exit code 3 when one fails, or was disabled because it failed."""
    found = webhook_log.everything(Services(), ENDPOINTS, shop_id=shop)
    if json:
        as_json(found)
    elif found:
        shown = table("", "id", "state", "types", "to", "signs with", "since")
        for each in found:
            types, secrets = ", ".join(each["types"]), f"{each['secrets']} secret(s)"
            shown.add_row(each["endpoint_id"], fares(each), types, each["url"], secrets, each["created_at"])
        out.print(shown)
    else:
        say("Nobody is subscribed; `opblok webhooks subscribe URL TYPE ...` does it.")
    if any(each["failing_since"] or each["why"] in {"failing", "gone"} for each in found):
        raise SystemExit(3)


def fares(endpoint: dict[str, Any]) -> str:
    """Its state, and why it is no better."""
    if endpoint["state"] == "disabled":
        return {"asked": "paused"}.get(endpoint["why"], f"disabled ({endpoint['why']})")
    since = endpoint["failing_since"]
    return f"failing since {since}" if since else "working"


@app.command()
def subscribe(
    url: Annotated[str, typer.Argument(help="Where to: https, port 443 or 8443.")],
    types: Annotated[
        list[str], typer.Argument(help="Which facts: '*', 'order.*', order.created or order.created.v1.")
    ],
    *,
    shop: Shop = "main",
    email: Email = None,
    language: Language = None,
    key: Annotated[
        str | None, typer.Option(help="The same key again subscribes once; without one each time anew.")
    ] = None,
    json: Json = False,
) -> None:
    """Subscribe an address to facts told from now on. The secret that signs them is shown this once."""
    wanted = {"shop_id": shop, "url": url, "types": types, "email": email, "language": language}
    body = {name: value for name, value in wanted.items() if value is not None}
    headers = {"Idempotency-Key": key or uuid4().hex}
    opened = Services().ask("POST", HOOKS, ENDPOINTS, json=body, headers=headers).json()
    secret(opened, json=json)


@app.command()
def change(
    endpoint: Endpoint,
    *,
    url: Annotated[str | None, typer.Option(help="Another address; what waits goes there.")] = None,
    types: Annotated[
        list[str] | None, typer.Option("--type", help="Other facts; may be given several times.")
    ] = None,
    email: Email = None,
    language: Language = None,
) -> None:
    """Change an endpoint; what is not named stays as it is."""
    services = Services()
    path = f"{ENDPOINTS}/{endpoint}"
    known = services.get(HOOKS, path)
    asked = {"url": url, "types": types, "email": email, "language": language}
    services.ask("PUT", HOOKS, path, json={n: v if v is not None else known[n] for n, v in asked.items()})
    say(f"{endpoint} is changed.")


@app.command()
def pause(endpoint: Endpoint) -> None:
    """Send nothing; what is told meanwhile is kept as failed, for a replay."""
    Services().ask("POST", HOOKS, f"{ENDPOINTS}/{endpoint}:disable")
    say(f"Nothing is sent to {endpoint}; `opblok webhooks resume {endpoint}` and then `replay` bring it all.")


@app.command()
def resume(endpoint: Endpoint) -> None:
    """Send again, also after it was disabled because it failed; what was missed is replayed by hand."""
    Services().ask("POST", HOOKS, f"{ENDPOINTS}/{endpoint}:enable")
    say(f"{endpoint} is sent to; `opblok webhooks replay {endpoint} --since 2d` brings what was missed.")


@app.command()
def cancel(endpoint: Endpoint, *, yes: Yes = False) -> None:
    """End an endpoint for good; its secrets are forgotten."""
    if not (yes or typer.confirm(f"End {endpoint} for good", err=True)):
        give_up("it goes on as it was.", code=1)
    Services().ask("DELETE", HOOKS, f"{ENDPOINTS}/{endpoint}")
    say(f"{endpoint} is ended.")


@app.command()
def rotate(
    endpoint: Endpoint,
    *,
    keep_old: Annotated[
        str, typer.Option(help="So long the secrets before sign as well; 0s: they leaked, end them now.")
    ] = "1d",
    json: Json = False,
) -> None:
    """Make a new secret, shown this once. Those before sign beside it for a while."""
    body = {"keep_old": span(keep_old).total_seconds()}
    secret(Services().ask("POST", HOOKS, f"{ENDPOINTS}/{endpoint}:rotate", json=body).json(), json=json)


def secret(made: dict[str, Any], *, json: bool) -> None:
    """The only time that it is seen."""
    if json:
        as_json(made)
    elif made["secret"] is None:
        say(
            f"{made['endpoint_id']} was made with this key before; its secret was shown then. Lost: `opblok webhooks rotate`."
        )
    else:
        say(f"{made['endpoint_id']}")
        say(f"secret: {made['secret']}")
        err.print("Keep it now: it is not shown again.")


@app.command("test")
def trial(endpoint: Endpoint, *, json: Json = False) -> None:
    """Send a `webhook.test.v1` and tell what came of it. Exit code 3 when it did not arrive."""
    services = Services()
    sent = services.ask("POST", HOOKS, f"{ENDPOINTS}/{endpoint}:test").json()
    found = settled(services, f"{DELIVERIES}/{sent['id']}")
    if json:
        as_json(found)
    else:
        drawn(found)
    raise SystemExit(0 if found["state"] == "delivered" else 3)


for each in (webhook_log.deliveries, webhook_log.delivery, replay):
    app.command()(each)
