"""Present: choose a talk, open its windows, take it along as a file; the keys, and what to do when the connection fails."""

from components import present, reader, show

current = present.with_key(reader.current())
words = current.words

show.html("lead", current, title=words("nav.present"), text=words("present.lead"))
present.show_choice(current)
present.show_talk(current)
