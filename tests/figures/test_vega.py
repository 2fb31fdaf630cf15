"""Line and bar charts leave as Vega-Lite with the same values; other figures say that they do not."""

import json

import pytest

from hled.figures import FigureError, vega_lite
from tests.figures.samples import bar_chart, line_chart, timeline


def test_a_line_chart_keeps_values_gaps_and_language() -> None:
    made = vega_lite(line_chart(), "es")
    rows = json.loads(json.dumps(made, allow_nan=False))["data"]["values"]
    assert len(rows) == 8
    assert {"x": "2019", "series": "Laredo (es)", "value": 2364681.0} in rows
    assert {"x": "2020", "series": "Laredo (es)", "value": None} in rows
    assert made["title"] == "Camiones en Laredo"
    assert made["encoding"]["y"]["title"] == "camiones"


def test_bars_keep_their_order_and_mode() -> None:
    made = vega_lite(bar_chart(), "en")
    assert made["mark"] == "bar"
    assert made["encoding"]["y"]["sort"] is None
    assert made["encoding"]["yOffset"] == {"field": "series", "type": "nominal"}
    assert "yOffset" not in vega_lite(bar_chart(mode="stacked", series=()), "en")["encoding"]


def test_a_timeline_has_no_such_form() -> None:
    with pytest.raises(FigureError, match="Only line and bar charts"):
        vega_lite(timeline(), "en")
