"""Seeded recipes that made the shipped weights; never imported at run time."""
