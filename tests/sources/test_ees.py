"""Files in the open data format: what becomes of their rows, and what is refused."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from reporter.problems import Problem, ProblemsFoundError
from reporter.sources import Commission, Data, Dataset, load_commission
from reporter.yamlfile import fit, parse

BRIEF = """\
title: Pupils
area: Sometown
committee: Scrutiny
meeting_date: 2025-12-11
period: {period}
data:
  ees:
{entries}
outline:
  - heading: Pupils
    measures: [{measure}]
"""
PLACES = {
    "England": "National,E92000001,England,,,,,",
    "The North": "Regional,E92000001,England,E12000001,The North,,,",
    "Sometown": "Local authority,E92000001,England,E12000001,The North,801,E06000001,Sometown",
    "Otherton": "Local authority,E92000001,England,E12000001,The North,802,E06000002,Otherton",
}
HEADER = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
    "region_name,old_la_code,new_la_code,la_name"
)
Write = Callable[..., Path]
Load = Callable[..., Commission]


@pytest.fixture(autouse=True, params=(50_000_000, 0), ids=("whole", "sieved"))
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """From which size on rows are sieved as they stream by: nothing else may come of it."""
    monkeypatch.setattr("reporter.sources.desk.FROM", request.param)


def table(*rows: str, columns: str = "sex,pupil_count,absence_percent", bom: bool = False) -> str:
    return ("\ufeff" if bom else "") + "\n".join([f"{HEADER},{columns}", *rows, ""])


def rows_of(time: str, *cells: str, places: tuple[str, ...] = tuple(PLACES)) -> list[str]:
    return [f"{time},{PLACES[place]},{cell}" for place in places for cell in cells]


PLAIN = [
    row
    for year in ("202324", "202425")
    for row in rows_of(f"{year},Academic year", "Total,1000,6.5", "Girls,480,c", "Boys,520,7.0")
]
FIXED = "    - {file: pupils.csv, filters: {sex: Total}}"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(
        figures: str = table(*PLAIN),
        entries: str = FIXED,
        period: str = "AY2024/25",
        measure: str = "pupil_count",
        more: str = "",
        **files: str,
    ) -> Path:
        folder = tmp_path / "paper"
        folder.mkdir(exist_ok=True)
        (folder / "pupils.csv").write_text(figures, encoding="utf-8")
        for name, text in files.items():
            (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
        brief = folder / "report.yaml"
        text = BRIEF.format(period=period, entries=entries + more, measure=measure)
        brief.write_text(text, encoding="utf-8")
        return brief

    return make


@pytest.fixture
def load(write: Write) -> Callable[..., Dataset]:
    return lambda **given: load_commission(write(**given)).dataset


@pytest.fixture
def faults(write: Write) -> Callable[..., tuple[Problem, ...]]:
    def find(**given: str) -> tuple[Problem, ...]:
        brief = write(**given)
        with pytest.raises(ProblemsFoundError) as caught:
            load_commission(brief)
        return caught.value.problems

    return find


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems if problem.level == "error"]


def cells(dataset: Dataset, *names: str) -> list[tuple[object, ...]]:
    frame = dataset.observations
    return list(frame[list(names)].itertuples(index=False, name=None))


def test_columns_become_measures_and_places_areas(load: Callable[..., Dataset]) -> None:
    dataset = load()
    assert set(dataset.catalogue.indicators) == {"pupil_count", "absence_percent"}
    assert {name: (area.kind, area.region) for name, area in dataset.areas.areas.items()} == {
        "England": ("country", ""),
        "The North": ("region", ""),
        "Sometown": ("authority", "The North"),
        "Otherton": ("authority", "The North"),
    }
    frame = dataset.observations
    assert len(frame) == 4 * 2 * 2  # places, years and measures: one sex
    ours = frame[(frame["area"] == "Sometown") & (frame["indicator"] == "absence_percent")]
    assert ours["text"].tolist() == ["6.5", "6.5"]
    assert ours["period"].tolist() == ["AY2023/24", "AY2024/25"]
    assert ours["row"].tolist() == [8, 20]
    assert ours["file"].tolist() == ["pupils.csv"] * 2


def test_what_the_names_of_columns_say(load: Callable[..., Dataset]) -> None:
    columns = "sex,pupil_count,absence_percent,rate_per_10000,spend_gbp,headcount,ratio_of_things"
    figures = table(
        *rows_of("202425,Academic year", "Total,10,6.25,4.5,1200,7,1.25"), columns=columns
    )
    indicators = load(figures=figures).catalogue.indicators
    said = {code: (it.unit, it.per, it.decimals, it.polarity) for code, it in indicators.items()}
    assert said == {
        "pupil_count": ("count", 0, 0, "neutral"),
        "absence_percent": ("percent", 0, 2, "neutral"),
        "rate_per_10000": ("rate", 10_000, 1, "neutral"),
        "spend_gbp": ("money", 0, 0, "neutral"),
        "headcount": ("count", 0, 0, "neutral"),
        "ratio_of_things": ("score", 0, 2, "neutral"),
    }
    assert indicators["absence_percent"].noun == "absence percentage"


def test_metadata_beside_the_file_says_more(load: Callable[..., Dataset]) -> None:
    meta = (
        "col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,"
        "filter_grouping_column,filter_default\n"
        "sex,Filter,Sex of pupil,,,,,,Total\n"
        "pupil_count,Indicator,Number of pupils,,,0,,,\n"
        "absence_percent,Indicator,Overall absence rate,,%,1,,,\n"
        "spend,Indicator,Spend,,£m,2,,,\n"
    )
    figures = table(
        *rows_of("202425,Academic year", "Total,10,6.25,1.5", "Girls,4,6,c"),
        columns="sex,pupil_count,absence_percent,spend",
    )
    dataset = load(
        figures=figures,
        pupils__meta__csv=meta,
        entries="    - {file: pupils.csv, breakdowns: [sex]}",
    )
    indicators = dataset.catalogue.indicators
    assert indicators["pupil_count"].noun == "number of pupils"
    assert (indicators["absence_percent"].noun, indicators["absence_percent"].decimals) == (
        "overall absence rate", 1,
    )  # fmt: skip
    assert dataset.catalogue.breakdowns["sex"].label == "Sex of pupil"
    frame = dataset.observations
    spend = frame[(frame["indicator"] == "spend") & (frame["area"] == "Sometown")]
    assert spend["value"].tolist()[0] == 1_500_000
    assert spend["missing"].tolist() == ["", "suppressed"]
    assert {entry.file for entry in dataset.inputs} >= {"pupils.csv", "pupils.meta.csv"}


def test_a_breakdown_keeps_its_total_apart(load: Callable[..., Dataset]) -> None:
    dataset = load(entries="    - {file: pupils.csv, breakdowns: [sex]}")
    found = {
        (breakdown, category): text
        for area, code, period, breakdown, category, text in cells(
            dataset, "area", "indicator", "period", "breakdown", "category", "text"
        )
        if (area, code, period) == ("Sometown", "pupil_count", "AY2024/25")
    }
    assert found == {("", ""): "1000", ("sex", "Girls"): "480", ("sex", "Boys"): "520"}


def test_two_breakdowns_are_each_of_the_others_total(load: Callable[..., Dataset]) -> None:
    cells_of = [f"{sex},{need},5" for sex in ("Total", "Girls") for need in ("All needs", "None")]
    dataset = load(
        figures=table(*rows_of("202425,Academic year", *cells_of), columns="sex,need,pupil_count"),
        entries="    - {file: pupils.csv, breakdowns: [sex, {filter: need, total: All needs}]}",
    )
    pairs = set(cells(dataset, "breakdown", "category"))
    assert pairs == {("", ""), ("sex", "Girls"), ("need", "None")}


def test_some_items_of_a_breakdown(load: Callable[..., Dataset]) -> None:
    entries = "    - {file: pupils.csv, breakdowns: [{filter: sex, items: [Girls]}]}"
    dataset = load(entries=entries)
    assert set(cells(dataset, "category")) == {("",), ("Girls",)}


def test_filters_that_group_others_or_have_one_item_need_no_word(
    load: Callable[..., Dataset],
) -> None:
    cells_of = ["Total,All,x,5", "White British,White,x,3", "Chinese,Asian,x,2"]
    dataset = load(
        figures=table(
            *rows_of("202425,Academic year", *cells_of),
            columns="minor,major,phase,pupil_count",
        ).replace(",x,", ",Primary,"),
        entries="    - {file: pupils.csv, breakdowns: [minor]}",
    )
    assert len(set(cells(dataset, "category"))) == 3


def test_a_free_filter_is_refused_with_its_items(
    faults: Callable[..., tuple[Problem, ...]],
) -> None:
    (problem,) = faults(entries="    - pupils.csv")
    assert problem.code == "free-filter"
    assert problem.place.line == 8
    assert "'Boys', 'Girls', 'Total'" in problem.what
    assert "sex: 'Total'" in problem.fix
    assert "breakdowns: [sex]" in problem.fix


@pytest.mark.parametrize(
    ("entry", "code", "words"),
    [
        ("filters: {sex: Totl}", "unknown-item", "'Total'"),
        ("filters: {sexx: Total}", "unknown-column", "'sex'"),
        ("breakdowns: [{filter: sex, items: [Girl]}]", "unknown-item", "'Girls'"),
        ("breakdowns: [{filter: sex, total: All}]", "unknown-item", "'Boys', 'Girls', 'Total'"),
        ("filters: {sex: Total}, measures: [pupil_cont]", "unknown-column", "'pupil_count'"),
        ("filters: {sex: Total}, levels: [Local authorities]", "unknown-level", "Local authority"),
        ("filters: {sex: Total}, levels: [School]", "no-rows", "levels"),
        ("filters: {sex: Total}, snapshot: Marsh", "bad-choice", "March"),
        ("filters: {sex: Total}, reporting_year: fiscal", "bad-choice", "financial"),
    ],
)
def test_faults_of_the_brief(
    faults: Callable[..., tuple[Problem, ...]], entry: str, code: str, words: str
) -> None:
    found = [
        problem
        for problem in faults(entries=f"    - {{file: pupils.csv, {entry}}}")
        if problem.code == code
    ]
    assert found
    assert words in found[0].what + found[0].fix
    assert found[0].place.line == 8


@pytest.mark.parametrize(
    ("change", "code", "row", "column"),
    [
        (("Total,1000,6.5", "Total,1,6.5%"), "bad-number", 2, "absence_percent"),
        (("Total,1000,6.5", "Total,NULL,6.5"), "bad-number", 2, "pupil_count"),
        (("Total,1000,6.5", "Total,,6.5"), "bad-number", 2, "pupil_count"),
        (("202324,Academic year", "202324,Acad year"), "bad-time", 2, "time_period"),
        (("202324,Academic year", "2023,Academic year"), "bad-time", 2, "time_period"),
    ],
)
def test_faults_of_the_file(
    faults: Callable[..., tuple[Problem, ...]],
    change: tuple[str, str],
    code: str,
    row: int,
    column: str,
) -> None:
    entries = (
        "    - {file: pupils.csv, filters: {sex: Total}, measures: [pupil_count, absence_percent]}"
    )
    (problem,) = faults(figures=table(*PLAIN).replace(*change, 1), entries=entries)
    assert (problem.code, problem.place.row, problem.place.column) == (code, row, column)


def test_a_numeric_filter_is_told_and_can_be_named(
    load: Callable[..., Dataset], faults: Callable[..., tuple[Problem, ...]]
) -> None:
    figures = table(*rows_of("202425,Academic year", "5,10", "6,20"), columns="age,pupil_count")
    (problem,) = faults(figures=figures, entries="    - pupils.csv")
    assert problem.code == "rows-alike"
    assert "row 2" in problem.what
    assert "age" in problem.fix
    dataset = load(figures=figures, entries="    - {file: pupils.csv, filters: {age: '6'}}")
    assert set(cells(dataset, "value")) == {(20.0,)}


def test_a_column_that_may_be_either_is_asked_about(
    faults: Callable[..., tuple[Problem, ...]],
) -> None:
    odd = [*PLAIN, *rows_of("202122,Academic year", "Total,NULL,6.5")]
    found = faults(figures=table(*odd))
    assert codes(found)[0] == "filter-or-figures"
    assert "'NULL'" in found[0].what


def test_times_of_two_kinds_are_refused(faults: Callable[..., tuple[Problem, ...]]) -> None:
    mixed = [*PLAIN, *rows_of("202223,Financial year", "Total,1,2")]
    (problem,) = faults(figures=table(*mixed))
    assert problem.code == "mixed-times"
    assert "academic year, financial year" in problem.what


def test_symbols_are_reasons_and_never_numbers(load: Callable[..., Dataset]) -> None:
    symbols = ["c", "x", "z", "u", "low", "k", "0"]
    entries = "    - {file: pupils.csv, filters: {sex: Total}, levels: [National]}"
    years = [f"20{n}{n + 1},Academic year" for n in range(11, 18)]
    rows = [
        row
        for year, symbol in zip(years, symbols, strict=True)
        for row in rows_of(year, f"Total,{symbol},1", places=("England",))
    ]
    brief = {"figures": table(*rows), "entries": entries, "measure": "pupil_count"}
    dataset = load(**brief, areas__yaml="areas: {Sometown: {kind: authority}}",
                   more="\n  areas: areas.yaml")  # fmt: skip
    frame = dataset.observations
    counts = frame[frame["indicator"] == "pupil_count"]
    assert counts["missing"].tolist() == [
        "suppressed", "not_available", "not_applicable", "unreliable", "low", "low", "",
    ]  # fmt: skip
    assert counts["value"].isna().tolist() == [True] * 6 + [False]


def test_codes_that_change_and_names_that_stay(load: Callable[..., Dataset]) -> None:
    def authority(old: str, new: str, name: str, year: str) -> str:
        place = f"Local authority,E92000001,England,E12000001,The North,{old},{new},{name}"
        return f"{year},Reporting year,{place},5"

    figures = table(
        authority("801", "E06000001", "Sometown", "2025"),
        authority("801", "E10000001", "Sometown", "2024"),  # a new code, the same place
        authority("810", "E06000010", "Shire", "2025"),
        authority("809", "E10000010", "Shire", "2024"),  # a new boundary: another place
        authority("820", "E06000020", "St. Aldate", "2024"),
        authority("820", "E06000020", "St Aldate", "2025"),  # another spelling
        columns="pupil_count",
    )
    dataset = load(figures=figures, entries="    - pupils.csv", period="2024/25")
    names = [(str(area), str(period)) for area, period in cells(dataset, "area", "period")]
    assert sorted(names) == [
        ("Shire", "2024/25"), ("Shire (until 2024)", "2023/24"),
        ("Sometown", "2023/24"), ("Sometown", "2024/25"),
        ("St Aldate", "2023/24"), ("St Aldate", "2024/25"),
    ]  # fmt: skip


def test_rows_that_are_left_out_are_told(load: Callable[..., Dataset]) -> None:
    school = (
        "202425,Academic year,School,E92000001,England,E12000001,The North,801,E06000001,Sometown"
    )
    nowhere = (
        "202425,Academic year,Local authority,E92000001,England,x,Not available,x,x,Not available"
    )
    figures = table(*PLAIN, f"{school},Total,1,1", f"{nowhere},Total,1,1")
    warnings = {problem.code: problem for problem in load(figures=figures).warnings}
    assert "School" in warnings["level-left-out"].what
    assert warnings["level-left-out"].place.row == 26
    assert warnings["place-not-known"].place.row == 27


def test_a_measure_without_words_of_its_own_is_told_with_a_line_to_paste(
    load: Callable[..., Dataset],
) -> None:
    (problem,) = load().warnings
    assert problem.code == "not-described"
    line = problem.fix.partition("indicators: ")[2]
    own = load(indicators__yaml=f"indicators:\n  {line}\n")
    assert own.warnings == ()
    assert own.catalogue.indicators["pupil_count"].noun == "pupil count"
    assert "absence_percent" in own.catalogue.indicators


def test_the_same_file_twice_needs_two_codes(
    load: Callable[..., Dataset], faults: Callable[..., tuple[Problem, ...]]
) -> None:
    girls = "\n    - {file: pupils.csv, filters: {sex: Girls}, measures: [%s]}"
    found = faults(more=girls % "pupil_count")
    assert codes(found)[0] == "two-meanings"
    dataset = load(more=girls % "{column: pupil_count, code: girls}")
    assert dataset.catalogue.indicators["girls"].noun == "pupil count (girls)"
    assert len([path for path in dataset.inputs if path.file == "pupils.csv"]) == 1


def test_parts_of_a_percentage(load: Callable[..., Dataset]) -> None:
    figures = table(
        *rows_of("202425,Academic year", "20,5,25.0"),
        columns="pupil_count,absent_count,absent_percent",
    )
    measure = "{column: absent_percent, numerator: absent_count, denominator: pupil_count}"
    dataset = load(
        figures=figures,
        entries=f"    - {{file: pupils.csv, measures: [{measure}]}}",
        measure="absent_percent",
    )
    assert set(cells(dataset, "value", "numerator", "denominator")) == {(25.0, 5.0, 20.0)}


def test_days_of_the_year(load: Callable[..., Dataset]) -> None:
    entries = "    - {file: pupils.csv, filters: {sex: Total}, snapshot: January}"
    frame = load(entries=entries, period="2025-01").observations
    assert set(frame["period"]) == {"2024-01", "2025-01"}
    assert frame["end"].max() == pd.Timestamp("2025-01-31")


def test_our_own_figures_stand_beside_the_published(load: Callable[..., Dataset]) -> None:
    own = "area,indicator,period,period_type,value\nSometown,pupil_count,AY2025/26,year,990\n"
    frame = load(observations__csv=own).observations
    assert set(frame["file"]) == {"observations.csv", "pupils.csv"}


def test_a_byte_order_mark_and_quotes_make_no_difference(load: Callable[..., Dataset]) -> None:
    plain = load().observations
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(csv.reader(table(*PLAIN).splitlines()))
    quoted = load(figures="\ufeff" + text.getvalue()).observations
    pd.testing.assert_frame_equal(plain, quoted)


def test_the_readmes_entries_are_such() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (block,) = (part for part in re.findall(r"```yaml\n(.*?)```", readme, re.S) if "ees:" in part)
    plain, places = parse(block, "README.md")
    data = fit(plain["data"], places, Data, "README.md")
    assert [entry.snapshot for entry in data.ees] == ["", "March"]
    (block,) = (part for part in re.findall(r"```yaml\n(.*?)```", readme, re.S) if "sql:" in part)
    plain, places = parse(block, "README.md")
    asked = fit(plain["data"], places, Data, "README.md").sql
    assert asked is not None
    assert (asked.url, asked.targets) == ("${REPORTER_DB}", "kpi_targets")


def test_more_rows_than_a_sheet_holds_are_sieved(
    load: Callable[..., Dataset], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reporter.sources.desk.FROM", 0)
    monkeypatch.setattr("reporter.sources.records.MAX_ROWS", 8)
    school = "202425,Academic year,School,E92000001,England,E12000001,The North,801,E06000001,S"
    figures = table(*PLAIN, *(f"{school},Total,1,1" for _ in range(20)))
    dataset = load(figures=figures, entries=FIXED)
    assert len(cells(dataset, "value")) == 16
    (left,) = [one for one in dataset.warnings if one.code == "level-left-out"]
    assert left.what.startswith("20 rows of other levels")
    with pytest.raises(ProblemsFoundError) as caught:
        load(figures=figures, entries="    - {file: pupils.csv, breakdowns: [sex]}")
    assert caught.value.problems[0].code == "too-large"
