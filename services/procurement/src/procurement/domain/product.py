"""Which offers are the same goods. One pure function; a person's own word is laid over it (`laying_over`).

1. A barcode that is a valid, worldwide GTIN: `gtin-` and its 14 digits.
2. Else the vendor and his own code of the article.
3. Else the vendor and the model (the vendor's name at the model's beginning counts once).
4. Else nobody but the supplier can say what it is: his id and his code, never the same as anybody else's.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

GTIN_LENGTHS = (8, 12, 13, 14)
LONGEST = 120
LATIN = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya"
CYRILLIC = dict(
    zip("абвгдеёжзийклмнопрстуфхцчшщыэюя", LATIN.split(), strict=True),
    ъ="",
    ь="",
)


def product_id(
    supplier_id: str,
    code: str,
    *,
    barcodes: tuple[str, ...] = (),
    vendor: str = "",
    vendor_code: str = "",
    model: str = "",
) -> str:
    """The name under which offers of several suppliers meet."""
    for barcode in barcodes:
        if is_worldwide_gtin(barcode):
            return f"gtin-{barcode.zfill(14)}"
    maker = slug(vendor)
    for name in (slug(vendor_code), without_maker(slug(model), maker)):
        if maker and name:
            return fitting(f"{maker}-{name}")
    return f"{supplier_id}:{faithful(code)}"


def is_worldwide_gtin(barcode: str) -> bool:
    """Right length, right check digit, and not of the numbers that each shop gives out for itself."""
    if not (barcode.isascii() and barcode.isdigit()) or len(barcode) not in GTIN_LENGTHS:
        return False
    digits = [int(digit) for digit in reversed(barcode)]
    if not any(digits) or sum(digits[0::2]) % 10 != -3 * sum(digits[1::2]) % 10:
        return False
    if len(barcode) == 8:  # noqa: PLR2004 - GTIN-8
        return barcode[0] not in "02"
    return not re.match(r"2|02|04", barcode.zfill(14)[1:])


@lru_cache(maxsize=8192)
def slug(text: str) -> str:
    """Lower-case Latin letters and digits, joined by hyphens. Remembered, since a feed has few vendors."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(CYRILLIC.get(letter, letter) for letter in plain)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def without_maker(model: str, maker: str) -> str:
    """The model's name without the vendor's at its beginning."""
    return model.removeprefix(f"{maker}-") if maker else model


def fitting(name: str) -> str:
    """Long names are cut, and told apart by a digest."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 9]}-{_digest(name)}"


def faithful(code: str) -> str:
    """A code as a slug; where that loses something, told apart by a digest."""
    plain = slug(code)
    return fitting(plain if plain == code else f"{plain}-{_digest(code)}".lstrip("-"))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
