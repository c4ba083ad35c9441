"""Claim extractors, one file a method."""
