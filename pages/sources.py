"""Sources: the five documents, what each paragraph states, what was set aside and why, what they print wrong, terms."""

from components import documentcards, glossary, reader, show, strips

current = reader.current()
words = current.words

show.html(
    "lead", current, title=words("nav.sources"), text=words("sources.lead", documents=documentcards.how_many(current))
)
documentcards.show_documents(current)
strips.show_strips(current)
strips.show_paragraph(current)
show.figure(current, "numbers-by-document")
documentcards.show_excluded(current)
documentcards.show_corrections(current)
glossary.show_terms(current)
