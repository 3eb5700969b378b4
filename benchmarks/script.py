"""The script that a good analyst would write for the papers of data/lait-children.

    python benchmarks/script.py FOLDER TEMPLATE WORDS OUT [--jobs N] < AREAS

By pandas, f-strings, matplotlib and docxtpl: the published files are read once, all authorities
compared at once where pandas can; then, for each area, its own neighbours, the sentences, the
tables of rank and quartile, the charts and the Word file. WORDS is JSON: the outline (headings,
measures, tables, charts) and how each measure is spoken of, which an analyst types once. Beside
each paper its figures are written as JSON, so that `benchmarks/batch.py` can hold them to ours.
Nothing of `reporter` is imported.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import re
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

mpl.use("agg")
import matplotlib.pyplot as plt

NEIGHBOURS = "statistical_neighbours_may_2025.xlsx"
NOTE = ("Rank 1 is the best; where no direction is better, the highest. "
        "Quartile 1 holds the first quarter of the list.")  # fmt: skip
SOURCE = "Source: Local Authority Interactive Tool, Department for Education"
Row = dict[str, Any]


@dataclass(frozen=True)
class Tool:
    """The published figures, a row a measure and year, a column an area; `shown` as printed."""

    wide: pd.DataFrame
    shown: pd.DataFrame
    england: pd.DataFrame
    """Of each measure and year the authorities' places in England."""
    era: pd.Series[int]
    """Of each measure and year a number: years that may be compared have the same."""
    sign: pd.Series[int]
    year_type: dict[str, str]
    region: dict[str, str]
    neighbours: dict[str, list[str]]
    words: dict[str, Any]


