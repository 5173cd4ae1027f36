"""What rings here is imported as `tests.deploy.<name>`, from the root of the checkout."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))

from tests.deploy.house import House, housed  # noqa: E402
from tests.deploy.kubernetes_files import OVERLAYS, Manifest, copied, rendered  # noqa: E402
from tests.deploy.sip import KAMAILIO, SIPP  # noqa: E402


@pytest.fixture(scope="session")
def overlays(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Manifest]]:
    """As they would be sent; whoever changes one changes a copy."""
    files = copied(tmp_path_factory.mktemp("k8s"))
    return {name: rendered(files / "overlays" / name) for name in OVERLAYS}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """With a router that does not answer yet."""
    if not (KAMAILIO and SIPP):
        pytest.skip("kamailio or sipp is not installed (tools/debian_packages.sh telephony)")
    async with housed(tmp_path) as house:
        yield house
