"""Results: what Guiyang's report says of 2023, field by field; growth, shares and levels apart, claims without a number."""

from components import controls, fields, listing, reader, show

current = reader.current()
words = current.words
chosen = fields.chosen(current)

show.html("lead", current, title=words("nav.results"), text=words("results.lead"))
show.figure(current, "three-scopes")
show.html("chapter", current, id="fields", number="", title=words("results.fields"), text=words("results.fields.text"))
controls.choice(current, "field", fields.names(current))
show.figure(current, "results-2023", field=chosen)
show.html("chapter", current, id="claims", number="", title=words("results.claims"), text=words("results.claims.text"))
listing.show_rows(current, fields.without_number(chosen), "results")
show.figure(current, "recovery")
show.figure(current, "renewal")
