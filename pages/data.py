"""Every observation: search, filter, and the proof of any number by link."""

from components import controls, listing, reader, show
from components.proof import proof
from data import dictionary
from data.load import tables

current = reader.current()
words = current.words

show.html("lead", current, title=words("nav.data"), text=words.count("data.lead", len(tables().observations)))
if current.view.observation:
    show.proof_card(proof(current.view.observation, words), words)
selection = controls.filters(current, "place", "source", "theme", "kind", "bound", "period", "department")
total = listing.show_selected(current, selection, "data")
show.html("columns", current, columns=dictionary.meanings("observations", current.view.lang))
show.html("downloads", current, files=listing.files(current, total))
