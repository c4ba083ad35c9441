"""Let `python -m pipeline` do what `sicca` does."""

from pipeline.cli.main import main

main()
