"""About: method, limits, boundaries, licences."""

from components import reader, show

current = reader.current()
show.about(current)
