"""Goals: how they are worded, how Guiyang's compare with the year before, and every one of them in a list."""

from dataclasses import replace

from components import controls, listing, reader, show
from components.remarks import remarks
from data.load import tables
from data.select import select

current = reader.current()
words = current.words

show.html("lead", current, title=words("nav.goals"), text=words("goals.lead"))
show.figure(current, "goal-verdicts")
show.figure(current, "goals-by-year")
show.figure(current, "result-against-target")
show.figure(current, "targets-2024")
show.figure(current, "ratio-goals")
show.figure(current, "goals-by-bound")
show.figure(current, "goals-by-department")
show.html("chapter", current, id="list", number="", title=words("goals.list"), text=words("goals.list.text"))
selection = controls.filters(current, "place", "theme", "bound", "period", "department")
listing.show_rows(current, select(tables(), replace(selection, kind=("goal",))), "goals", remarks(words))
