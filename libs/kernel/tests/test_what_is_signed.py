"""What a party signs with a shared secret: the same bytes that any other program computes."""

from kernel.signature import signed_with

RAW = b'{"call_id":"v-1"}'


def test_it_is_what_openssl_says() -> None:
    said = "4e1c18c4c8241037ca4b863cad5903b7cf312eb445779a97558c2830e5fce4fe"  # openssl dgst -sha256 -hmac a-secret

    assert signed_with("a-secret", "1764072000.5", RAW) == f"sha256={said}"


def test_another_moment_body_or_secret_is_another_signature() -> None:
    signed = {
        signed_with("a-secret", "1", RAW),
        signed_with("a-secret", "2", RAW),
        signed_with("a-secret", "1", RAW + b" "),
        signed_with("another", "1", RAW),
    }

    assert len(signed) == 4
