"""The invented council is what its README says: made by its script, adding up, its plants known."""

from __future__ import annotations

import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pandas as pd
import pytest

from reporter.sources import Areas, Brief, Catalogue, Section, load_commission
from reporter.yamlfile import read_yaml

HOME = Path(__file__).parents[2] / "data" / "exampleshire"
SYMBOLS = ["c", "x", "z"]
STOCKS = {
    "cp_plans": ("cp_plan_starts", "cp_plan_ends"),
    "children_looked_after": ("cla_starts", "cla_ends"),
    "home_care_clients": ("home_care_starts", "home_care_ends"),
    "temporary_accommodation": ("ta_starts", "ta_ends"),
}


@pytest.fixture(scope="module")
def raw() -> pd.DataFrame:
    """Every row as text."""
    return pd.read_csv(HOME / "observations.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def final(raw: pd.DataFrame) -> pd.DataFrame:
    """The last report of every figure, with `figure` a number where there is one."""
    keys = ["area", "indicator", "breakdown", "category", "period", "period_type"]
    last = raw.drop_duplicates(keys, keep="last").copy()
    last["figure"] = pd.to_numeric(last["value"].where(~last["value"].isin(SYMBOLS)))
    return last


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_yaml(HOME / "indicators.yaml", Catalogue)


def series(final: pd.DataFrame, code: str) -> pd.Series:
    own = final[(final["area"] == "Exampleshire") & (final["breakdown"] == "")]
    return own[own["indicator"] == code].set_index("period")["figure"]


def test_the_script_makes_the_files_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(HOME / "make.py"), str(tmp_path)], check=True)
    for name in ("observations.csv", "targets.csv"):
        assert (tmp_path / name).read_bytes() == (HOME / name).read_bytes()


def test_the_readme_says_first_that_the_council_is_invented() -> None:
    assert "invented council" in (HOME / "README.md").read_text(encoding="utf-8").split("\n")[0]


def test_it_is_full_size(raw: pd.DataFrame, catalogue: Catalogue) -> None:
    assert len(catalogue.indicators) >= 40
    monthly = raw[
        raw["period_type"].isin(["month", "snapshot"]) & (raw["indicator"] == "referrals")
    ]
    assert sorted(set(monthly["period"]))[::35] == ["2022-04", "2025-03"]
    areas = read_yaml(HOME / "areas.yaml", Areas)
    assert len(areas.peer_groups["similar authorities"].members) == 10
    assert set(raw["area"]) <= set(areas.areas)


def test_every_code_in_use_is_in_the_catalogue(raw: pd.DataFrame, catalogue: Catalogue) -> None:
    assert set(raw["indicator"]) == set(catalogue.indicators)
    members = {(b, c) for b, known in catalogue.breakdowns.items() for c in known.members}
    used = set(zip(raw["breakdown"], raw["category"], strict=True)) - {("", "")}
    assert used == members
    targets = pd.read_csv(HOME / "targets.csv", dtype=str, keep_default_na=False)
    assert set(targets["indicator"]) <= set(catalogue.indicators)
    for code, indicator in catalogue.indicators.items():
        types = set(raw.loc[raw["indicator"] == code, "period_type"])
        assert types == set(indicator.period_types), code


def measures(sections: tuple[Section, ...]) -> set[str]:
    found = {measure.indicator for section in sections for measure in section.measures}
    return found.union(*(measures(section.sections) for section in sections if section.sections))


def test_the_brief_reports_every_measure_but_what_it_says_as_a_conversion(
    catalogue: Catalogue,
) -> None:
    brief = read_yaml(HOME / "report.yaml", Brief)
    populations = {i.population for i in catalogue.indicators.values()} - {""}
    said_otherwise = populations | {"s47_to_icpc_pct", "icpc_to_cpp_pct"}
    assert measures(brief.outline) == set(catalogue.indicators) - said_otherwise
    tables = {t.kind for s in brief.outline for part in (s, *s.sections) for t in part.tables}
    assert tables == {"scorecard", "trend", "comparison", "group", "finance"}


@pytest.mark.parametrize("stock", STOCKS)
def test_starts_and_ends_add_up_to_the_stock(final: pd.DataFrame, stock: str) -> None:
    held = series(final, stock)
    starts, ends = (series(final, code) for code in STOCKS[stock])
    assert len(held) == 36
    assert (held.diff() == starts - ends)[1:].all()


def test_members_add_up_to_their_totals(final: pd.DataFrame, catalogue: Catalogue) -> None:
    keys = ["area", "indicator", "period"]
    for column in ("value", "numerator", "denominator"):
        frame = final.assign(number=pd.to_numeric(final[column], errors="coerce"))
        if column == "value":
            units = {code: i.unit for code, i in catalogue.indicators.items()}
            frame = frame[frame["indicator"].map(units).isin(["count", "money"])]
        totals = frame[frame["breakdown"] == ""].set_index(keys)["number"]
        parts = frame[frame["breakdown"] != ""].groupby([*keys, "breakdown"])["number"]
        sums = parts.sum().where(parts.count() == parts.size()).dropna().reset_index("breakdown")
        rounded = sums.index.get_level_values("area").isin(["England", "North Example"])
        apart = (sums["number"] - totals.reindex(sums.index)).abs()
        assert apart[~rounded].max() == 0
        assert not rounded.any() or apart[rounded].max() <= 20


