"""`reporter new` of a file in the open data format: what it asks of filters, and that it builds."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from reporter.pipeline import build_report
from reporter.problems import ProblemsFoundError
from reporter.sources import Setting, load_commission
from reporter.starting import convert, start
from tests.ees_papers import FOLDER as SHARED

HEAD = ("time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
        "region_name,old_la_code,new_la_code,la_name")  # fmt: skip
PLACES = {
    "England": "National,E92,England,,,,,",
    "North West": "Regional,E92,England,E12,North West,,,",
    "Eastford": "Local authority,E92,England,E12,North West,901,E08,Eastford",
    "Westford": "Local authority,E92,England,E12,North West,902,E09,Westford",
}


def written(folder: Path, filters: dict[str, tuple[str, ...]], name: str = "visits.csv") -> Path:
    """A published file with two columns of figures for every item of `filters`, of three years."""
    lines = [",".join((HEAD, *filters, "visit_count", "on_time_percent"))]
    rows: list[tuple[str, ...]] = [()]
    for items in filters.values():
        rows = [(*row, item) for row in rows for item in items]
    for year in (2023, 2024, 2025):
        for at, place in enumerate(PLACES.values()):
            for n, row in enumerate(rows):
                figures = (str(100 * at + year - 2000 + n), str(50 + n))
                lines.append(",".join((f"{year},Reporting year,{place}", *row, *figures)))
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def figures(folder: Path, area: str) -> dict[tuple[str, ...], float]:
    """By code, breakdown, category and period the figures that the new brief reads of an area."""
    frame = load_commission(folder / "report.yaml", Setting(area=area)).dataset.observations
    frame = frame[frame["area"] == area]
    names = ["indicator", "breakdown", "category", "period"]
    keys = frame[names].astype(str).itertuples(index=False, name=None)
    return dict(zip(keys, frame["value"].tolist(), strict=True))


def test_a_file_without_filters_is_told_for_any_area(tmp_path: Path) -> None:
    started = start(tmp_path / "new", written(tmp_path, {"category": ("Visits",)}))
    assert "--area NAME" in started.next
    found = figures(tmp_path / "new", "Westford")
    assert found["visit_count", "", "", "2024/25"] == 325
    assert len(found) == 6
    _, evidence = build_report(
        tmp_path / "new" / "report.yaml", tmp_path / "out", setting=Setting(area="Westford")
    ).paths
    told: dict[str, Any] = json.loads(evidence.read_bytes())
    words = " ".join(each["text"] for each in told["statements"])
    assert "325" in words
    assert "North West" in words


def test_a_named_area_stands_in_the_brief(tmp_path: Path) -> None:
    started = start(tmp_path / "new", written(tmp_path, {}), "Eastford")
    assert "--area" not in started.next
    assert load_commission(tmp_path / "new" / "report.yaml").brief.area == "Eastford"


def test_an_area_without_figures_is_refused_and_nothing_written(tmp_path: Path) -> None:
    source = written(tmp_path, {})
    with pytest.raises(ProblemsFoundError, match="Did you mean 'Eastford'") as caught:
        start(tmp_path / "new", source, "Eastfort")
    assert caught.value.problems[0].code == "unknown-area"
    assert not (tmp_path / "new").exists()


def test_a_filter_with_few_items_makes_measures_of_its_own(tmp_path: Path) -> None:
    ages = {"age": ("aged 17 on 31 March", "aged 18 on 31 March")}
    start(tmp_path / "new", written(tmp_path, ages))
    found = figures(tmp_path / "new", "Westford")
    assert found["visit_count_17", "", "", "2025-03"] == 325
    assert found["visit_count_18", "", "", "2025-03"] == 326
    assert len(found) == 12


def test_the_longest_filter_with_a_total_is_kept_apart_and_another_fixed(tmp_path: Path) -> None:
    filters = {"sex": ("Total", "Boys", "Girls"), "team": ("Total teams", "A", "B", "C")}
    start(tmp_path / "new", written(tmp_path, filters))
    found = figures(tmp_path / "new", "Eastford")
    assert found["visit_count", "", "", "2024/25"] == 225
    assert found["visit_count", "team", "C", "2024/25"] == 228
    assert {key[1] for key in found} == {"", "team"}
    text = (tmp_path / "new" / "report.yaml").read_text()
    assert "# sex has also Boys, Girls" in text


def test_a_filter_that_sorts_the_items_of_another_is_left_alone(tmp_path: Path) -> None:
    source = written(tmp_path, {"pair": ("Total,Total", "Sex,Boys", "Sex,Girls", "Meals,Free")})
    text = source.read_text().replace(",pair,", ",topic,characteristic,")
    source.write_text(text)
    start(tmp_path / "new", source)
    found = figures(tmp_path / "new", "Eastford")
    assert found["visit_count", "", "", "2024/25"] == 225
    assert found["visit_count", "characteristic", "Free", "2024/25"] == 228
    assert len(found) == 2 * 4 * 3


def test_a_column_of_numbers_that_tells_rows_apart_is_a_filter(tmp_path: Path) -> None:
    start(tmp_path / "new", written(tmp_path, {"year_group": tuple("123")}))
    found = figures(tmp_path / "new", "Eastford")
    assert [found[f"visit_count_{year}", "", "", "2024/25"] for year in "123"] == [225, 226, 227]
    given = load_commission(tmp_path / "new" / "report.yaml", Setting(area="Eastford"))
    entry = given.dataset.catalogue.indicators["visit_count_2"]
    assert entry.noun == "visit count (year group 2)"


def test_a_file_without_regions_is_compared_with_the_country_alone(tmp_path: Path) -> None:
    source = written(tmp_path, {})
    lines = [line for line in source.read_text().splitlines() if ",Regional," not in line]
    source.write_text("\n".join(lines) + "\n")
    start(tmp_path / "new", source, "Eastford")
    assert load_commission(tmp_path / "new" / "report.yaml").brief.comparators == ("England",)


def test_a_long_filter_without_a_total_is_kept_apart(tmp_path: Path) -> None:
    start(tmp_path / "new", written(tmp_path, {"reason": tuple("ABCDEFGH")}))
    found = figures(tmp_path / "new", "Eastford")
    assert found["visit_count", "reason", "H", "2024/25"] == 232
    assert len(found) == 2 * 8 * 3


def test_too_many_items_leave_the_first_and_the_brief_names_the_rest(tmp_path: Path) -> None:
    filters = {"age": tuple("abcde"), "type": tuple("vwxyz")}
    start(tmp_path / "new", written(tmp_path, filters))
    assert len(figures(tmp_path / "new", "Eastford")) == 6
    text = (tmp_path / "new" / "report.yaml").read_text()
    assert "# age has also b, c, d, e" in text
    assert "# type has also w, x, y, z" in text


def test_its_metadata_comes_with_it_and_names_the_measures(tmp_path: Path) -> None:
    source = written(tmp_path, {})
    (tmp_path / "visits.meta.csv").write_text(
        "col_name,col_type,label,indicator_unit,indicator_dp\n"
        "visit_count,Indicator,Number of visits made,,0\n"
        "on_time_percent,Indicator,Visits on time,%,1\n"
    )
    start(tmp_path / "new", source)
    assert (tmp_path / "new" / "visits.meta.csv").is_file()
    catalogue = load_commission(tmp_path / "new" / "report.yaml", Setting(area="Eastford"))
    entry = catalogue.dataset.catalogue.indicators["visit_count"]
    assert entry.noun == "number of visits made"
    assert entry.source == "Explore education statistics, Department for Education"


def test_a_percentage_of_the_whole_that_is_always_100_is_not_told(tmp_path: Path) -> None:
    source = written(tmp_path, {"team": ("Total", "A", "B", "C")})
    with source.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    for row in rows[1:]:
        row[-1] = "100" if row[10] == "Total" else row[-1]
    source.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    start(tmp_path / "new", source)
    text = (tmp_path / "new" / "report.yaml").read_text()
    assert "- {indicator: on_time_percent, breakdown: team}" in text
    assert "- visit_count\n" in text
    assert "- on_time_percent\n" not in text.partition("outline:")[2]


def test_convert_says_that_it_needs_no_mapping(tmp_path: Path) -> None:
    made = convert(written(tmp_path, {}))
    assert made.paths == ()
    assert "open data format" in made.summary
    assert not (tmp_path / "mapping.yaml").exists()


@pytest.mark.parametrize("name", ["", "bds_long.parquet", "data_dictionary.csv"])
def test_a_file_of_the_interactive_tool_leads_to_the_report_that_there_is(
    name: str, tmp_path: Path
) -> None:
    tool = tmp_path / "tool"
    tool.mkdir()
    for each in ("bds_long.parquet", "data_dictionary.csv"):
        (tool / each).write_bytes(b"x")
    for begin in (lambda: start(tmp_path / "new", tool / name), lambda: convert(tool / name)):
        with pytest.raises(ProblemsFoundError, match="reporter build data/lait-children") as caught:
            begin()
        assert caught.value.problems[0].code == "lait-folder"


FILES = sorted(SHARED.glob("*.csv")) if SHARED.is_dir() else []


@pytest.mark.skipif(not FILES, reason="the published files are not beside this checkout")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:20])
def test_every_published_file_gives_a_paper_as_it_stands(path: Path, tmp_path: Path) -> None:
    start(tmp_path / "new", path)
    done = build_report(
        tmp_path / "new" / "report.yaml", tmp_path / "out", setting=Setting(area="Kent")
    )
    told = json.loads(done.paths[1].read_bytes())
    assert len(told["statements"]) > 3
    assert not [problem for problem in done.warnings if problem.level == "error"]
