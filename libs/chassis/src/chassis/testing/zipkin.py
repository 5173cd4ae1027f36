"""A Zipkin that only listens: what was told to it, as JSON."""

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Zipkin:
    """On a free port of this machine."""

    url: str = ""
    spans: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    @classmethod
    @contextmanager
    def listening(cls) -> "Generator[Zipkin]":
        zipkin = cls()

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                zipkin.spans += json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(202)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (as http.server calls it)
                """Quiet."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
            zipkin.url = f"http://127.0.0.1:{server.server_port}/api/v2/spans"
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            yield zipkin
            server.shutdown()
            thread.join(5.0)
