"""Stretches taken at once are those taken one by one."""

import numpy as np

from extractors.claims.stretches import Stretches, hashed

BITS = 18
PARTS = [np.array(part, np.uint64) for part in ([11, 12, 13, 12], [], [21, 22])]
SALT = np.uint64(0xABCDEF)


def places(*codes: int, salt: np.uint64 = SALT) -> set[int]:
    return set(hashed(np.array(codes, np.uint64) ^ salt, BITS).tolist())


def test_each_owner_has_its_stretches_sorted_and_each_place_once() -> None:
    found = Stretches(PARTS)
    found.take(np.array([1, 0]), np.array([0, 2]), SALT)
    found.take(np.array([0, 1]), np.array([0, 1]), np.array([SALT, 5], np.uint64), np.array([2, 0]))
    first, second = (own.tolist() for own in found.places(2, BITS))
    assert first == sorted(places(21, 22, 13, 12))
    assert second == sorted(places(11, 12, 13))


def test_a_stretch_ends_where_its_part_does() -> None:
    found = Stretches(PARTS)
    found.take(np.array([0]), np.array([0]), SALT, np.array([-3]), np.array([1]))
    found.take(np.array([0]), np.array([2]), SALT, np.array([1]), np.array([9]))
    found.take(np.array([0]), np.array([2]), SALT, np.array([2]), np.array([1]))
    assert set(found.places(1, BITS)[0].tolist()) == places(11, 22)


def test_roles_set_the_same_codes_apart() -> None:
    found = Stretches(PARTS)
    found.take(np.array([0, 1]), np.array([2, 2]), np.array([SALT, 1], np.uint64))
    first, second = found.places(2, BITS)
    assert set(first.tolist()).isdisjoint(second.tolist())
