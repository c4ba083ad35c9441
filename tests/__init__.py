"""Behaviour, shown; the shared parts are packages below."""
