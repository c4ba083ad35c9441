"""The numbers a text states: counts, shares, means, ratios, p values, times and doses, as spans with parsed values."""
