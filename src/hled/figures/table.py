"""Every figure as a table of words and numbers: the accessible twin of the drawing.

Who cannot see a drawing, prints it or distrusts it reads the same data here; missing values are said in
words and known defects are listed. It serves the figures of every work-plan line.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hled.figures import words
from hled.figures.digits import capital, grouped
from hled.figures.specs import BarChart, LineChart, PointMap, Progress, Series, Spec, Timeline, TimelineMark
from hled.language import Language, PartialDate


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The data of a figure in one language: `rows` are as long as `columns`; `notes` are full sentences."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def table(spec: Spec, language: Language) -> FigureTable:
    """Return the data of `spec` as a table in `language`; an empty figure gives no rows and says so."""
    if isinstance(spec, LineChart):
        made = _line_chart(spec, language)
    elif isinstance(spec, BarChart):
        made = _bar_chart(spec, language)
    elif isinstance(spec, Timeline):
        made = _timeline(spec, language)
    elif isinstance(spec, Progress):
        made = _progress(spec, language)
    else:
        made = _point_map(spec, language)
    if made.rows:
        return made
    return FigureTable(made.caption, made.columns, (), (*made.notes, words.NO_DATA_FIGURE.text(language)))


def _line_chart(spec: LineChart, language: Language) -> FigureTable:
    columns = [capital(spec.x_label.text(language)), *(line.label.text(language) for line in spec.series)]
    rows = [
        [PartialDate(x).text(language), *(_cell(line.values[place], language) for line in spec.series)]
        for place, x in enumerate(spec.x)
        if spec.series
    ]
    notes = _missing(spec.series, language)
    if spec.flags:
        columns.append(words.NOTE.text(language))
        for row, x in zip(rows, spec.x, strict=True):
            row.append(" ".join(f"[{n}]" for n, flag in enumerate(spec.flags, 1) if flag.x == x))
        labels = {line.key: line.label.text(language) for line in spec.series}
        notes += [
            f"[{n}] {labels[flag.series]}, {PartialDate(flag.x).text(language)}: {flag.note.text(language)}"
            for n, flag in enumerate(spec.flags, 1)
        ]
    return _made(_with_unit(spec, language), columns, rows, notes)


def _bar_chart(spec: BarChart, language: Language) -> FigureTable:
    columns = [capital(spec.x_label.text(language)), *(bars.label.text(language) for bars in spec.series)]
    rows = [
        [label.text(language), *(_cell(bars.values[place], language) for bars in spec.series)]
        for place, label in enumerate(spec.categories)
        if spec.series
    ]
    return _made(_with_unit(spec, language), columns, rows, _missing(spec.series, language))


def _timeline(spec: Timeline, language: Language) -> FigureTable:
    kinds = {kind: label.text(language) for kind, label in spec.legend}
    rows: list[list[str]] = []
    for row in spec.rows:
        subject = row.label.text(language)
        rows += [
            [subject, when(mark, language), kinds[mark.kind], mark.label.text(language)] for mark in row.marks
        ]
        if not row.marks:
            rows.append([subject, words.NO_DATE.text(language), "–", "–"])
    columns = [word.text(language) for word in (words.SUBJECT, words.DATE, words.KIND, words.WHAT)]
    return _made(spec.title.text(language), columns, rows, [])


def when(mark: TimelineMark, language: Language) -> str:
    """Write the date or period of a mark at the precision of its source."""
    start = PartialDate(mark.start).text(language)
    return start if mark.end is None else f"{start} – {PartialDate(mark.end).text(language)}"


def _progress(spec: Progress, language: Language) -> FigureTable:
    total = words.TOTAL.text(language)
    columns = [words.GROUP.text(language), *(label.text(language) for _, label in spec.legend), total]
    rows = []
    for row in spec.rows:
        counts = dict(row.segments)
        numbers = [*(counts.get(kind, 0) for kind, _ in spec.legend), sum(counts.values())]
        rows.append([row.label.text(language), *(f"{number:,}" for number in numbers)])
    return _made(spec.title.text(language), columns, rows, [])


def _point_map(spec: PointMap, language: Language) -> FigureTable:
    unit = capital(spec.unit.text(language))
    columns = [
        words.PLACE.text(language),
        unit,
        words.LATITUDE.text(language),
        words.LONGITUDE.text(language),
    ]
    rows = [
        [point.label.text(language), _cell(point.value, language), grouped(point.lat), grouped(point.lon)]
        for point in spec.points
    ]
    notes = _missing_note([point.value for point in spec.points], language)
    return _made(_with_unit(spec, language), columns, rows, notes)


def _with_unit(spec: LineChart | BarChart | PointMap, language: Language) -> str:
    labels = {"label": spec.title.text(language), "unit": spec.unit.text(language)}
    if labels["unit"].casefold() in labels["label"].casefold():
        return labels["label"]
    return words.UNIT_COLUMN.text(language).format(**labels)


def _cell(value: str | None, language: Language) -> str:
    return words.NO_DATA.text(language) if value is None else grouped(value)


def _missing(series: Iterable[Series], language: Language) -> list[str]:
    return _missing_note([value for one in series for value in one.values], language)


def _missing_note(values: list[str | None], language: Language) -> list[str]:
    missing = values.count(None)
    if not missing:
        return []
    return [words.MISSING_COUNT.text(language).format(missing=f"{missing:,}", total=f"{len(values):,}")]


def _made(caption: str, columns: list[str], rows: list[list[str]], notes: list[str]) -> FigureTable:
    return FigureTable(caption, tuple(columns), tuple(tuple(row) for row in rows), tuple(notes))
