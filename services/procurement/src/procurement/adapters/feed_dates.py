"""A feed's own date as feeds write it."""

from datetime import datetime
from zoneinfo import ZoneInfo


def dated(text: str, local: ZoneInfo) -> datetime | None:
    """RFC 3339, or the older form without a zone, which is local time; None when the feed does not tell, or nobody can read it."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=local)
