"""The one kind of error that the command line prints as a line instead of a traceback."""


class SiccaError(Exception):
    """Something the user can mend: says what is wrong, in which file, PMID or key, and what to do."""


class InputError(SiccaError):
    """A file or document that cannot be read as what it should be."""


class ConfigError(SiccaError):
    """A setting that is missing, unknown or of the wrong kind."""
