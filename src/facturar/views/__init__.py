"""The facts a reader is shown, worked out from the rules. Pure values; how they look is for `documents` and `cli`."""
