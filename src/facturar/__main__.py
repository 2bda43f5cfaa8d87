"""`python -m facturar` is `facturar`."""

from facturar.cli import main

if __name__ == "__main__":  # the processes that make documents import this module, and are not to run it
    main()
