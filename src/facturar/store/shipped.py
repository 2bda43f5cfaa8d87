"""The folders that facturar ships beside its code: templates and examples."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import facturar


def shipped(name: Literal["templates", "examples"]) -> Path:
    """The folder of that name: inside the package once installed, at the top of a checkout otherwise."""
    package = Path(facturar.__file__).parent
    inside, checkout = package / name, package.parent.parent / name
    return inside if inside.is_dir() else checkout
