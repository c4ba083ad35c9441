"""From PubMed or a file to articles."""