def test_numerators_and_denominators_give_the_figures(
    final: pd.DataFrame, catalogue: Catalogue
) -> None:
    shown = final[(final["numerator"] != "") & final["figure"].notna()]
    assert len(shown) > 4000
    for row in shown.to_dict("records"):
        unit = catalogue.indicators[row["indicator"]]
        scale = {"percent": 100, "rate": unit.per}.get(unit.unit, 1)
        exact = Decimal(row["numerator"]) * scale / Decimal(row["denominator"])
        assert exact.quantize(Decimal(row["value"]), ROUND_HALF_UP) == Decimal(row["value"]), row


def test_rates_are_of_the_population_that_the_folder_holds(
    final: pd.DataFrame, catalogue: Catalogue
) -> None:
    for code, indicator in catalogue.indicators.items():
        if indicator.population:
            of = final[final["indicator"] == code]
            people = final[
                (final["indicator"] == indicator.population) & (final["breakdown"] == "")
            ]
            held = people[people["area"].isin(set(of["area"]) - {"England", "North Example"})]
            below = of[of["area"].isin(set(held["area"]))]
            assert set(below["denominator"]) <= set(held["value"]), code


def test_ends_of_plans_follow_starts_a_year_later(final: pd.DataFrame) -> None:
    starts, ends = series(final, "cp_plan_starts"), series(final, "cp_plan_ends")
    assert starts.shift(12).corr(ends) > 0.9


def test_what_is_planted_is_there(raw: pd.DataFrame) -> None:
    def rows(code: str, *periods: str) -> pd.DataFrame:
        own = raw[(raw["area"] == "Exampleshire") & (raw["indicator"] == code)]
        return own[own["period"].isin(periods) & (own["breakdown"] == "")]

    assert list(rows("referrals", "2024-10")["status"]) == ["", "revised"]
    assert rows("referrals", "2024-10")["published"].is_unique
    assert list(rows("outturn_gbp", "2024/25")["status"]) == ["forecast", "provisional"]
    assert set(rows("discharge_delay_days", "2023-08", "2023-09")["value"]) == {"x"}
    assert list(rows("discharge_delay_days", "2023-10")["status"]) == ["break"]
    assert list(rows("absence_pct", "2024-08")["value"]) == ["z"]
    assert rows("direct_payments_pct", "2023-02", "2023-03").empty
    assert list(rows("contacts", "2025-02", "2025-03")["status"]) == ["provisional"] * 2


def limits(values: pd.Series) -> tuple[float, float, float]:
    """Lower limit, mean and upper limit of an XmR chart (STANDARDS 2.1.1)."""
    mean, reach = values.mean(), 2.66 * values.diff().abs().mean()
    return mean - reach, mean, mean + reach


def test_special_causes_are_where_the_readme_says(final: pd.DataFrame) -> None:
    repeat, visits, invoices = (
        series(final, code)
        for code in ("re_referral_pct", "cp_visits_on_time_pct", "invoices_on_time_pct")
    )
    lower, _, upper = limits(repeat)
    assert list(repeat.index[(repeat > upper) | (repeat < lower)]) == ["2025-03"]
    assert (visits["2024-07":] < limits(visits)[1]).all()
    assert (visits[:"2024-06"] > limits(visits)[1]).all()
    lower, _, upper = limits(invoices)
    assert invoices.between(lower, upper).all()


def test_crossings_are_where_the_readme_says(final: pd.DataFrame) -> None:
    england = final[(final["area"] == "England") & (final["breakdown"] == "")]
    for code, sign in (("cp_plans_rate", 1), ("direct_payments_pct", -1)):
        theirs = england[england["indicator"] == code].set_index("period")["figure"]
        beyond = (sign * (series(final, code) - theirs)).dropna()
        assert beyond["2023-06"] < 0 < beyond["2024-06":].min(), code
    on_time = series(final, "assessments_on_time_pct")
    assert on_time["2024-04"] < 90 < on_time["2025-03"]


def test_nothing_suppressed_can_be_worked_out_from_its_total(raw: pd.DataFrame) -> None:
    parts = raw[(raw["indicator"] == "permanent_exclusions") & (raw["breakdown"] != "")]
    hidden = parts[parts["value"] == "c"].groupby("period").size()
    assert not hidden.empty
    assert hidden.min() >= 2
    assert not parts["value"].isin(["1", "2", "3", "4", "5"]).any()


def test_it_loads_whole_and_without_a_warning() -> None:
    commission = load_commission(HOME / "report.yaml")
    assert len(commission.dataset.observations) > 7000
    assert commission.dataset.warnings == ()
