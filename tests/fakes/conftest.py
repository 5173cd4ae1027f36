"""Fakes of the outside world are imported as `tests.fakes.<name>`, from the root of the checkout."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))
