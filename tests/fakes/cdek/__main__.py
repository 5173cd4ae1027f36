"""A CDEK of one's own: `python -m tests.fakes.cdek --port 8192`."""

import argparse

import uvicorn

from tests.fakes.cdek.app import application
from tests.fakes.cdek.desk import Desk
from tests.fakes.cdek.hooks import Post


def main() -> None:
    """Serve until interrupted; say how to reach it."""
    parser = argparse.ArgumentParser(prog="fake-cdek", description=__doc__)
    parser.add_argument("--port", type=int, default=8192)
    parser.add_argument(
        "--takes", type=float, default=1.0, help="seconds until an order is validated, a form made"
    )
    parser.add_argument("--lose", type=float, default=0.0, help="share of webhooks that are lost")
    parser.add_argument("--repeat", type=float, default=0.0, help="share of webhooks that come twice")
    parser.add_argument("--shuffle", action="store_true", help="webhooks come in any order")
    told = parser.parse_args()
    desk = Desk(f"http://127.0.0.1:{told.port}", takes=told.takes)
    desk.printer.takes = told.takes
    print(f"fake CDEK at {desk.site}/v2")  # noqa: T201
    print(f"account: {desk.tokens.account}, password: {desk.tokens.password}")  # noqa: T201
    post = Post(told.lose, told.repeat, told.shuffle)
    uvicorn.run(application(desk, posts=True, post=post), port=told.port, log_level="warning")


if __name__ == "__main__":
    main()
