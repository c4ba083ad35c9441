"""The explorer's addresses, a file for each page."""
