"""Places: the province with what lies in it and one measure across places; with a place in the address, its profile."""

from components import placemaps, profile, reader, wayfinding
from components.placecards import PROVINCE

current = reader.current()
place = current.view.at or PROVINCE

if place != PROVINCE:
    profile.show_profile(current, place)
else:
    profile.show_province(current)
    placemaps.show_map(current, place)
    wayfinding.show_parts(current, place)
    placemaps.show_across(current)
    placemaps.show_goals(current)
