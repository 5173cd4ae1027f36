from typing import Any, Self

class RenewedOAuth:
    @classmethod
    def from_dict(cls, renewed_oauth: dict[str, Any]) -> Self: ...
