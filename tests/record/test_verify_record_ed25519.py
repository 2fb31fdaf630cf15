"""The pure-Python Ed25519 of the single-file verifier: RFC 8032, and nothing that is not in it."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from hled.record import verify_record
from hled.record.verify_record import ed25519_holds

# RFC 8032, 7.1: tests 1, 2, 3 and SHA(abc).
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").hexdigest(),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
            "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        ),
    ),
]
# The points of order 1, 2, 4 and 8, each in its canonical spelling.
SMALL_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
]


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_it_accepts_the_vectors_of_the_rfc(public, message, signature):
    public, message, signature = map(bytes.fromhex, (public, message, signature))
    assert ed25519_holds(public, message, signature)
    assert not ed25519_holds(public, message + b"\0", signature)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=99), st.integers(0, 511))
def test_it_accepts_honest_signatures_and_no_changed_bit(seed, message, bit):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert ed25519_holds(public, message, signature)
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8
    assert not ed25519_holds(public, message, bytes(changed))


def test_it_refuses_a_second_spelling_of_s():
    public, message, signature = map(bytes.fromhex, RFC_8032[2])
    s = int.from_bytes(signature[32:], "little") + verify_record.ORDER
    assert not ed25519_holds(public, message, signature[:32] + s.to_bytes(32, "little"))


@pytest.mark.parametrize("point", SMALL_ORDER)
def test_it_refuses_keys_for_which_anybody_can_sign(point):
    key = bytes.fromhex(point)
    assert verify_record.decode(key)  # a point of the curve, yet no key
    for message in (b"%d" % n for n in range(9)):  # some of them hold where keys of small order pass
        assert not ed25519_holds(key, message, bytes.fromhex(SMALL_ORDER[0]) + bytes(32))


@pytest.mark.parametrize("y", [verify_record.P, verify_record.P + 1, 2**255 - 1, 2, 1 + 2**255])
def test_it_reads_no_point_twice_and_none_beside_the_curve(y):
    assert verify_record.decode(y.to_bytes(32, "little")) is None


@pytest.mark.parametrize("size", [0, 1, 31, 33, 63, 65, 128])
def test_it_refuses_other_lengths(size):
    public, message, signature = map(bytes.fromhex, RFC_8032[0])
    assert not ed25519_holds(public, message, (signature * 2)[:size])
    assert not ed25519_holds((public * 4)[:size], message, signature)
