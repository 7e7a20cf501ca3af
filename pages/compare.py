"""Compare: up to four places and three measures side by side; what must not be compared stands apart and says why."""

from components import compare, reader, show

current = reader.current()
words = current.words

show.html("lead", current, title=words("nav.compare"), text=words("compare.lead"))
compare.show_comparison(current)
