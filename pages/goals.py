"""Goals: what can be said of them and what cannot, each of them in one list, when they fall due, who answers for them."""

from components import goals, reader, show
from data.load import tables
from data.measures import newest_result

CHAPTERS = {
    "judged": "judged-goals",
    "horizon": "goals-by-year",
    "before": "result-against-target",
    "answerable": "goals-by-department",
}

current = reader.current()
words = current.words

show.html("lead", current, title=words("nav.goals"), text=words("goals.lead"))
show.figure(current, "why-not-judged")
text = words("goals.list.text", year=newest_result(tables()))
show.html("chapter", current, id="list", number="", title=words("goals.list"), text=text)
goals.show_goals(current)
for id, figure in CHAPTERS.items():
    show.html("chapter", current, id=id, number="", title=words(f"goals.{id}"), text=words(f"goals.{id}.text"))
    show.figure(current, figure)
