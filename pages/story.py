"""The story: the opening with its headline numbers, then one step at a time."""

from components import reader, steps

steps.show_story(reader.current())
