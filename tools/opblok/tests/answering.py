"""A small server that answers as the services would."""

import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Answers = dict[tuple[str, str], tuple[int, dict[str, Any]]]
"""Status and body by method and path; what is not there is 404."""

Tell = Callable[[str, str, bytes], Any]
"""What is answered to a method, a path and a body, where it changes with what was asked before; or `Refused`."""


@dataclass(frozen=True)
class Refused:
    status: int
    said: dict[str, Any]


Asked = tuple[str, str, str, bytes]
"""Method, path, authorization, body."""


class Answering(BaseHTTPRequestHandler):
    asked: list[Asked]
    answers: Answers
    tell: Tell | None = None

    def do_GET(self) -> None:
        self.answer("GET")

    def do_POST(self) -> None:
        self.answer("POST")

    def do_PUT(self) -> None:
        self.answer("PUT")

    def do_DELETE(self) -> None:
        self.answer("DELETE")

    def answer(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        type(self).asked.append((method, self.path, self.headers.get("Authorization", ""), body))
        status, said = self.answers.get((method, self.path), (404, {"title": "not-found"}))
        if tell := type(self).tell:
            told = tell(method, self.path, body)
            status, said = (told.status, told.said) if isinstance(told, Refused) else (200, told)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the library's own name)
        """Tests are quiet."""


@contextmanager
def serving(answers: Answers, asked: list[Asked], tell: Tell | None = None) -> Generator[str]:
    """The address of a server that answers so, and notes what it was asked."""
    told = staticmethod(tell) if tell else None
    handler = type("Handler", (Answering,), {"asked": asked, "answers": answers, "tell": told})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
