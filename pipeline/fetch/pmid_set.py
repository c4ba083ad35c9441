"""A set of PMIDs that stays small when all of PubMed goes through it."""

from __future__ import annotations

#: PMIDs of one block: all of PubMed (40 million) takes about 11 MB, 30,000 PMIDs far apart 9 MB.
BLOCK = 1 << 10


class PmidSet:
    """Says whether a PMID came before; a bitmap in blocks, where a set of ints would take gigabytes."""

    def __init__(self) -> None:
        self._blocks: dict[int, bytearray] = {}

    def add(self, pmid: int) -> bool:
        """Add a PMID; returns False where it is in the set already."""
        block, place = divmod(pmid, BLOCK)
        bits = self._blocks.get(block)
        if bits is None:
            bits = self._blocks[block] = bytearray(BLOCK // 8)
        byte, bit = place >> 3, 1 << (place & 7)
        if bits[byte] & bit:
            return False
        bits[byte] |= bit
        return True

    def __contains__(self, pmid: int) -> bool:
        block, place = divmod(pmid, BLOCK)
        bits = self._blocks.get(block)
        return bits is not None and bool(bits[place >> 3] & 1 << (place & 7))
