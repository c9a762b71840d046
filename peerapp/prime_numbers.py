"""Where do the two primes of a round's key come from? From OpenSSL, loaded when a round is opened (later.py)."""

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key


def two(exponent: int, bits: int) -> tuple[int, int]:
    """The primes of a fresh RSA key of so many bits."""
    numbers = generate_private_key(exponent, bits).private_numbers()
    return numbers.p, numbers.q
