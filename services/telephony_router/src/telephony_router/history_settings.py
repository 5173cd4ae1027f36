"""Settings of what is brought back from Voximplant's call history."""

from pathlib import Path

from chassis.settings import ServiceSettings
from pydantic import Field


class HistorySettings(ServiceSettings):
    """Where the history is, and how often it is compared with our calls."""

    voximplant_credentials_file: Path | None = Field(
        default=None,
        description="Key file of a Voximplant service account: lost reports are brought back from the call history. None: off.",
    )
    voximplant_api_url: str = Field(
        default="https://api.voximplant.com",
        pattern=r"^https?://[^/\s]+$",
        description="Voximplant's Management API.",
    )
    voximplant_application: str | None = Field(
        default=None,
        description="Full name of the application of our scenario; None: the account has no other that is rung.",
    )
    voximplant_compare_every: float = Field(
        default=600.0, ge=10, le=86400, description="Seconds between two looks at the call history."
    )
    voximplant_overlap: float = Field(
        default=6.0, gt=0, le=168, description="Hours that each look goes back beyond the last one."
    )
