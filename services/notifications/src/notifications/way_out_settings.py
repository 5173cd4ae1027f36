"""Settings of the ways out: the SMS gateway, and mail."""

from pathlib import Path
from typing import Literal

from chassis.settings import Settings
from pydantic import Field, SecretStr


class SmsSettings(Settings):
    """The SMS gateway."""

    sms_gateway: Literal["mailbox", "smsc", "smsru"] = Field(
        default="mailbox", description="Who takes SMS; `mailbox` is a folder, for development."
    )
    sms_sender: str | None = Field(default=None, description="Sender's name, as agreed with the gateway.")
    sms_timeout: float = Field(default=10.0, gt=0, le=60, description="Seconds to wait for the gateway.")
    sms_callback_secret: SecretStr | None = Field(
        default=None,
        description="Last part of the address that the gateway calls back; without one no call is taken.",
    )
    sms_callback_secret_file: Path | None = Field(
        default=None, description="File that holds the secret of the callback's address."
    )
    smsc_url: str = Field(default="https://smsc.ru", description="Address of smsc.ru.")
    smsc_login: str = Field(
        default="", description="Login at smsc.ru; none with an API key in OPBLOK_SMSC_PASSWORD."
    )
    smsc_password: SecretStr | None = Field(default=None, description="Password or API key at smsc.ru.")
    smsc_password_file: Path | None = Field(default=None, description="File that holds it.")
    smsru_url: str = Field(default="https://sms.ru", description="Address of sms.ru.")
    smsru_api_id: SecretStr | None = Field(default=None, description="`api_id` at sms.ru.")
    smsru_api_id_file: Path | None = Field(default=None, description="File that holds it.")
    smsru_test: bool = Field(default=False, description="sms.ru answers as always and sends nothing.")


class MailSettings(Settings):
    """The way out for e-mail."""

    mail: Literal["mailbox", "smtp"] = Field(
        default="mailbox", description="Who takes e-mail; `mailbox` is a folder, for development."
    )
    mail_from: str = Field(default="shop@localhost", description="Sender of e-mails, `Name <address>`.")
    smtp_host: str = Field(default="localhost", description="SMTP server.")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port.")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the connection to it is encrypted."
    )
    smtp_ca_file: Path | None = Field(
        default=None, description="Certificate that vouches for it; else the system's."
    )
    smtp_user: str | None = Field(default=None, description="User at it.")
    smtp_password: SecretStr | None = Field(default=None, description="Password at it.")
    smtp_password_file: Path | None = Field(default=None, description="File that holds it.")
    smtp_timeout: float = Field(default=20.0, gt=0, le=60, description="Seconds to wait for it.")