def main() -> None:
    given = arguments()
    words = json.loads(given.words.read_text(encoding="utf-8"))
    tool, template = read(given.folder, words), given.template.read_bytes()
    print(time.process_time(), "seconds of the processor to start and read", flush=True)
    areas = [line for line in sys.stdin.read().splitlines() if line]
    global _AT_HAND  # what forked processes share
    _AT_HAND = tool, template, given.out
    if given.jobs == 1:
        for area in areas:
            write(area)
        return
    context: Any = multiprocessing.get_context("fork")
    with context.Pool(given.jobs) as pool:
        pool.map(write, areas, chunksize=1)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name in ("folder", "template", "words", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    return parser.parse_args()


_AT_HAND: tuple[Tool, bytes, Path]


def write(area: str) -> None:
    """The paper on `area` and its figures."""
    tool, template, out = _AT_HAND
    figures = compare(tool, area)
    document = DocxTemplate(io.BytesIO(template))
    blocks = [*paper(tool, area, figures, document)]
    document.render({"blocks": blocks}, autoescape=True)
    document.save(out / f"{area}.docx")
    (out / f"{area}.json").write_text(json.dumps(figures), encoding="utf-8")


def read(folder: Path, words: dict[str, Any]) -> Tool:
    """The tool's files as tables, and what can be compared for all authorities at once."""
    columns = ["Short Desc", "LA and Regions", "Years", "Values"]
    table = pd.read_parquet(folder / "bds_long.parquet", columns=columns)
    years = {text: ends_in(text) for text in table["Years"].unique()}
    table["year"] = table["Years"].map(years)
    table["value"] = pd.to_numeric(table["Values"].where(table["Values"] != "-"))
    table = table[(table["year"] > 0) & (table["year"] <= words["until"])]
    wide = table.pivot(index=["Short Desc", "year"], columns="LA and Regions", values="value")
    dictionary = pd.read_csv(folder / "data_dictionary.csv")
    dictionary = dictionary.assign(code=dictionary["Measure_short"].str.strip())
    dictionary = dictionary.drop_duplicates("code").set_index("code")
    sign = dictionary["Polarity"].map({"High": 1, "Low": -1}).fillna(0).astype(int)
    codes = pd.read_excel(folder / "la_code_list.xlsx", engine="openpyxl")
    names = codes.set_index("LA Number")["LA Name"].to_dict()
    regions = codes.dropna(subset="Region")
    region = dict(zip(regions["LA Name"], regions["Region"].map(region_name), strict=True))
    shown = rounded(wide, words["measures"])
    england = places(wide[[*region]], sign)
    eras = [era(words["measures"][code], year) for code, year in wide.index]
    return Tool(
        wide, shown, england, pd.Series(eras, wide.index), sign, dictionary["Year_Type"].to_dict(),
        region, neighbours_of(folder, names), words,
    )  # fmt: skip


def era(spoken: Mapping[str, Any], year: int) -> int:
    """Breaks up to a year; a year that compares with no other is an era of its own."""
    return -year if year in spoken["apart"] else sum(year >= since for since in spoken["since"])


def ends_in(text: str) -> int:
    """The year in which a period ends: 2019, 2018/19, 2016-17 (OT), 2013/14-15/16."""
    numbers = re.findall(r"\d+", text)
    return int(numbers[0]) if len(numbers) == 1 else 2000 + int(numbers[-1])


def region_name(text: str) -> str:
    if text.endswith(" London"):
        return f"London ({text.split()[0]})"
    return text.replace("The Humber", "the Humber")


def neighbours_of(folder: Path, names: Mapping[int, str]) -> dict[str, list[str]]:
    sheet = pd.read_excel(folder / NEIGHBOURS, header=2, engine="openpyxl")
    numbers = sheet.set_index("LA num")[[f"SN{place}" for place in range(1, 11)]]
    return {
        names[number]: [names[one] for one in line if one in names]
        for number, line in zip(numbers.index, numbers.to_numpy().tolist(), strict=True)
        if number in names
    }


def rounded(wide: pd.DataFrame, measures: Mapping[str, Any]) -> pd.DataFrame:
    """The figures as they are printed, rounded half up."""
    decimals = wide.index.get_level_values(0).map(lambda code: measures[code]["decimals"])
    scale = 10.0 ** decimals.to_numpy()[:, None]
    exact = wide.to_numpy()
    up = np.floor(np.round(np.abs(exact) * scale, 8) + 0.5) / scale * np.sign(exact)
    return pd.DataFrame(up, wide.index, wide.columns)


def places(figures: pd.DataFrame, sign: pd.Series[int]) -> pd.DataFrame:
    """The place of each area in its row: 1 is the best, or the highest where neither is better."""
    better = -sign.reindex(figures.index.get_level_values(0)).replace(0, 1).to_numpy()[:, None]
    return (figures * better).rank(axis=1, method="min")


def compare(tool: Tool, area: str) -> dict[str, Row]:
    """The figures of an area, a row a measure: its latest, and what that is held against."""
    own = tool.wide[area].dropna()
    latest = own.groupby(level=0).tail(1)
    at = latest.index
    eras = tool.era.reindex(own.index)
    alike = own[eras == eras.groupby(level=0).transform("last")]
    by_code = alike.groupby(level=0)
    group = [name for name in tool.neighbours.get(area, []) if name in tool.wide]
    ten = tool.wide.loc[at, group]
    eleven = tool.wide.loc[at, [area, *group]]
    authorities = tool.wide.loc[at, [*tool.region]]
    peak, low = by_code.idxmax(), by_code.idxmin()
    found = pd.DataFrame(
        {
            "year": at.get_level_values(1),
            "value": latest.to_numpy(),
            "shown": tool.shown.loc[at, area].to_numpy(),
            "before_year": by_code.apply(lambda one: one.index[-2][1] if len(one) > 1 else 0),
            "peak_year": [year for _, year in peak],
            "low_year": [year for _, year in low],
            "median": ten.median(axis=1).to_numpy(),
            "region": tool.wide.loc[at, tool.region[area]].to_numpy(),
            "country": tool.wide.loc[at, "England"].to_numpy(),
            "place": tool.england.loc[at, area].to_numpy(),
            "ties": authorities.eq(eleven[area], axis=0).sum(axis=1).to_numpy() - 1,
            "of": authorities.notna().sum(axis=1).to_numpy(),
            "near_place": places(eleven, tool.sign)[area].to_numpy(),
            "near_ties": eleven.eq(eleven[area], axis=0).sum(axis=1).to_numpy() - 1,
            "near_of": eleven.notna().sum(axis=1).to_numpy(),
        },
        index=at.get_level_values(0),
    )
    for name in ("before", "peak", "low"):
        keys = pd.MultiIndex.from_arrays([found.index, found[f"{name}_year"]])
        found[name] = own.reindex(keys).to_numpy()
        found[f"{name}_shown"] = tool.shown[area].reindex(keys).to_numpy()
    found = found.astype(object).where(found.notna(), None)
    rows: dict[str, Row] = found.to_dict("index")
    return rows


def paper(
    tool: Tool, area: str, figures: dict[str, Row], document: DocxTemplate
) -> Iterator[dict[str, Any]]:
    """The blocks of the template, section by section."""
    tables = charts = 0
    for section in tool.words["outline"]:
        yield {"kind": "heading", "text": section["heading"].replace("{area}", area)}
        measures = [m for m in section["counted"] if m in figures]
        yield from ({"kind": "text", "text": text} for text in counts(tool, figures, measures))
        for measure in section["measures"]:
            if measure in figures:
                text = " ".join(sentences(tool, area, measure, figures[measure]))
                yield {"kind": "text", "text": text}
        for table in section["tables"]:
            tables += 1
            rows = [*table_rows(tool, table, figures)]
            caption = f"Table {tables}: {table['caption']}"
            yield {"kind": "table", "caption": caption, "rows": rows}
            yield {"kind": "text", "text": NOTE}
        for chart in section["charts"]:
            measure = chart["measure"]
            if measure in figures:
                charts += 1
                title = f"{capital(tool.words['measures'][measure]['noun'])}, {area}"
                image = InlineImage(document, plotted(tool, area, chart, title), width=Mm(160))
                yield {"kind": "chart", "caption": f"Figure {charts}: {title}", "image": image,
                       "source": SOURCE}  # fmt: skip


def counts(tool: Tool, figures: dict[str, Row], measures: list[str]) -> Iterator[str]:
    """How many measures moved which way, and how many stand in the best and worst quarters."""
    signs = tool.sign.reindex(measures).fillna(0)
    steps = [
        sign * np.sign(figures[m]["shown"] - figures[m]["before_shown"])
        for m, sign in signs.items()
        if sign and figures[m]["before_shown"] is not None
    ]
    if steps:
        better, worse = sum(s > 0 for s in steps), sum(s < 0 for s in steps)
        yield (f"Of the {len(steps)} measures that can be judged against the period before, "
               f"{better} improved, {len(steps) - better - worse} did not change and "
               f"{worse} worsened.")  # fmt: skip
    ranked = [figures[m] for m, sign in signs.items() if sign and figures[m]["near_of"] > 3]
    if ranked:
        quarters = [quarter(row["near_place"], row["near_of"]) for row in ranked]
        yield (f"Of the {len(ranked)} measures ranked among statistical neighbours, "
               f"{quarters.count(1)} were in the best quarter and {quarters.count(4)} were in the "
               f"worst quarter.")  # fmt: skip


def quarter(place: float, of: int) -> int:
    return int(-(-4 * place // of))


def sentences(tool: Tool, area: str, measure: str, row: Row) -> Iterator[str]:
    """What a paper says of a measure: how it stands, how it came there, how others do."""
    spoken = tool.words["measures"][measure]
    now = written(row["shown"], spoken)
    text = f"The {spoken['noun']} was {now} {when(tool, measure, row['year'])}"
    far, near = row["peak_shown"] - row["shown"], row["shown"] - row["low_shown"]
    name, way = ("peak", "down") if far >= near else ("low", "up")
    if max(far, near) > 0:
        then = when(tool, measure, row[f"{name}_year"])
        text += f", {way} from a {name} of {written(row[f'{name}_shown'], spoken)} {then}"
    if row["before"] is not None and row["before_year"] != row[f"{name}_year"]:
        step = row["shown"] - row["before_shown"]
        word = "up" if step > 0 else "down" if step < 0 else "unchanged"
        then = when(tool, measure, row["before_year"])
        text += f" and {word} from {written(row['before_shown'], spoken)} {then}"
    yield text + "."
    held = [("the median for statistical neighbours", row["median"]),
            (f"the {tool.region[area]}", row["region"]), ("England", row["country"])]  # fmt: skip
    said = [f"{side(row['value'], value)} {name} ({written(value, spoken)})"
            for name, value in held if value is not None][:2]  # fmt: skip
    if said:
        yield f"This is {' and '.join(said)}."


def side(value: float, other: float) -> str:
    return "above" if value > other else "below" if value < other else "the same as"


def written(value: float, spoken: Row) -> str:
    """A figure as the paper prints it."""
    digits = f"{abs(value):,.{spoken['decimals']}f}"
    minus = "\N{MINUS SIGN}" if value < 0 else ""
    return f"{minus}{spoken['before']}{digits}{spoken['after']}"


def when(tool: Tool, measure: str, year: int) -> str:
    kind = tool.year_type.get(measure, "")
    if kind == "Annual":
        return f"at the end of March {year}"
    if kind == "Calendar Year":
        return f"in {year}"
    ends = f"{year - 1}/{year % 100:02d}"
    return f"in the academic year {ends}" if kind == "Academic Year" else f"in {ends}"


def table_rows(tool: Tool, table: Row, figures: dict[str, Row]) -> Iterator[list[str]]:
    near = "statistical neighbours, May 2025"
    yield ["Measure", "Latest", "Rank, England", "Quartile, England", f"Rank, {near}",
           f"Quartile, {near}"]  # fmt: skip
    for measure in table["measures"]:
        if measure not in figures:
            continue
        row, spoken = figures[measure], tool.words["measures"][measure]
        latest = f"{written(row['shown'], spoken)} ({when(tool, measure, row['year'])})"
        yield [capital(spoken["noun"]), latest, *placed(row, ""), *placed(row, "near_")]


def placed(row: Row, group: str) -> list[str]:
    place, ties, of = (row[f"{group}{name}"] for name in ("place", "ties", "of"))
    joint = "joint " if ties else ""
    return [f"{joint}{place:.0f} of {of}", str(quarter(place, of))]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def plotted(tool: Tool, area: str, chart: Row, title: str) -> io.BytesIO:
    """One fresh figure, 160 mm wide at 200 dots an inch: lines over the years, or bars of peers."""
    measure = chart["measure"]
    group = [name for name in tool.neighbours.get(area, []) if name in tool.wide]
    years = tool.wide.loc[measure]
    figure, axes = plt.subplots(figsize=(160 / 25.4, 3.0))
    if chart["kind"] == "peers":
        last = years[area].last_valid_index()
        bars = years.loc[last, [area, *group, "England"]].dropna().sort_values()
        colours = ["#12436D" if name == area else "#BFBFBF" for name in bars.index]
        drawn = axes.barh(bars.index, bars.to_numpy(), color=colours)
        axes.bar_label(drawn)
    else:
        lines = {
            area: years[area],
            "Statistical neighbours (median)": years[group].median(axis=1),
            tool.region[area]: years[tool.region[area]],
            "England": years["England"],
        }
        for label, line in lines.items():
            axes.plot(line.index, line.to_numpy(), marker="o", label=label)
        axes.set_ylim(bottom=0)
        axes.legend()
    axes.set_title(title)
    axes.grid(axis="y")
    saved = io.BytesIO()
    figure.savefig(saved, dpi=200, bbox_inches="tight")
    plt.close(figure)
    saved.seek(0)
    return saved


if __name__ == "__main__":
    main()
