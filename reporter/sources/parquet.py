"""Bytes of a Parquet file in, columns of text out.

What the file says of its size is held against limits before anything is unpacked, and texts stay
coded as they are stored: a long text that stands in every row is kept once.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np

from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.sources.columns import Column, Rows
from reporter.sources.records import MAX_COLUMNS, check_rows

MAX_CELLS = 60_000_000
MAX_UNPACKED = 180_000_000
MAX_TEXTS = 100_000_000
"""Bytes of texts, each counted once for every batch of rows that holds it."""
_BATCH = 131_072


def parquet_columns(
    raw: bytes, file: str, wanted: Collection[str] = ()
) -> tuple[list[str], list[Column], Rows]:
    """Names, columns and rows of the table in `raw`; row 2 is the first under the header.

    Where some are `wanted`, no others are read.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        parquet = pq.ParquetFile(io.BytesIO(raw))
        _check_size(parquet.metadata, file)
        schema = parquet.schema_arrow
        _check_types(schema, file)
        coded = [field.name for field in schema if _is_text(field.type)]
        parquet = pq.ParquetFile(io.BytesIO(raw), read_dictionary=coded)
        names = [name for name in schema.names if not wanted or name.strip() in wanted]
        batches = parquet.iter_batches(_BATCH, columns=names if wanted else None)
        fields = [field for field in schema if field.name in names]
        columns = _columns(batches, fields, file)
    except (pa.ArrowException, OSError, ValueError, UnicodeError, OverflowError) as error:
        words = (str(error).splitlines() or [type(error).__name__])[0][:200]
        what = f"this cannot be read as a Parquet file: {words}"
        fix = "Write it again, with columns of text or numbers; or save the figures as CSV."
        raise ProblemsFoundError([Problem(Place.of(file), "bad-parquet", what, fix)]) from None
    count = len(columns[0]) if columns else 0
    rows = Rows(Column.constant(file, count), np.arange(2, count + 2, dtype=np.int32))
    return [name.strip() for name in names], columns, rows


def _check_size(metadata: Any, file: str) -> None:
    check_rows(metadata.num_rows, file)
    groups = (metadata.row_group(at) for at in range(metadata.num_row_groups))
    unpacked = sum(group.total_byte_size for group in groups)
    cells = metadata.num_rows * metadata.num_columns
    for much, limit, of in (
        (metadata.num_columns, MAX_COLUMNS, "columns"),
        (cells, MAX_CELLS, "cells"),
        (unpacked, MAX_UNPACKED, "bytes when unpacked"),
    ):
        _check(much, limit, of, file)


def _check(much: int, limit: int, of: str, file: str) -> None:
    if much > limit:
        what = f"the table has more than {limit:,} {of}"
        fix = "Keep the areas and indicators that the report needs."
        raise ProblemsFoundError([Problem(Place.of(file), "too-large", what, fix)])


def _is_text(kind: Any) -> bool:
    import pyarrow.types as types

    return bool(types.is_string(kind) or types.is_large_string(kind))


def _check_types(schema: Any, file: str) -> None:
    """Lists, structures, maps and bytes have no text of their own."""
    import pyarrow.types as types

    plain = (
        types.is_string, types.is_large_string, types.is_boolean, types.is_integer,
        types.is_floating, types.is_decimal, types.is_date, types.is_timestamp, types.is_null,
    )  # fmt: skip
    found = []
    for field in schema:
        kind = field.type.value_type if types.is_dictionary(field.type) else field.type
        if not any(test(kind) for test in plain):
            what = f"the column holds values of the type {str(kind)[:60]}"
            place = Place.of(file, column=field.name[:60])
            found.append(Problem(place, "odd-type", what, "Write it as text or as numbers."))
    if found:
        raise ProblemsFoundError(found)


def _columns(batches: Iterable[Any], schema: Sequence[Any], file: str) -> list[Column]:
    """The columns of the fields in `schema`; the rows of the batches are counted on the way."""
    parts: list[list[Any]] = [[] for _ in schema]
    total = texts = 0
    for batch in batches:
        total += batch.num_rows
        check_rows(total, file)
        texts += sum(_dictionary_size(column) for column in batch.columns)
        _check(texts, MAX_TEXTS, "bytes of texts", file)
        batch.validate(full=True)  # codes may point beyond their texts in a damaged file
        for part, column in zip(parts, batch.columns, strict=True):
            part.append(column)
    return [_coded(part, field) for part, field in zip(parts, schema, strict=True)]


def _dictionary_size(values: Any) -> int:
    import pyarrow.types as types

    return int(values.dictionary.nbytes) if types.is_dictionary(values.type) else 0


def _coded(parts: list[Any], field: Any) -> Column:
    """A column as text, each distinct one once; nothing becomes an empty text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not parts:
        return Column.constant("", 0)
    values = pa.chunked_array(parts)
    if not (pa.types.is_dictionary(values.type) and _is_text(values.type.value_type)):
        plain = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        values = pc.cast(pc.cast(values, plain), pa.string()).dictionary_encode()
    whole = values.unify_dictionaries().combine_chunks()
    texts = pc.fill_null(pc.cast(whole.dictionary, pa.string()), "").to_pylist()
    codes = np.asarray(pc.fill_null(whole.indices, len(texts))).astype(np.int32)
    return Column(codes, (*texts, "")).used().stripped()
