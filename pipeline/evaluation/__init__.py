"""How good the extractors are, measured against gold standards; the rules are those of the gold guidelines."""
