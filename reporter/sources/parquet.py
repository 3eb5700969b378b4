"""Bytes of a Parquet file in, columns of text out."""

from __future__ import annotations

import io

import numpy as np

from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.sources.columns import Column, Rows

MAX_CELLS = 60_000_000


def parquet_columns(raw: bytes, file: str) -> tuple[list[str], list[Column], Rows]:
    """Names, columns and rows of the table in `raw`; row 2 is the first under the header."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    names: list[str] = []
    columns: list[Column] = []
    try:
        parquet = pq.ParquetFile(io.BytesIO(raw))
        _check_size(parquet.metadata.num_rows * parquet.metadata.num_columns, file)
        table = parquet.read()
        for name, chunked in zip(table.column_names, table.columns, strict=True):
            text = pc.fill_null(pc.cast(chunked, pa.string()), "")
            coded = text.combine_chunks().dictionary_encode()
            codes = np.asarray(coded.indices).astype(np.int32)
            names.append(name.strip())
            columns.append(Column(codes, tuple(coded.dictionary.to_pylist())).stripped())
    except (pa.ArrowException, OSError, ValueError, UnicodeError) as error:
        what = f"this cannot be read as a Parquet file: {str(error).splitlines()[0][:200]}"
        fix = "Write it again, with columns of text or numbers; or save the figures as CSV."
        raise ProblemsFoundError([Problem(Place.of(file), "bad-parquet", what, fix)]) from None
    count = table.num_rows
    rows = Rows(Column.constant(file, count), np.arange(2, count + 2, dtype=np.int32))
    return names, columns, rows


def _check_size(cells: int, file: str) -> None:
    if cells > MAX_CELLS:
        what = f"the table has more than {MAX_CELLS:,} cells"
        fix = "Keep the areas and indicators that the report needs."
        raise ProblemsFoundError([Problem(Place.of(file), "too-large", what, fix)])
