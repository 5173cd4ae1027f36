"""`python -m chassis.probe`: exit code 0 when the service on this machine's OPBLOK_PORT is ready.

For containers' health checks: it imports nothing else, so that asking every ten seconds costs little.
"""

import os
import sys
import urllib.request

WITHIN = 4.0


def is_ready(port: str) -> bool:
    url = f"http://127.0.0.1:{port}/health/ready"
    try:
        with urllib.request.urlopen(url, timeout=WITHIN) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(0 if is_ready(os.environ.get("OPBLOK_PORT", "8100")) else 1)
