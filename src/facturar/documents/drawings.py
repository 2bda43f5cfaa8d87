"""SVG → shapes: the part of SVG 1.1 that logos are made of, as closed values that a page can draw.

Paths, basic shapes, groups, transforms, `use`, flat colours and opacity, from attributes, `style` and simple style
sheets. What would come out otherwise than meant (text, gradients, masks, filters, clipping, pictures inside) is refused
with its name rather than left out; a clip that cuts nothing, as design programs export it, is none. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from xml.etree import ElementTree

from reportlab.graphics.svgpath import SvgPath
from reportlab.lib.colors import Color, getAllNamedColors, toColor

from facturar.documents.drawing_matrices import IDENTITY, NUMBER, Matrix, times, transform

_RULE = re.compile(r"([^{}]+)\{([^}]*)\}")
_REFUSED = {
    "text": "it has text; turn texts into paths",
    "image": "it has a picture inside",
    "foreignObject": "it has foreign content",
    "linearGradient": "it has gradients",
    "radialGradient": "it has gradients",
    "pattern": "it has patterns",
    "mask": "it has masks",
    "filter": "it has filters",
    "clip-path": "it has parts that are cut by a clip-path; cut the paths themselves",
}
_SILENT = {"defs", "title", "desc", "metadata", "style", "symbol", "clipPath", "namedview", "marker", "script"}
_INHERITED = ("fill", "stroke", "stroke-width", "fill-rule", "stroke-linecap", "stroke-linejoin", "color")
_DEEPEST = 40
_EVEN_ODD, _NON_ZERO = 0, 1  # as ReportLab numbers the ways to fill
_CAPS, _JOINS = {"butt": 0, "round": 1, "square": 2}, {"miter": 0, "round": 1, "bevel": 2}


class DrawingError(ValueError):
    """The file is no SVG that can be drawn as it is meant; the message says why."""


@dataclass(frozen=True)
class Shape:
    """An outline in its own coordinates, where it goes (`matrix`), and how it is filled and stroked."""

    outline: SvgPath
    matrix: Matrix
    fill: Color | None
    stroke: Color | None
    width: float
    cap: int
    join: int


@dataclass(frozen=True)
class Drawing:
    """Shapes in a box of some width and height; y runs downwards."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class _Where:
    """What holds at a spot of the tree: the transform, the style that is inherited, the opacity so far."""

    matrix: Matrix = IDENTITY
    style: Mapping[str, str] = field(default_factory=dict)
    opacity: float = 1.0
    depth: int = 0


@lru_cache(maxsize=4)
def read_drawing(data: bytes) -> Drawing:
    """The drawing of an SVG file. Raises DrawingError."""
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise DrawingError("it is not well-formed XML") from error
    if _tag(root) != "svg":
        raise DrawingError("it is not an SVG")
    left, top, width, height = _box(root)
    try:
        shapes = tuple(_Reader(root).shapes(root, _Where(matrix=(1, 0, 0, 1, -left, -top))))
    except (ValueError, IndexError, TypeError) as error:
        raise (
            error if isinstance(error, DrawingError) else DrawingError("a path or a colour in it is malformed")
        ) from error
    if not shapes:
        raise DrawingError("there is nothing to be seen in it")
    return Drawing(width, height, shapes)


