"""What was done or is promised where: the mentions, county by county, each with its document and paragraph."""

from functools import lru_cache

from components import show
from components.figures.plotted import place_name
from components.reader import Reader
from components.strips import paragraph_link
from components.words import Words
from data.load import Row, record, records, tables


def show_mentions(reader: Reader) -> None:
    """Show the places that are mentioned, the most mentioned first, each with its list."""
    show.html("mentions", reader, places=_places(reader.words), total=len(tables().mentions))


@lru_cache(maxsize=2)
def _places(words: Words) -> list[dict[str, object]]:
    """List the places with what is said of them, once for each language."""
    rows = tables().mentions
    order = rows["place"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    return [
        {
            "name": place_name(str(place), words, short=False),
            "code": str(place),
            "items": [_item(row, words) for row in records(rows[rows["place"] == place])],
        }
        for place in order.index
    ]


def _item(row: Row, words: Words) -> dict[str, str]:
    source = record(tables().sources, row["source"])
    return {
        "label": words.of(row, "label"),
        "kind": words(f"mention.{row['kind']}"),
        "note": words.of(row, "note"),
        "where": words("row.where", title=words.of(source, "title"), paragraph=row["paragraph"]),
        "address": paragraph_link(words.lang, row["source"], row["paragraph"]),
    }
