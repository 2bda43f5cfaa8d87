"""The logo of a book: a picture inside its folder, or an error that says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, UnidentifiedImageError

from facturar.model.settings import Look
from facturar.problems import FacturarError

_HINT = "put a PNG or JPEG into the book's folder and name it under look: logo: in facturar.yaml"


def logo_path(look: Look, folder: Path) -> Path | None:
    """Where the look's logo is; None when it has none. Raises FacturarError when it cannot be printed."""
    if look.logo is None:
        return None
    path = folder / look.logo
    if not path.resolve().is_relative_to(folder.resolve()):
        raise FacturarError(f"the logo {look.logo} is outside the book", _HINT)
    if not path.is_file():
        raise FacturarError(f"there is no logo {look.logo}", _HINT)
    try:
        with Image.open(path) as picture:
            kind = picture.format
    except (UnidentifiedImageError, OSError) as error:
        raise FacturarError(f"the logo {look.logo} is not a picture that can be read", _HINT) from error
    if kind not in ("PNG", "JPEG"):
        raise FacturarError(f"the logo {look.logo} is of the kind {kind}", _HINT)
    return path
