"""Registration numbers of trials and reviews, as the text or the record's databank list has them."""

from __future__ import annotations

import re

from extractors.records import Article

#: The registries' own patterns (WHO ICTRP primary registries, ClinicalTrials.gov, EudraCT, CTIS, PROSPERO).
NUMBERS = re.compile(
    r"\bNCT ?\d{8}\b|\bISRCTN ?\d{8}\b"
    r"|\b(?:EudraCT|EUCTR)\W{0,3}(?:[Nn]umber|[Nn]o\.?|#)?\W{0,3}(\d{4}-\d{6}-\d{2})\b|\b20\d\d-\d{6}-\d{2}(?:-\d{2})?\b"
    r"|\bUMIN ?\d{9}\b|\bjRCTs?\d{9,10}\b|\bJapicCTI-?\d{6}\b|\bACTRN ?\d{14}p?\b|\bChiCTR-?[A-Z]{0,3}-?\d{8,12}\b"
    r"|\bDRKS ?\d{8}\b|\bNTR ?\d{3,5}\b|\bCTRI/\d{4}/\d{2,3}/\d{6}\b|\bIRCT ?\d{8,20}N?\d*\b"
    r"|\bKCT ?\d{7}\b|\bPACTR ?\d{15,16}\b|\bTCTR ?\d{11}\b|\bRBR-?[0-9a-z]{6,8}\b|\bCRD ?\d{11}\b"
)


def find_registrations(article: Article) -> tuple[str, ...]:
    """Return the registration numbers, those of the text first, each once and without blanks."""
    stated = [match.group(1) or match.group() for match in NUMBERS.finditer(article.text)]
    listed = [number for _, number in article.accessions if NUMBERS.fullmatch(number)]
    return tuple(dict.fromkeys("".join(number.split()) for number in (*stated, *listed)))
