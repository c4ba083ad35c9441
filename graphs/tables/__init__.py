"""Evidence tables: what researchers take away, with the quote and the PMID beside every row."""
