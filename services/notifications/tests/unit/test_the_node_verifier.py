"""The lines of docs/webhooks.md verify what the library signs, in Python and in Node."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook

PAGE = Path(__file__).parents[4] / "docs" / "webhooks.md"
OLD, NEW, BODY = (
    "whsec_b2xkLW9sZC1vbGQ=",
    "whsec_bmV3LW5ldy1uZXc=",
    '{"id": "f-1", "data": {"name": "лампа"}}',
)


@pytest.mark.skipif(shutil.which("node") is None, reason="no Node on this machine")
def test_node_takes_what_either_secret_signed_and_nothing_else(tmp_path: Path) -> None:
    (code,) = re.findall(r"```js\n(.*?)```", PAGE.read_text(), re.DOTALL)
    (tmp_path / "verify.js").write_text(code)
    at = datetime.now(UTC)
    headers = {
        "webhook-id": "d-1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Webhook(each).sign("d-1", at, BODY) for each in (NEW, OLD)),
    }
    asked = """
        const { verify } = require("./verify.js");
        const [secrets, headers, body] = JSON.parse(process.argv[1]);
        console.log(JSON.stringify(secrets.map((each) => {
          try { return verify(each, headers, body).id; } catch (no) { return no.message; }
        })));
    """
    given = json.dumps([[OLD, NEW, "whsec_b3RoZXI="], headers, BODY])
    told = subprocess.run(
        [str(shutil.which("node")), "-e", asked, given],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        text=True,
    )

    assert json.loads(told.stdout) == ["f-1", "f-1", "not signed by the shop"]
    assert Webhook(OLD).verify(BODY, headers)["id"] == "f-1"
