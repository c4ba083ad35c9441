"""The explorer: a run's graph as pages in a browser, and the same questions as JSON."""
