"""How answers show themselves in a notebook, and how they become data frames."""
