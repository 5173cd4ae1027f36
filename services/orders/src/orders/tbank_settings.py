"""Settings of the acquirer."""

from pathlib import Path

from chassis.settings import Settings, Url
from pydantic import Field, SecretStr


class TBankSettings(Settings):
    """The shop's terminal at T-Bank. Without one, payments are recorded by hand."""

    tbank_terminal: str | None = Field(
        default=None, max_length=20, description="Terminal key at T-Bank's acquiring; none: no payment links."
    )
    tbank_password: SecretStr | None = Field(default=None, description="Password of that terminal.")
    tbank_password_file: Path | None = Field(default=None, description="File that holds the password.")
    tbank_url: Url = Field(
        default="https://securepay.tinkoff.ru/v2",
        description="Address of T-Bank's API; its test one for tests.",
    )
    tbank_webhook_secret: SecretStr | None = Field(
        default=None,
        min_length=24,
        description="Secret last part of the path that T-Bank notifies: `/webhooks/tbank/<secret>`.",
    )
    tbank_webhook_secret_file: Path | None = Field(
        default=None, description="File that holds the secret part of that path."
    )
    tbank_notify_url: Url | None = Field(
        default=None,
        description="Whole address that T-Bank notifies, with the secret; none: as set in its cabinet.",
    )
    tbank_timeout: float = Field(
        default=10.0, gt=0, le=60, description="Seconds to wait for an answer of T-Bank."
    )
