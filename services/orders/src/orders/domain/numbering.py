"""The number people say over the phone: ten letters and digits that can't be mistaken for each other."""

import hashlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
HALF = 5
LIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def number_of(order_id: str, draw: int = 0) -> str:
    """The number of an order, `7KQ29-MX4PC`, derived from its id. Two ids may have the same one, once in 2^50: the
    one that comes second draws again.
    """
    told = f"{order_id}#{draw}" if draw else order_id
    bits = int.from_bytes(hashlib.sha256(told.encode()).digest()[:8]) >> 14
    letters = "".join(ALPHABET[(bits >> shift) & 31] for shift in range(0, 50, 5))
    return f"{letters[:HALF]}-{letters[HALF:]}"


def read_number(spoken: str) -> str:
    """A number as somebody typed it: small letters, no gap, O for 0."""
    letters = spoken.upper().replace("-", "").replace(" ", "").translate(LIKE)
    return f"{letters[:HALF]}-{letters[HALF:]}"
