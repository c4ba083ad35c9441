"""Shipped weights, read as package data; MODEL_CARD.md says how they were made."""
