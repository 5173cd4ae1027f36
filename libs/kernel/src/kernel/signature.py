"""What a party signs for another with the secret that both have."""

import hashlib
import hmac

PREFIX = "sha256="


def signed_with(secret: str, stamp: str, raw: bytes) -> str:
    """`sha256=` and the hex HMAC-SHA256 of `<time stamp>.<raw body>`, as providers of telephony sign a webhook to us; the stamp is
    seconds since 1970, fractions allowed.
    """
    return PREFIX + hmac.new(secret.encode(), stamp.encode() + b"." + raw, hashlib.sha256).hexdigest()
