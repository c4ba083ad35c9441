"""Hypothesis looks at the same cases every time: a red build says that something changed."""

from hypothesis import settings

settings.register_profile("sicca", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("sicca")
