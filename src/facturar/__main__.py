"""`python -m facturar` is `facturar`."""

from facturar.cli import main

main()