class _Reader:
    """Walks one tree; knows its style sheet and its ids."""

    def __init__(self, root: ElementTree.Element) -> None:
        sheets = " ".join(element.text or "" for element in root.iter() if _tag(element) == "style")
        self._rules = _rules(sheets)
        self._box = _box(root)
        self._ids = {element.get("id"): element for element in root.iter() if element.get("id")}

    def shapes(self, element: ElementTree.Element, where: _Where) -> Iterator[Shape]:
        """The shapes of an element and of those in it, in the order of painting."""
        name = _tag(element)
        style = self._style(element, where)
        if style.get("display") == "none" or name in _SILENT:
            return
        _refuse(name, style)
        here = _Where(
            matrix=times(where.matrix, transform(element.get("transform", ""))),
            style={key: style[key] for key in _INHERITED if key in style},
            opacity=where.opacity * _share(style.get("opacity", "1")),
            depth=where.depth + 1,
        )
        self._refuse_clip(style, here.matrix)
        if here.depth > _DEEPEST:
            raise DrawingError("it is nested too deeply")
        if name == "use":
            yield from self._used(element, here)
        elif outline := _outline(name, element):
            yield from _shape(outline, style, here)
        else:
            for child in element:
                yield from self.shapes(child, here)

    def _refuse_clip(self, style: Mapping[str, str], matrix: Matrix) -> None:
        """Stops at a clip, unless it is a rectangle that leaves all of the drawing."""
        clip = style.get("clip-path", "none").strip()
        if clip == "none":
            return
        meant = self._ids.get(clip.removeprefix("url(").removesuffix(")").strip("\"'").removeprefix("#"))
        left, top, width, height = self._box
        usable = meant is not None and _plain_clip(meant) and matrix == (1, 0, 0, 1, -left, -top)
        for shape in meant if meant is not None and usable else ():
            x, y, across, down = (_number(shape.get(key)) for key in ("x", "y", "width", "height"))
            whole = x <= left and y <= top and x + across >= left + width and y + down >= top + height
            if _tag(shape) == "rect" and whole and not shape.attrib.keys() & {"transform", "rx", "ry", "clip-path"}:
                return
        raise DrawingError(_REFUSED["clip-path"])

    def _used(self, element: ElementTree.Element, here: _Where) -> Iterator[Shape]:
        target = next((value for key, value in element.attrib.items() if key.endswith("href")), "")
        meant = self._ids.get(target.removeprefix("#"))
        if meant is None:
            raise DrawingError(f"it uses '{target}', which is not in it")
        moved = (1.0, 0.0, 0.0, 1.0, _number(element.get("x")), _number(element.get("y")))
        here = replace(here, matrix=times(here.matrix, moved))
        for part in meant if _tag(meant) == "symbol" else (meant,):
            yield from self.shapes(part, here)

    def _style(self, element: ElementTree.Element, where: _Where) -> dict[str, str]:
        """The style of an element: inherited, then its attributes, the style sheet, its `style`."""
        style = {**where.style, **{key: value for key, value in element.attrib.items() if "}" not in key}}
        names = [_tag(element), *(f".{name}" for name in element.get("class", "").split()), f"#{element.get('id')}"]
        for name in names:
            style.update(self._rules.get(name, {}))
        return {**style, **_declarations(element.get("style", ""))}


def _refuse(name: str, style: Mapping[str, str]) -> None:
    """Stops at what would come out otherwise than meant."""
    if name in _REFUSED:
        raise DrawingError(_REFUSED[name])
    for key in ("mask", "filter"):
        if style.get(key, "none") != "none":
            raise DrawingError(_REFUSED[key])


def _plain_clip(clip: ElementTree.Element) -> bool:
    """Whether an element is a clip in the drawing's own units."""
    units = clip.get("clipPathUnits", "userSpaceOnUse")
    return (
        _tag(clip) == "clipPath" and units == "userSpaceOnUse" and not clip.attrib.keys() & {"transform", "clip-path"}
    )


def _shape(outline: str, style: Mapping[str, str], here: _Where) -> Iterator[Shape]:
    fill = _colour(style, "fill", "black", here.opacity)
    stroke = _colour(style, "stroke", "none", here.opacity)
    mode = _EVEN_ODD if style.get("fill-rule") == "evenodd" else _NON_ZERO
    if fill or stroke:
        width = _number(style.get("stroke-width"), 1.0)
        cap, join = _CAPS.get(style.get("stroke-linecap", ""), 0), _JOINS.get(style.get("stroke-linejoin", ""), 0)
        yield Shape(SvgPath(outline, fillMode=mode), here.matrix, fill, stroke, width, cap, join)


