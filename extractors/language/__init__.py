"""Tokens, sentences and abbreviations of an abstract."""
