"""Settings of the bridge to Bitrix24. None given: crm's own registry is the only one."""

from pathlib import Path
from urllib.parse import urlsplit

from chassis.settings import ServiceSettings, SettingsProblem, secret
from pydantic import Field, SecretStr

REMEDY = "See services/crm/README.md, Bitrix24."


class Bitrix24Settings(ServiceSettings):
    """Either an application (both ways) or an incoming webhook (read only)."""

    bitrix24_url: str | None = Field(
        default=None, description="The portal, as https://shop.bitrix24.ru. Not given: no bridge to Bitrix24."
    )
    bitrix24_client_id: str | None = Field(default=None, description="client_id of the local application.")
    bitrix24_client_secret: SecretStr | None = Field(
        default=None, description="client_secret of the local application."
    )
    bitrix24_client_secret_file: Path | None = Field(
        default=None, description="File that holds the client_secret."
    )
    bitrix24_oauth_url: str = Field(
        default="https://oauth.bitrix24.tech",
        description="The portal's OAuth server; portals outside of Russia have https://oauth.bitrix.info.",
    )
    bitrix24_webhook: SecretStr | None = Field(
        default=None, description="user/secret of an incoming webhook, instead of an application: reads only."
    )
    bitrix24_webhook_file: Path | None = Field(
        default=None, description="File that holds user/secret of the incoming webhook."
    )
    bitrix24_application_token: SecretStr | None = Field(
        default=None,
        description="application_token of an outgoing webhook set up by hand; an application brings its own.",
    )
    bitrix24_application_token_file: Path | None = Field(
        default=None, description="File that holds that application_token."
    )
    bitrix24_handler_url: str | None = Field(
        default=None,
        description="crm's /webhooks/bitrix24 as the portal reaches it; events are subscribed to with it.",
    )
    bitrix24_shop_id: str = Field(default="main", description="The shop whose customers the contacts are.")
    bitrix24_changed_every_minutes: int = Field(
        default=10, ge=1, description="Minutes between passes over what changed, since events get lost."
    )
    bitrix24_whole_every_hours: int = Field(
        default=24, ge=1, description="Hours between passes over all contacts, that find what was deleted."
    )
    bitrix24_presence_every_seconds: int = Field(
        default=30,
        ge=0,
        le=3600,
        description="Seconds between looks at the working days kept in the portal (permission timeman). 0: none is looked at.",
    )

    bitrix24_technical_user: int | None = Field(
        default=None,
        ge=1,
        description="Number of the portal's user in whose name calls stand whose person the portal does not know.",
    )

    @property
    def bitrix24_writes(self) -> bool:
        """An application is given, so changes go back."""
        return self.bitrix24_client_id is not None

    def bitrix24_secret(self, name: str) -> str | None:
        """One of the secrets, from its setting or its file; None when neither is given."""
        given, file = getattr(self, f"bitrix24_{name}"), getattr(self, f"bitrix24_{name}_file")
        return (
            secret(given, file, f"OPBLOK_BITRIX24_{name.upper()}", remedy=REMEDY) if given or file else None
        )

    def check_bitrix24(self) -> None:
        """Raise `SettingsProblem` for what can't work."""
        url = urlsplit(self.bitrix24_url or "")
        if url.scheme not in ("https", "http") or not url.netloc or url.path.strip("/"):
            raise SettingsProblem(f"OPBLOK_BITRIX24_URL is an address without a path. {REMEDY}")
        if url.scheme == "http" and url.hostname not in ("127.0.0.1", "localhost"):
            raise SettingsProblem(f"OPBLOK_BITRIX24_URL is https: tokens are sent there. {REMEDY}")
        webhook = self.bitrix24_secret("webhook") is not None
        if webhook == self.bitrix24_writes:
            raise SettingsProblem(
                f"OPBLOK_BITRIX24_URL needs either OPBLOK_BITRIX24_CLIENT_ID or OPBLOK_BITRIX24_WEBHOOK. {REMEDY}"
            )
