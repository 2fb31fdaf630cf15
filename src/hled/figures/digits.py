"""Numbers as people read them: separators, nice axis ticks, and axes counted in millions.

The form 1,234,567.8 is used in both languages (Mexican usage). It serves the figures of every work-plan line.
"""

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hled.figures.words import MAGNITUDES
from hled.language import Bilingual, Language

MINUS: Final = "\N{MINUS SIGN}"
_NICE: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


def grouped(value: str) -> str:
    """Write decimal text with thousands separators, keeping every digit of it."""
    return f"{Decimal(value):,f}".replace("-", MINUS)


@dataclass(frozen=True, slots=True)
class Ticks:
    """Nice axis values from below `low` to above `high`, and the power of ten they are written in."""

    values: tuple[float, ...]
    factor: int
    decimals: int
    scaled_unit: Bilingual | None

    @property
    def low(self) -> float:
        """The lower end of the axis."""
        return self.values[0]

    @property
    def high(self) -> float:
        """The upper end of the axis."""
        return self.values[-1]

    def label(self, value: float) -> str:
        """Write one tick."""
        written = f"{value / self.factor:,.{self.decimals}f}"
        return written.replace("-", MINUS) if value else written.lstrip("-")

    def unit(self, unit: Bilingual, language: Language) -> str:
        """Name the unit of the axis, after its power of ten where there is one."""
        name = unit.text(language)
        return capital(
            name if self.scaled_unit is None else self.scaled_unit.text(language).format(unit=name)
        )


def ticks(low: float, high: float, *, count: int) -> Ticks:
    """Choose about `count` ticks at 1, 2, 2.5 or 5 times a power of ten that enclose `low` and `high`."""
    if high <= low:
        low, high = (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
    rough = (high - low) / max(count, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(nice * power for nice in _NICE if nice * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    values = tuple(step * place for place in range(first, last + 1))
    largest = max(abs(values[0]), abs(values[-1]))
    factor, unit = next((pair for pair in MAGNITUDES if largest >= pair[0]), MAGNITUDES[-1])
    return Ticks(values, factor, _decimals(step / factor), unit)


def _decimals(step: float) -> int:
    """Count the decimals needed to write multiples of `step` exactly."""
    return next((digits for digits in range(16) if abs(round(step, digits) - step) < step * 1e-9), 16)


def with_name(unit: str, names: list[str]) -> str:
    """Put the name of a single series after the unit, unless the unit says it already.

    The unit comes first, so that no lack of room cuts it.
    """
    if len(names) != 1 or names[0].casefold() in unit.casefold():
        return unit
    return f"{unit} · {names[0]}"


def capital(text: str) -> str:
    """Return `text` with its first letter as a capital."""
    return text[:1].upper() + text[1:]
