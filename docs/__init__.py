"""The manual; `docs/manual` holds the code that makes parts of it."""
