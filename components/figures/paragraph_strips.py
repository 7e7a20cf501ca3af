"""Where the statements stand: every document as a strip of its paragraphs."""

from components.charts import strips
from components.figures.counting import count_table
from components.figures.figure import Brief, Definition, Figure
from components.figures.plotted import spoken
from data.load import record, records
from data.measures import DENSITY_STEPS, by_paragraph, density, fewest_for_half


def build(brief: Brief) -> Figure:
    """Draw all documents; the finding says how few paragraphs hold half of all statements."""
    words, tables = brief.words, brief.tables
    counted = by_paragraph(tables)
    half = fewest_for_half(counted["statements"])
    top = counted.groupby("source")["statements"].transform("max")
    counted = counted.assign(top=top).sort_values("statements", ascending=False, kind="stable")
    fullest = set(counted.drop_duplicates("source").index)
    sources = {source: record(tables.sources, source) for source in tables.sources.index}
    paragraphs = [words("paragraph-strips.paragraph", paragraph=row["paragraph"]) for row in records(counted)]
    table = count_table(
        words, "count.statements", list(counted["statements"]),
        label=[words.of(sources[source], "title") for source in counted["source"]], detail=paragraphs,
        place=[sources[source]["place"] for source in counted["source"]], kind="",
        nth=list(counted["paragraph"]), shade=[density(count) / len(DENSITY_STEPS) for count in counted["statements"]],
        speaks=[row < half for row in range(len(counted))],
    )  # fmt: skip
    table["tip"] = table["label"] + " · " + table["detail"] + " · " + table["spoken"]
    notes = (table["detail"] + words("detail.separator") + table["spoken"]).tolist()
    table["note"] = [note if row in fullest else "" for row, note in zip(counted.index, notes, strict=True)]
    title = words.count("paragraph-strips.title", half, total=len(counted))
    order = [words.of(source, "title") for source in sources.values()]
    in_order = table.assign(order=table["label"].map(order.index)).sort_values(["order", "nth"])
    return brief.figure(
        title=title,
        subtitle=words("paragraph-strips.subtitle"),
        alt=spoken(table, title, words),
        table=table,
        observations=tuple(tables.observations.index),
        draw=lambda look: strips.draw(in_order.assign(colour=in_order["place"].map(look.place)), look),
        notes=(words("paragraph-strips.note"),),
    )


DEFINITION = Definition("paragraph-strips", build)
