from collections.abc import Mapping
from datetime import datetime
from typing import Any

class VoximplantException(Exception):
    message: str
    code: int

class VoximplantAPI:
    def __init__(self, credentials_file_path: str | None = ..., endpoint: str | None = ...) -> None: ...
    def build_auth_header(self) -> str: ...
    def _form_params(self, args: Mapping[str, Any]) -> dict[str, Any]: ...
    def _perform_request(self, cmd: str, args: Mapping[str, Any]) -> Any: ...
    def get_call_history(
        self,
        from_date: datetime | None = ...,
        to_date: datetime | None = ...,
        *,
        call_session_history_id: int | list[int] | None = ...,
        application_name: str | None = ...,
        remote_number: str | None = ...,
        with_calls: bool | None = ...,
        with_records: bool | None = ...,
        desc_order: bool | None = ...,
        with_total_count: bool | None = ...,
        count: int | None = ...,
        offset: int | None = ...,
    ) -> dict[str, Any]: ...
