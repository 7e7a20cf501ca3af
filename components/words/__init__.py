"""The product's words: one key, two languages, kept as gettext catalogues (zh/*.po, en/*.po) that an editor can open.

Each language has the same files, one for a part of the product. Babel reads them at start; nothing compiled is kept.
"""

from functools import lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES: Final = ("zh", "en")
LOCALES: Final = {"zh": "zh-Hans-CN", "en": "en"}
FOLDER = Path(__file__).parent


class Words:
    """Speaks one language: `words("nav.story")`, `words.count("goals", 3)`, `words.of(row, "name")`."""

    def __init__(self, lang: str, translations: GNUTranslations) -> None:
        self.lang = lang
        self._translations = translations

    def __call__(self, key: str, /, **values: Any) -> str:
        """Return the text of a key with its {placeholders} filled; an unknown key raises KeyError."""
        text = self._translations.gettext(key)
        if text == key:
            raise KeyError(f"{FOLDER.name}/{self.lang}/ has no text for {key!r}: add it in both languages")
        return text.format(**values) if values else text

    def count(self, key: str, number: int, /, **values: Any) -> str:
        """Return the text of a key in the form that the number asks for; {n} is the number, {word} its word."""
        text = self._translations.ngettext(key, f"{key}#", number)
        return text.format(n=number, word=self.number_word(number), **values)

    def number_word(self, number: int) -> str:
        """Spell out a count up to twelve, as running text does; larger ones stay digits."""
        return self(f"number.{number}") if 0 <= number <= 12 else str(number)

    def of(self, row: Any, field: str) -> str:
        """Return a bilingual field of a table's row: name_zh or name_en by language."""
        return str(row[f"{field}_{self.lang}"])

    def join(self, parts: list[str]) -> str:
        """Join the parts of a list as running text does."""
        return self("list.separator").join(parts)


def catalogue(lang: str) -> Catalog:
    """Read a language's files as they stand in the project, as one catalogue; a key that two files hold raises ValueError."""
    merged = Catalog(locale=LOCALES[lang].replace("-", "_"))
    for path in sorted((FOLDER / lang).glob("*.po")):
        with path.open("rb") as file:
            part = read_po(file, locale=merged.locale)
        for message in part:
            if not message.id:
                continue
            if message.id in merged:
                raise ValueError(f"{FOLDER.name}/{lang}/{path.name} repeats {message.id!r}: keep one of the two")
            merged[message.id] = message
    return merged


@lru_cache(maxsize=len(LANGUAGES))
def words(lang: str) -> Words:
    """Return the words of a language, read once; raises ValueError for a language there is none of."""
    if lang not in LANGUAGES:
        raise ValueError(f"There are no words for the language {lang!r}. Valid: {', '.join(LANGUAGES)}.")
    compiled = BytesIO()
    write_mo(compiled, catalogue(lang))
    compiled.seek(0)
    return Words(lang, GNUTranslations(compiled))
