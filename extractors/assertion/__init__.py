"""How a sentence says what it says: denied or not, fact, conjecture or aim, and which way the effect went."""
