"""Results: what Guiyang reports of 2023, field by field; growth, shares and levels apart; claims, ranks, records as such."""

from components import controls, fields, headlines, listing, reader, show

current = reader.current()
words = current.words
chosen = fields.chosen(current)

show.html("lead", current, title=words("nav.results"), text=words("results.lead"))
headlines.show_row(current, fields.HEADLINES)
show.figure(current, "three-scopes")
show.html("chapter", current, id="fields", number="", title=words("results.fields"), text=words("results.fields.text"))
controls.choice(current, "field", fields.names(current))
show.figure(current, "results-2023", field=chosen)
show.html("chapter", current, id="claims", number="", title=words("results.claims"), text=words("results.claims.text"))
claims = fields.without_number(chosen)
listing.show_rows(current, claims, "results", fields.marked(claims, words))
show.html("chapter", current, id="ranks", number="", title=words("results.ranks"), text=words("results.ranks.text"))
show.figure(current, "ranks-2023")
show.html("chapter", current, id="years", number="", title=words("results.years"), text=words("results.years.text"))
show.figure(current, "recovery")
show.figure(current, "renewal")
