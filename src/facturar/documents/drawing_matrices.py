"""The transforms of an SVG as matrices: (a, b, c, d, e, f) brings (x, y) to (ax + cy + e, bx + dy + f)."""

from __future__ import annotations

import re
from math import cos, radians, sin, tan

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^)]*)\)")


def transform(text: str) -> Matrix:
    """The matrix of a `transform` attribute; its steps are done from the last to the first."""
    matrix = IDENTITY
    for kind, inside in _TRANSFORM.findall(text):
        matrix = times(matrix, _step(kind, [float(number) for number in NUMBER.findall(inside)]))
    return matrix


def _step(kind: str, given: list[float]) -> Matrix:
    match kind:
        case "matrix":
            a, b, c, d, e, f = given
            return a, b, c, d, e, f
        case "translate":
            return 1, 0, 0, 1, given[0], given[1] if len(given) > 1 else 0
        case "scale":
            return given[0], 0, 0, given[-1], 0, 0
        case "rotate":
            turn = radians(given[0])
            x, y = given[1:] or (0.0, 0.0)
            turned = (cos(turn), sin(turn), -sin(turn), cos(turn), 0.0, 0.0)
            return times(times((1, 0, 0, 1, x, y), turned), (1, 0, 0, 1, -x, -y))
        case "skewX":
            return 1, 0, tan(radians(given[0])), 1, 0, 0
        case _:
            return 1, tan(radians(given[0])), 0, 1, 0, 0


def times(one: Matrix, other: Matrix) -> Matrix:
    """The matrix that does the other first."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f
