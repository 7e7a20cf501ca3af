"""Sources: the five documents, what each states, what was set aside and why, what they print wrong."""

from components import documentcards, reader, show

current = reader.current()
words = current.words

show.html("lead", current, title=words("nav.sources"), text=words("sources.lead"))
documentcards.show_documents(current)
show.figure(current, "numbers-by-document")
documentcards.show_excluded(current)
documentcards.show_corrections(current)
