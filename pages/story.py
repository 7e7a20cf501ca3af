"""The story: the opening map, the headline numbers, then chapter after chapter."""

from components import headlines, reader, show
from components.prose import fill
from data.story import story

current = reader.current()
words = current.words

show.html("lead", current, title=words("story.title"), text=words("story.lead"))
headlines.show_row(current, story().headlines)
for number, chapter in enumerate(story().chapters, start=1):
    for step in chapter.steps:
        text = fill(words.of(vars(step), "text"), words)
        show.html("chapter", current, id=chapter.id, number=number, title=words.of(vars(chapter), "title"), text=text)
        show.figure(current, step.figure, **step.parameters)
