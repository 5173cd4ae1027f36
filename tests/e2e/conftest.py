"""One whole stack for all stories: real servers, and crm, procurement and orders as processes of their own."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))  # what the tests share with the benches lies in `bench`
