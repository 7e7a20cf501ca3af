"""The observations a query selects, as a file: /observations.{csv,xlsx,json}?place=…&search=…&bom=0.

The query is that of the data page, so a page's address and its file's differ in the path alone.
"""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from components.address import parse
from components.export import observations
from components.words import words
from data import dictionary
from data.load import tables, version
from data.rows import Numbers
from data.select import positions

TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


async def observations_file(request: Request) -> Response:
    """Answer with the selected rows; a query that names what does not exist gets 422 and says which."""
    ending = request.path_params["ending"]
    if ending not in TYPES:
        return PlainTextResponse(f"There is no format {ending!r}. Valid: {', '.join(TYPES)}.", 404)
    query = dict(request.query_params)
    mark = query.pop("bom", "1") != "0"
    view, problems = parse(query)
    if problems:
        said = [
            f"{problem.parameter}: {problem.value!r} does not exist. {_hint(problem.nearest)}" for problem in problems
        ]
        return PlainTextResponse("\n".join(said), 422)
    chosen = await to_thread.run_sync(positions, tables(), view.selection)
    if ending == "xlsx" and len(chosen) > observations.MOST:
        refused = words(view.lang)("file.too-many", most=f"{observations.MOST:,}", total=f"{len(chosen):,}")
        return PlainTextResponse(refused, 422, {"Content-Language": view.lang})
    name = quote(f"{words(view.lang)('product.name')}-{version()}.{ending}")
    disposition = f"attachment; filename=\"observations.{ending}\"; filename*=UTF-8''{name}"
    told = {"Content-Disposition": disposition, "Cache-Control": "no-cache"}
    if len(chosen) > observations.BATCH and ending != "xlsx":  # sent as it is written: no file is held as a whole
        return StreamingResponse(parts(ending, chosen, mark), media_type=TYPES[ending], headers=told)
    made = await to_thread.run_sync(lambda: b"".join(parts(ending, chosen, mark)))
    return Response(made, media_type=TYPES[ending], headers=told)


def _hint(nearest: str) -> str:
    return f"Did you mean {nearest}?" if nearest else "See /observations.csv for all."


def parts(ending: str, chosen: Numbers, mark: bool) -> Iterator[bytes]:
    """Write the observations at some positions, part by part as they can be sent; a workbook is one part."""
    if ending == "csv":
        yield from observations.csv(tables(), chosen, mark)
    elif ending == "json":
        yield from observations.to_json(tables(), chosen)
    else:
        yield observations.xlsx(tables(), chosen, dictionary.of("observations"))


ROUTES: Final = [Route("/observations.{ending:str}", observations_file, methods=["GET", "HEAD"])]
