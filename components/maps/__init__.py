"""Maps: the same shapes and labels drawn by Altair for files and pages, and by pydeck for moving about."""