def _colour(style: Mapping[str, str], key: str, usual: str, opacity: float) -> Color | None:
    text = style.get(key, usual).strip()
    if text.lower() in ("none", "transparent"):
        return None
    if text.startswith("url("):
        raise DrawingError(_REFUSED["linearGradient"])
    if text == "currentColor":
        text = style.get("color", "black")
    if re.fullmatch(r"#[0-9a-fA-F]{3}", text):
        text = "#" + "".join(2 * digit for digit in text[1:])
    colour = getAllNamedColors().get(text.lower()) or toColor(text)
    alpha = opacity * _share(style.get(f"{key}-opacity", "1"))
    return Color(colour.red, colour.green, colour.blue, alpha)


def _outline(name: str, element: ElementTree.Element) -> str:
    """A shape as path data; empty for what is no shape."""
    get = {key: _number(value) for key, value in element.attrib.items() if NUMBER.match(value.strip())}
    match name:
        case "path":
            return element.get("d", "").strip()
        case "rect":
            return _rectangle(get)
        case "circle":
            return _ellipse(get.get("cx", 0), get.get("cy", 0), get.get("r", 0), get.get("r", 0))
        case "ellipse":
            return _ellipse(get.get("cx", 0), get.get("cy", 0), get.get("rx", 0), get.get("ry", 0))
        case "line":
            return f"M{get.get('x1', 0)} {get.get('y1', 0)} L{get.get('x2', 0)} {get.get('y2', 0)}"
        case "polygon" | "polyline":
            return f"M{' '.join(NUMBER.findall(element.get('points', '')))}{' Z' if name == 'polygon' else ''}"
        case _:
            return ""


def _rectangle(get: Mapping[str, float]) -> str:
    x, y, width, height = (get.get(key, 0.0) for key in ("x", "y", "width", "height"))
    rx = min(get.get("rx", get.get("ry", 0.0)), width / 2)
    ry = min(get.get("ry", rx), height / 2)
    if not rx or not ry:
        return f"M{x} {y} h{width} v{height} h{-width} Z"
    along, down = width - 2 * rx, height - 2 * ry
    return (
        f"M{x + rx} {y} h{along} a{rx} {ry} 0 0 1 {rx} {ry} v{down} a{rx} {ry} 0 0 1 {-rx} {ry}"
        f" h{-along} a{rx} {ry} 0 0 1 {-rx} {-ry} v{-down} a{rx} {ry} 0 0 1 {rx} {-ry} Z"
    )


def _ellipse(cx: float, cy: float, rx: float, ry: float) -> str:
    if not rx or not ry:
        return ""
    return f"M{cx - rx} {cy} a{rx} {ry} 0 1 0 {2 * rx} 0 a{rx} {ry} 0 1 0 {-2 * rx} 0 Z"


def _box(root: ElementTree.Element) -> tuple[float, float, float, float]:
    """The part of the plane that is shown: `viewBox`, or else width and height."""
    numbers = [float(number) for number in NUMBER.findall(root.get("viewBox", ""))]
    box = numbers if len(numbers) == 4 else [0.0, 0.0, _number(root.get("width")), _number(root.get("height"))]
    if box[2] <= 0 or box[3] <= 0:
        raise DrawingError("it has no size: neither viewBox nor width and height")
    return box[0], box[1], box[2], box[3]


def _rules(sheet: str) -> dict[str, dict[str, str]]:
    """The rules of a style sheet by element, `.class` or `#id`."""
    rules: dict[str, dict[str, str]] = {}
    for selectors, body in _RULE.findall(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        for selector in selectors.split(","):
            rules.setdefault(selector.strip(), {}).update(_declarations(body))
    return rules


def _declarations(text: str) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in text.split(";") if ":" in part)
    return {key.strip(): value.replace("!important", "").strip() for key, value in pairs}


def _number(text: str | None, usual: float = 0.0) -> float:
    match = NUMBER.match((text or "").strip())
    return float(match[0]) if match else usual


def _share(text: str) -> float:
    number = _number(text, 1.0)
    return number / 100 if text.strip().endswith("%") else number


def _tag(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]
