"""Mention extractors, one file a method."""
