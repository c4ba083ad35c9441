"""From an article to what it says: mentions, claims, courses, study. Imports neither graphs nor pipeline."""
