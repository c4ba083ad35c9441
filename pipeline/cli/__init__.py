"""Arguments in, library calls, one-line errors out; one file a command group."""
