"""Digests that tell parts apart, and fingerprints that say what changed."""

from hypothesis import given
from hypothesis import strategies as st

from leaflets.digest import Fingerprint, digest_bytes, digest_parts

PARTS = st.lists(st.text() | st.binary(), max_size=5)


def test_a_digest_is_sha_256() -> None:
    """As `sha256sum` says of no bytes."""
    assert digest_bytes(b"").startswith("e3b0c44298fc1c149afbf4c8996fb924")


def test_parts_are_framed() -> None:
    """Where one part ends and the next begins counts."""
    assert digest_parts(("ab", "c")) != digest_parts(("a", "bc"))
    assert digest_parts(("ab", "")) != digest_parts(("ab",))
    assert digest_parts(("ä",)) == digest_parts(("ä".encode(),))


@given(PARTS, PARTS)
def test_other_parts_have_other_digests(one: list[str], other: list[str]) -> None:
    """Texts count as their bytes."""

    def data(parts: list[str]) -> list[bytes]:
        return [part.encode() if isinstance(part, str) else part for part in parts]

    same = data(one) == data(other)
    assert (digest_parts(one) == digest_parts(other)) == same


def test_a_fingerprint_names_what_changed() -> None:
    """In its own order; parts that one of the two lacks count as changed."""
    before = Fingerprint((("page", "1"), ("fonts", "2"), ("old", "3")))
    after = Fingerprint((("page", "9"), ("fonts", "2"), ("new", "4")))
    assert after.changed_since(before) == ("page", "new", "old")
    assert after.changed_since(after) == ()
    assert after.digest != before.digest
