"""The observations a query selects, as a file: /observations.{csv,xlsx,json}?place=…&search=…&bom=0.

The query is that of the data page, so a page's address and its file's differ in the path alone.
"""

from typing import Final
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from components.address import parse
from components.export import observations
from components.words import words
from data import dictionary
from data.load import tables, version
from data.select import Selection, select

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
    made = await to_thread.run_sync(_made, ending, view.selection, mark)
    name = quote(f"{words(view.lang)('product.name')}-{version()}.{ending}")
    disposition = f"attachment; filename=\"observations.{ending}\"; filename*=UTF-8''{name}"
    return Response(
        made, media_type=TYPES[ending], headers={"Content-Disposition": disposition, "Cache-Control": "no-cache"}
    )


def _hint(nearest: str) -> str:
    return f"Did you mean {nearest}?" if nearest else "See /observations.csv for all."


def _made(ending: str, selection: Selection, mark: bool) -> bytes:
    rows = select(tables(), selection)
    if ending == "csv":
        return observations.csv(tables(), rows, mark)
    if ending == "json":
        return observations.to_json(tables(), rows)
    return observations.xlsx(tables(), rows, dictionary.of("observations"))


ROUTES: Final = [Route("/observations.{ending:str}", observations_file, methods=["GET", "HEAD"])]
