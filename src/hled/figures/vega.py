"""Line and bar charts as Vega-Lite, a download for who wants to redraw them with other tools.

It is offered beside the CSV of each figure of the work plan; pages never load it.
"""

from hled.figures.errors import UnknownKindError, message
from hled.figures.specs import BarChart, LineChart, Spec
from hled.language import Language

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_FORMATS = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d"}


def vega_lite(spec: Spec, language: Language) -> dict[str, object]:
    """Return a Vega-Lite 5 specification with its data inside; values are JSON numbers or null.

    Raises:
        UnknownKindError: `spec` is neither a line nor a bar chart.
    """
    if isinstance(spec, LineChart):
        return _line(spec, language)
    if isinstance(spec, BarChart):
        return _bars(spec, language)
    raise UnknownKindError(
        message(
            "Only line and bar charts have a Vega-Lite form.",
            "Sólo las gráficas de líneas y de barras tienen forma Vega-Lite.",
        )
    )


def _head(spec: LineChart | BarChart, language: Language, places: list[str]) -> dict[str, object]:
    rows = [
        {"x": place, "series": series.label.text(language), "value": None if value is None else float(value)}
        for series in spec.series
        for place, value in zip(places, series.values, strict=True)
    ]
    return {
        "$schema": SCHEMA,
        "title": spec.title.text(language),
        "description": spec.finding.text(language),
        "width": "container",
        "data": {"values": rows},
    }


def _line(spec: LineChart, language: Language) -> dict[str, object]:
    form = _FORMATS[len(spec.x[0])] if spec.x else "%Y"
    time = {
        "field": "x",
        "type": "temporal",
        "timeUnit": "utcyearmonthdate",
        "title": spec.x_label.text(language),
    }
    return {
        **_head(spec, language, list(spec.x)),
        "mark": {"type": "line", "invalid": "break-paths-show-domains"},
        "encoding": {
            "x": {**time, "axis": {"format": form}, "scale": {"type": "utc"}},
            "y": {"field": "value", "type": "quantitative", "title": spec.unit.text(language)},
            "color": {"field": "series", "type": "nominal", "title": None},
            "strokeDash": {"field": "series", "type": "nominal", "title": None},
        },
    }


def _bars(spec: BarChart, language: Language) -> dict[str, object]:
    value = {
        "field": "value",
        "type": "quantitative",
        "title": spec.unit.text(language),
        "stack": "zero" if spec.mode == "stacked" else None,
    }
    encoding: dict[str, object] = {
        "y": {"field": "x", "type": "nominal", "sort": None, "title": spec.x_label.text(language)},
        "x": value,
        "color": {"field": "series", "type": "nominal", "title": None},
    }
    if spec.mode == "grouped":
        encoding["yOffset"] = {"field": "series", "type": "nominal"}
    places = [label.text(language) for label in spec.categories]
    return {**_head(spec, language, places), "mark": "bar", "encoding": encoding}
