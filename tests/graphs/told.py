"""A small store with something for every question: claims of both sides, a course, a harm, a retraction."""

from __future__ import annotations

from graphs.assembly import assemble
from graphs.store import Store
from tests.graphs.fieldnotes import CONCEPTS, Notes

RETRACTED_PUBLICATION = (("D016441", "Retracted Publication"),)


def tell(store: Store, *, second: int = 2) -> None:
    """Put three articles into a store and assemble them; `second` is the PMID of the dissenting one."""
    store.put_concepts(CONCEPTS)
    Notes(1, n=12).says("RTX cures vasculitis.", "RTX", "treats", "vasculitis", effect="effective").says(
        "RTX raises BAFF.", "RTX", "increases", "BAFF"
    ).says("Belimumab targets BAFF.", "Belimumab", "targets", "BAFF").treated(
        "After RTX, belimumab helped 2 of 3 with vasculitis.", "belimumab", condition="vasculitis", prior=("RTX",),
        reason="refractory", patients=3, responders=2, outcome="improved",
    ).into(store)  # fmt: skip
    Notes(second).says("RTX fails in vasculitis.", "RTX", "treats", "vasculitis", effect="ineffective").says(
        "RTX left ESSDAI alone.", "RTX", "affects_outcome", "ESSDAI", effect="no_difference"
    ).says("RTX gave an infusion reaction.", "RTX", "causes_adverse_event", "infusion reaction").says(
        "BAFF predicts lymphoma.", "BAFF", "predicts", "lymphoma", effect="positive"
    ).says("RTX with belimumab.", "RTX", "combined_with", "belimumab").into(store)
    Notes(3, publication_types=RETRACTED_PUBLICATION).says(
        "RTX heals vasculitis.", "RTX", "treats", "vasculitis", effect="effective"
    ).into(store)
    assemble(store)
