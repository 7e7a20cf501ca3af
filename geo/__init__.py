"""Places: their boundaries, their names, what lies in what. Knows no numbers and no readers."""
