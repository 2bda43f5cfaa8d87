"""Pure functions over the model, one rule in one place, its law or reason in its docstring. No I/O, no clock."""
