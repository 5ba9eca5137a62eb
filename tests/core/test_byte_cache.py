"""The cache never holds more than it may, and keeps what was used last."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cnnviz_gui.core.byte_cache import ByteCache


def test_what_was_not_used_for_longest_is_forgotten_first() -> None:
    cache: ByteCache[bytes] = ByteCache(10, len)
    for key in "abc":
        cache.put(key, key.encode() * 3)
    assert cache.get("a") == b"aaa"
    cache.put("d", b"dddd")
    assert cache.get("b") is None
    assert [cache.get(key) for key in "acd"] == [b"aaa", b"ccc", b"dddd"]


def test_a_value_that_is_too_large_is_not_kept_and_forgets_only_its_own_key() -> None:
    cache: ByteCache[bytes] = ByteCache(10, len)
    cache.put("a", b"aaa")
    cache.put("b", b"bbb")
    cache.put("b", b"b" * 11)
    assert cache.get("a") == b"aaa"
    assert cache.get("b") is None


def test_the_newest_value_is_kept_alone_where_it_is_too_large() -> None:
    cache: ByteCache[bytes] = ByteCache(10, len, keeps_newest=True)
    cache.put("a", b"aaa")
    cache.put("b", b"b" * 11)
    assert (cache.get("a"), cache.get("b"), cache.bytes) == (None, b"b" * 11, 11)
    cache.put("c", b"ccc")
    assert (cache.get("b"), cache.get("c"), cache.bytes) == (None, b"ccc", 3)
    cache.keep_to(2)
    assert (cache.get("c"), cache.bytes) == (b"ccc", 3)


def test_keys_that_match_are_forgotten() -> None:
    cache: ByteCache[bytes] = ByteCache(10, len)
    cache.put(("a", 1), b"aaa")
    cache.put(("b", 1), b"bbb")
    cache.forget(lambda key: isinstance(key, tuple) and key[0] == "a")
    assert cache.get(("a", 1)) is None
    assert cache.get(("b", 1)) == b"bbb"
    assert cache.bytes == 3


def test_a_smaller_limit_forgets_what_was_not_used_for_longest() -> None:
    cache: ByteCache[bytes] = ByteCache(10, len)
    for key in "abc":
        cache.put(key, key.encode() * 3)
    cache.keep_to(4)
    assert (cache.get("c"), cache.bytes) == (b"ccc", 3)
    cache.put("d", b"d" * 5)
    assert cache.get("d") is None


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 12))))
def test_the_bytes_are_those_of_the_values_and_never_too_many(puts: list[tuple[int, int]]) -> None:
    cache: ByteCache[bytes] = ByteCache(20, len)
    last = {}
    for key, size in puts:
        cache.put(key, bytes(size))
        last[key] = size
        kept = {key: value for key in range(6) if (value := cache.get(key)) is not None}
        assert cache.bytes == sum(map(len, kept.values())) <= 20
        assert all(len(value) == last[key] for key, value in kept.items())
