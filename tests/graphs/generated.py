"""Generated stores: hubs, hierarchies and chance, as the benchmarks' store in small."""

from __future__ import annotations

from benchmarks.synthetic_store import World, put_article
from graphs.assembly import assemble
from graphs.store import Store


def generate(store: Store, *, concepts: int = 300, articles: int = 80, seed: int = 3) -> None:
    """Put generated articles into a store and assemble them; the first of each type has a seventh of it below it."""
    world = World(concepts, seed)
    store.put_concepts(concept for found in world.concepts.values() for concept in found)
    for number in range(articles):
        put_article(store, world, number + 1)
    assemble(store)
