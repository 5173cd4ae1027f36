"""A portal of one's own: `python -m tests.fakes.bitrix24 --port 8191 --contacts 1000`."""

import argparse

import uvicorn

from tests.fakes.bitrix24.app import application
from tests.fakes.bitrix24.peopled import peopled
from tests.fakes.bitrix24.subscriptions import Post


def main() -> None:
    """Serve until interrupted; say how to reach it."""
    parser = argparse.ArgumentParser(prog="fake-bitrix24", description=__doc__)
    parser.add_argument("--port", type=int, default=8191)
    parser.add_argument("--contacts", type=int, default=100, help="how many contacts it has")
    parser.add_argument("--lose", type=float, default=0.0, help="share of events that are lost")
    parser.add_argument("--repeat", type=float, default=0.0, help="share of events that come twice")
    told = parser.parse_args()
    portal = peopled(told.contacts, f"http://127.0.0.1:{told.port}")
    tokens = portal.tokens
    print(f"fake Bitrix24 at {portal.site} with {told.contacts} contacts")  # noqa: T201
    print(f"incoming webhook: {portal.site}/rest/{tokens.webhook_user}/{tokens.webhook_secret}/")  # noqa: T201
    print(f"local application: client_id {tokens.client_id}, client_secret {tokens.client_secret}")  # noqa: T201
    print(f"application_token of its events: {portal.application_token}")  # noqa: T201
    post = Post(told.lose, told.repeat)
    uvicorn.run(application(portal, posts=True, post=post), port=told.port, log_level="warning")


if __name__ == "__main__":
    main()
