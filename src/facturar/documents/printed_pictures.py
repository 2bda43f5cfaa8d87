"""Pictures on paper: a logo or a signature, as large as its box allows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.platypus import Flowable, Image

from facturar.documents.drawings import Drawing, Shape, read_drawing
from facturar.documents.pictures import is_drawing


def picture(path: Path, box: tuple[float, float]) -> Flowable:
    """A picture that fits a box of some width and height in points, at its left."""
    if is_drawing(path):
        return PrintedDrawing(read_drawing(path.read_bytes()), box)
    image = Image(str(path))
    image.hAlign = "LEFT"
    scale = min(box[0] / image.imageWidth, box[1] / image.imageHeight)
    image.drawWidth, image.drawHeight = image.imageWidth * scale, image.imageHeight * scale
    return image


class PrintedDrawing(Flowable):
    """A drawing, sharp at any size."""

    def __init__(self, drawing: Drawing, box: tuple[float, float]) -> None:
        super().__init__()
        self.hAlign = "LEFT"
        self._drawing = drawing
        self._scale = min(box[0] / drawing.width, box[1] / drawing.height)

    def wrap(self, *_: float) -> tuple[float, float]:
        """The room that it takes, in points."""
        self.width, self.height = self._drawing.width * self._scale, self._drawing.height * self._scale
        return self.width, self.height

    def draw(self) -> None:
        """Each shape, cut at the drawing's edge."""
        canvas = self.canv
        canvas.saveState()
        edge = canvas.beginPath()
        edge.rect(0, 0, self.width, self.height)
        canvas.clipPath(edge, stroke=0, fill=0)
        canvas.transform(self._scale, 0, 0, -self._scale, 0, self.height)
        for shape in self._drawing.shapes:
            canvas.saveState()
            canvas.transform(*shape.matrix)
            _paint(shape, canvas)
            canvas.restoreState()
        canvas.restoreState()


def _paint(shape: Shape, canvas: Any) -> None:
    if shape.fill:
        canvas.setFillColor(shape.fill)
    if shape.stroke:
        canvas.setStrokeColor(shape.stroke)
        canvas.setLineWidth(shape.width)
        canvas.setLineCap(shape.cap)
        canvas.setLineJoin(shape.join)
    path = canvas.beginPath()
    steps = ((path.moveTo, 2), (path.lineTo, 2), (path.curveTo, 6), (path.close, 0))  # by ReportLab's operators
    points = iter(shape.outline.points)
    for operator in shape.outline.operators:
        step, length = steps[int(operator)]
        step(*(next(points) for _ in range(length)))
    canvas.drawPath(
        path, stroke=int(shape.stroke is not None), fill=int(shape.fill is not None), fillMode=shape.outline.fillMode
    )
