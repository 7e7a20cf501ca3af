"""The desk: every Figure to be found; one of them with its settings, formats, texts and evidence; press kits."""

from components import reader
from components.desk import gallery, kits, workbench

current = reader.current()

if current.view.figure:
    workbench.show_figure(current)
else:
    gallery.show_gallery(current)
    kits.show_kits(current)
