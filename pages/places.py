"""Places: the province with what lies in it and one measure across places; with a place in the address, its profile."""

from components import placemaps, profile, reader, show, wayfinding
from components.placecards import PROVINCE

current = reader.current()
words = current.words
place = current.view.at or PROVINCE

if place != PROVINCE:
    profile.show_profile(current, place)
else:
    show.html("lead", current, title=words("nav.places"), text=words("places.lead"))
    placemaps.show_map(current, place)
    wayfinding.show_parts(current, place)
    show.html(
        "chapter", current, id="across", number="", title=words("places.across"), text=words("places.across.text")
    )
    placemaps.show_across(current)
