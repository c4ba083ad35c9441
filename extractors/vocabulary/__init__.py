"""The names of concepts: folding, ambiguity, hierarchy."""
