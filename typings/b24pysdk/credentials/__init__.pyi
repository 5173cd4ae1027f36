class BitrixApp:
    client_id: str
    client_secret: str
    def __init__(self, client_id: str, client_secret: str) -> None: ...

class BitrixToken:
    def __init__(
        self, *, domain: str, auth_token: str, refresh_token: str | None = None, bitrix_app: BitrixApp
    ) -> None: ...

class BitrixWebhook:
    def __init__(self, *, domain: str, webhook_token: str) -> None: ...
