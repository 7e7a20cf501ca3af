"""What was done or is promised where: the mentions, county by county, each with its document and paragraph."""

from components import show
from components.figures.plotted import place_name
from components.reader import Reader
from components.strips import paragraph_link
from data.load import Row, record, records, tables


def show_mentions(reader: Reader) -> None:
    """Show the places that are mentioned, the most mentioned first, each with its list."""
    rows = tables().mentions
    order = rows["place"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    places = [
        {
            "name": place_name(str(place), reader.words, short=False),
            "code": str(place),
            "items": [_item(row, reader) for row in records(rows[rows["place"] == place])],
        }
        for place in order.index
    ]
    show.html("mentions", reader, places=places, total=len(rows))


def _item(row: Row, reader: Reader) -> dict[str, str]:
    words = reader.words
    source = record(tables().sources, row["source"])
    return {
        "label": words.of(row, "label"),
        "kind": words(f"mention.{row['kind']}"),
        "note": words.of(row, "note"),
        "where": words("row.where", title=words.of(source, "title"), paragraph=row["paragraph"]),
        "address": paragraph_link(reader.view.lang, row["source"], row["paragraph"]),
    }
