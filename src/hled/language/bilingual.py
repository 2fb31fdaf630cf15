"""The one type for text of the dialogue: English and Spanish side by side, neither a translation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

Language = Literal["en", "es"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in both languages.

    Raises:
        ValueError: one of the versions is empty or only spaces.
    """

    en: str
    es: str

    def __post_init__(self) -> None:
        if not self.en.strip() or not self.es.strip():
            raise ValueError(f"a text in one language only: en={self.en!r}, es={self.es!r}")

    def __str__(self) -> str:
        return self.en

    def text(self, language: Language) -> str:
        """Return the version in `language`."""
        return self.es if language == "es" else self.en

    def format(self, **values: object) -> "Bilingual":
        """Fill `{name}` fields in both versions; a `Bilingual` value fills each in its own language."""
        return Bilingual(en=self.en.format(**_in("en", values)), es=self.es.format(**_in("es", values)))

    def as_dict(self) -> dict[str, str]:
        """Return `{"en": …, "es": …}`, the form used in JSON."""
        return {"en": self.en, "es": self.es}


def _in(language: Language, values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value.text(language) if isinstance(value, Bilingual) else value
        for name, value in values.items()
    }
