"""Places: where the four are, what is nested in what, and one measure across them."""

from components import controls, mentions, placecards, reader, show
from components.figures.catalogue import CATALOGUE
from data.load import tables

current = reader.current()
words = current.words
names = tables().indicators
indicators = {code: words.of(names.loc[code], "name") for code in CATALOGUE["across-places"].parameters["indicator"]}

show.html("lead", current, title=words("nav.places"), text=words("places.lead"))
show.figure(current, "four-places")
placecards.show_cards(current)
show.html("chapter", current, id="across", number="", title=words("places.across"), text=words("places.across.text"))
controls.choice(current, "indicator", indicators)
show.figure(current, "across-places", indicator=current.view.indicator or next(iter(indicators)))
mentions.show_mentions(current)
