"""Rows in, an answer out: a page of rows or a single one as JSON, GeoJSON or CSV, with the addresses of the pages around it."""

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from components import faulty
from components.export.observations import written
from components.web.api.columns import JOINT, Column
from components.web.api.computed import geometries
from components.web.api.negotiation import TYPES, form_of, headers, query_of, unchanged
from components.web.api.problems import Problem, nearest
from components.web.api.resources import Resource
from components.words import words
from data.load import version
from geo import notice

Asked = Mapping[str, Any]
NOTICE: Final = {"zh": notice.ATTRIBUTION_ZH, "en": notice.ATTRIBUTION_EN}


def collection(request: Request, resource: Resource, asked: Asked) -> Response:
    """Answer with one page of a resource's rows."""
    form = form_of(request, asked, resource.located)
    told = headers(request, asked["lang"], form)
    if unchanged(request, told):
        return Response(status_code=304, headers=told)
    rows, total = resource.page(asked)
    with faulty.watched() as faults:
        shown = resource.finish(rows, words(asked["lang"]))
    if faults:
        told = faulty.fleeting(told)
    around = _around(request, asked, total)
    told |= {"X-Total-Count": str(total), "Link": _links(request, around)}
    if form == "csv":
        return _csv(resource.name, shown, resource.columns, asked, told)
    page = {"total": total, **{name: asked[name] for name in ("limit", "offset")}, **around, **state(asked)}
    return _json(_page(as_rows(shown, resource.columns), resource, asked, page), form, told)


def _page(found: list[dict[str, Any]], resource: Resource, asked: Asked, page: dict[str, Any]) -> dict[str, Any]:
    if not resource.located:
        return {**page, "data": found}
    features = [_feature(row, asked) for row in found]
    return {"type": "FeatureCollection", **page, "notice": NOTICE, "features": features}


def item(request: Request, resource: Resource, id: str, asked: Asked) -> Response:
    """Answer with a single row, or lead to the id it has now; an id there is none of is named with what comes near."""
    rows = resource.rows()
    if id not in rows.index:
        if (now := resource.moved(id)) in rows.index:
            return _lead(request, id, now)
        near = nearest(id, rows.index.tolist())
        raise Problem("unknown-id", resource=resource.name, id=id, nearest=near)
    form = form_of(request, asked, resource.located)
    told = headers(request, asked["lang"], form)
    if unchanged(request, told):
        return Response(status_code=304, headers=told)
    with faulty.watched() as faults:
        shown = resource.finish(rows.loc[[id]], words(asked["lang"]))
    if faults:
        raise Problem("failure", id=faults[0])
    if form == "csv":
        return _csv(id, shown, resource.columns, asked, told)
    row = as_rows(shown, resource.columns)[0]
    if resource.located:
        return _json({**_feature(row, asked), "notice": NOTICE, **state(asked)}, form, told)
    return _json({**state(asked), "data": row}, form, told)


def _lead(request: Request, old: str, now: str) -> Response:
    """Lead to the address of the same row under another id, for good."""
    address = request.scope["path"].removesuffix(old) + quote(now)
    query = query_of(request)
    return Response(status_code=308, headers={"Location": f"{address}?{query}" if query else address})


def state(asked: Asked) -> dict[str, str]:
    """Return what every answer says of itself: data version and language."""
    return {"version": version(), "lang": asked["lang"]}


def as_rows(frame: pd.DataFrame, columns: tuple[Column, ...]) -> list[dict[str, Any]]:
    """Turn rows into plain dictionaries, a column at a time; what is missing is None, never 0 and never ''."""
    names = [column.name for column in columns]
    cells = [_cells(frame[column.name], column) for column in columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)]


def _cells(cells: pd.Series, column: Column) -> list[Any]:
    if column.type == "array":
        return [_parts(cell) for cell in cells]
    plain = cells.astype(object)
    return plain.where(cells.notna() & (plain != ""), None).tolist()


def _parts(cell: Any) -> list[str]:
    """Return the parts of a cell, which a table holds joined and a computed column as a list."""
    if isinstance(cell, str):
        return cell.split(JOINT) if cell else []
    return list(cell)


def _feature(row: dict[str, Any], asked: Asked) -> dict[str, Any]:
    shape = geometries().get(row["id"]) if asked["geometry"] == "full" else None
    return {"type": "Feature", "id": row["id"], "geometry": shape, "properties": row}


def _json(body: dict[str, Any], form: str, told: dict[str, str]) -> Response:
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(text.encode(), headers=told, media_type=TYPES[form])


def _csv(name: str, frame: pd.DataFrame, columns: tuple[Column, ...], asked: Asked, told: dict[str, str]) -> Response:
    flat = frame[[column.name for column in columns]].assign(
        **{
            column.name: frame[column.name].map(_flat)
            for column in columns
            if column.type in ("array", "object", "boolean")
        }
    )
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name)
    told |= {"Content-Disposition": f'attachment; filename="{plain}-{version()}.csv"'}
    return Response(written(flat, asked["bom"] == "1"), headers=told, media_type=TYPES["csv"])


def _flat(cell: Any) -> str:
    """Write a list joined, an object and a truth as JSON does, nothing for what is missing."""
    if isinstance(cell, list):
        return JOINT.join(cell)
    if isinstance(cell, str):
        return cell
    return "" if cell is None or cell != cell else json.dumps(cell, ensure_ascii=False)


def _around(request: Request, asked: Asked, total: int) -> dict[str, str | None]:
    """Return the addresses of the next and the previous page, None where there is none."""
    offset, limit = asked["offset"], asked["limit"]
    after = offset + limit if offset + limit < total else None
    before = max(0, min(offset, total) - limit) if min(offset, total) > 0 else None
    return {"next": _address(request, after), "previous": _address(request, before)}


def _address(request: Request, offset: int | None) -> str | None:
    """Return the address of the same question at another offset, from the root of the host."""
    if offset is None:
        return None
    kept = [pair for pair in parse_qsl(query_of(request), keep_blank_values=True) if pair[0] != "offset"]
    return f"{request.scope['path']}?{urlencode([*kept, ('offset', str(offset))])}"


def _links(request: Request, around: Mapping[str, str | None]) -> str:
    """Write the addresses around a page as RFC 8288 has them."""
    named = {"next": around["next"], "prev": around["previous"], "first": _address(request, 0)}
    named["service-desc"] = f"{request.scope.get('root_path', '')}/openapi.json"
    return ", ".join(f'<{address}>; rel="{name}"' for name, address in named.items() if address)
