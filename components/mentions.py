"""What was done or is promised where: the mentions of a place by kind, or of what lies in it by county."""

from functools import lru_cache

from components import show
from components.placecards import title
from components.reader import Reader
from components.strips import paragraph_link
from components.words import Words
from data.load import Row, record, records, tables
from data.places import mentions_within
from data.vocabulary import MENTION_KINDS

Group = dict[str, object]


def show_mentions(reader: Reader, place: str) -> None:
    """Show what is done and promised in a place, in folds; a place with nothing of it shows nothing."""
    if groups := [*_by_kind(place, reader.words), *_by_county(place, reader.words)]:
        show.html("mentions", reader, groups=groups)


@lru_cache(maxsize=128)
def _by_kind(place: str, words: Words) -> tuple[Group, ...]:
    """Group what is said to happen in a place itself: done first, then under way, promised, described."""
    rows = tables().mentions
    rows = rows[rows["place"] == place]
    return tuple(
        {
            "name": words(f"mention.{kind}").capitalize(),
            "size": words.count("count.mentions", len(found)),
            "code": place,
            "open": True,
            "items": [_item(row, words(f"theme.{row['theme']}"), words) for row in found],
        }
        for kind in MENTION_KINDS
        if (found := records(rows[rows["kind"] == kind]))
    )


@lru_cache(maxsize=128)
def _by_county(place: str, words: Words) -> tuple[Group, ...]:
    """Group what is said to happen inside a place by county, the most mentioned first."""
    rows = mentions_within(tables(), place)
    return tuple(
        {
            "name": title(str(county), words),
            "size": _kinds(records(rows[rows["place"] == county]), words),
            "code": str(county),
            "open": False,  # a list of counties is read by its summaries
            "items": [
                _item(row, words(f"mention.{row['kind']}"), words) for row in records(rows[rows["place"] == county])
            ],
        }
        for county in rows["place"].value_counts(sort=False).sort_values(ascending=False, kind="stable").index
    )


def _kinds(rows: list[Row], words: Words) -> str:
    """Say how many mentions there are of each kind."""
    found = [row["kind"] for row in rows]
    said = [words.count(f"profile.count.{kind}", found.count(kind)) for kind in MENTION_KINDS if kind in found]
    return words("detail.separator").join(said)


def _item(row: Row, tag: str, words: Words) -> dict[str, str]:
    source = record(tables().sources, row["source"])
    return {
        "label": words.of(row, "label"),
        "tag": tag,
        "note": words.of(row, "note"),
        "where": words("row.where", title=words.of(source, "title"), paragraph=row["paragraph"]),
        "address": paragraph_link(words.lang, row["source"], row["paragraph"]),
    }
