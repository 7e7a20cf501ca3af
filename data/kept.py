"""The files of the tables as they were when the product started: what is served byte for byte, whatever becomes of the disk."""

from functools import lru_cache

from data.load import FOLDER


@lru_cache(maxsize=1)
def contents() -> dict[str, bytes]:
    """Return every file of data/tables by its name, read once for the process; the start reads them."""
    return {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.is_file()}
