"""Figures: numbers to accessible SVG and a data table, in pure Python.

Every answer, progress bar and timeline of the fifteen work-plan lines is drawn here, once for the web, the
command line and the documents. A figure is described by a frozen `Spec` and always comes with its table.
"""

from hled.figures.errors import FigureError
from hled.figures.render import render
from hled.figures.specs import (
    BarChart,
    Flag,
    LineChart,
    Point,
    PointMap,
    Progress,
    ProgressRow,
    Series,
    Spec,
    Timeline,
    TimelineMark,
    TimelineRow,
    from_json,
    to_json,
)
from hled.figures.table import FigureTable, table

__all__ = [
    "BarChart",
    "FigureError",
    "FigureTable",
    "Flag",
    "LineChart",
    "Point",
    "PointMap",
    "Progress",
    "ProgressRow",
    "Series",
    "Spec",
    "Timeline",
    "TimelineMark",
    "TimelineRow",
    "from_json",
    "render",
    "table",
    "to_json",
]
