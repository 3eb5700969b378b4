"""What paragraphs say, word for word. The facts are invented; an editor may review the texts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.plan import MessageGroup
from reporter.prose.aggregate import say_group
from reporter.prose.discourse import Discourse
from reporter.prose.joining import Phrase, join
from reporter.prose.markers import plain
from reporter.prose.missing import is_missing, say_missing
from reporter.prose.saying import say
from reporter.prose.words import Words
from reporter.sources import Catalogue, Style
from tests.prose.mirrored import skeleton
from tests.prose.saying import CATALOGUE, fact, group, messages, paragraph, text, voice

WINDOW = {"period": "2019-04-29..2019-05-26", "period_type": "window"}


def plans() -> object:
    return group(
        fact("level", "plans", 429),
        fact("level", "plans_rate", 149),
        fact(
            "peak_trough", "plans", 429, base_value=257, base_period="2018-07", extreme="low",
            direction="up",
        ),
        fact(
            "comparator", "plans_rate", 149, comparator="Similar authorities (median)",
            comparator_value=70, comparator_period="2017/18",
            comparator_period_type="year", comparator_kind="peers",
            statistic="median", ratio=2.13, direction="up",
        ),
    )  # fmt: skip


def test_a_count_carries_its_rate_and_the_rate_its_comparator() -> None:
    assert text(plans()) == (
        "At the end of May 2019, 429 children were subject to a plan (149 per 10,000), up from a "
        "low of 257 in July 2018. That is more than twice the median for similar authorities in "
        "2017/18 (70 per 10,000)."
    ).replace("That is", "This is")


def test_better_and_still_short_are_parted_by_a_true_connective() -> None:
    visits = group(
        fact("level", "visits", 82, period="2021-06", period_type="month"),
        fact(
            "change", "visits", 82, period="2021-06", period_type="month", base_value=76,
            base_period="2020-10", base_label="baseline", direction="up", judgement="better",
        ),
        fact(
            "target", "visits", 82, period="2021-06", period_type="month", comparator="target",
            comparator_value=90, direction="down", judgement="worse",
        ),
    )  # fmt: skip
    assert text(visits) == (
        "In June 2021, 82% of visits were on time, up from 76% in October 2020 but still below "
        "the target of 90%."
    )


def test_an_average_is_said_by_what_it_is_per() -> None:
    weekly = group(
        fact("level", "weekly", 62, **WINDOW),
        fact(
            "peak_trough", "weekly", 62, **WINDOW, base_value=100, base_period="2019-03..2019-04",
            extreme="peak", direction="down",
        ),
    )  # fmt: skip
    assert text(weekly) == (
        "Referrals averaged 62 a week in the four weeks to 26 May 2019, down from a peak of 100 in "
        "March and April 2019."
    )


def test_a_fall_is_said_like_a_rise() -> None:
    def turned(direction: str, before: float, now: float) -> str:
        change = fact(
            "change", "plans", now, base_value=before, base_period="2018-11",
            base_label="baseline", direction=direction,
        )  # fmt: skip
        return text(group(fact("level", "plans", now), change))

    up, down = turned("up", 300, 400), turned("down", 400, 300)
    swapped = up.replace("400", "x").replace("300", "400").replace("x", "300")
    assert swapped.replace("up from", "down from") == down


@given(st.integers(20, 9000), st.integers(20, 9000), st.sampled_from(["baseline", "year_end"]))
def test_any_rise_turned_round_is_said_in_the_same_words(one: int, two: int, base: str) -> None:
    def said(before: int, now: int) -> str:
        direction = "up" if now > before else "down" if now < before else "same"
        change = fact(
            "change", "contacts", now, base_value=before, base_period="2018-11", base_label=base,
            direction=direction,
        )  # fmt: skip
        return text(group(fact("level", "contacts", now), change))

    there, back = said(one, two), said(two, one)
    turned = {"up": "down", "down": "up", f"{one:,}": f"{two:,}", f"{two:,}": f"{one:,}"}
    assert [turned.get(word.strip(","), word) for word in there.split()] == [
        word.strip(",") if word.strip(",") in turned else word for word in back.split()
    ]


def test_the_period_is_not_named_in_each_sentence_and_openings_vary() -> None:
    said = text(
        group(fact("level", "plans", 429)),
        group(fact("level", "visits", 82)),
        group(fact("level", "repeat", 17)),
        group(fact("level", "days", 346)),
    )
    assert said == (
        "At the end of May 2019, 429 children were subject to a plan. Of visits, 82% were on time. "
        "At the end of May, 17% of referrals were repeat referrals. The average time from entry to "
        "placement was 346 days."
    )


def test_members_of_a_breakdown_make_one_sentence() -> None:
    ages = [("0 to 4", 110), ("5 to 9", 120), ("10 to 15", 105)]
    said = group(*(fact("level", "plans", n, breakdown="age", category=a) for a, n in ages))
    assert text(said) == (
        "At the end of May 2019, 110 children aged 0 to 4, 120 aged 5 to 9 and 105 aged 10 to 15 "
        "were subject to a plan."
    )


def test_two_lists_of_the_same_members_become_one() -> None:
    ages = [("0 to 4", 110, 90, 30.0), ("5 to 9", 120, 100, 33.0)]
    changes = group(
        *(
            fact(
                "change", "plans", now, breakdown="age", category=age, base_value=before,
                base_period="2018-07", base_label="baseline", direction="up",
            )
            for age, now, before, _ in ages
        )
    )  # fmt: skip
    shares = group(
        *(
            fact("share", "plans", now, breakdown="age", category=age, share=share, whole=364)
            for age, now, _, share in ages
        )
    )
    assert text(changes, shares) == (
        "At the end of May 2019, 110 children aged 0 to 4 (up from 90 in July 2018; 30% of the "
        "total) and 120 aged 5 to 9 (up from 100; 33%) were subject to a plan."
    )


def test_the_two_ends_of_a_range_make_a_range() -> None:
    ends = [("lowest unit", 83), ("highest unit", 97)]
    said = group(
        *(fact("level", "visits", n, breakdown="team_ends", category=end) for end, n in ends)
    )
    assert text(said) == (
        "At the end of May 2019, between 83% and 97% of visits were on time across teams."
    )


def test_counts_of_measures_join_into_one_sentence() -> None:
    counts = [("met", 5), ("between", 4), ("below", 7)]
    said = group(
        *(
            fact("count_summary", "", what=what, result=n, denominator=16, base_period=what)
            for what, n in counts
        )
    )
    assert text(said) == (
        "Of the 16 measures with a target, five met the upper target, four lay between the minimum "
        "and the upper target and seven were below the minimum."
    )


def counts(*found: tuple[str, int], of: int) -> str:
    return text(
        group(
            *(
                fact("count_summary", "", what=what, result=n, denominator=of, base_period=what)
                for what, n in found
            )
        )
    )


def test_what_holds_of_all_is_told_of_all() -> None:
    judged = "Of the measures that can be judged against the period before, all six worsened."
    assert counts(("worse", 6), of=6) == judged
    none = "Of the three measures that can be judged against the period before, none changed."
    assert counts(("same", 3), of=3) == none


def test_a_place_with_few_figures_is_told_at_once() -> None:
    said = counts(("without_figure", 66), ("old_figure", 34), of=181)
    assert said == (
        "Of the 181 measures in this report, 66 had no figure that may be shown and 34 had no "
        "recent one."
    )


def test_measures_that_were_told_and_have_no_figure_now_are_these() -> None:
    lacking = group(*(fact("caveat", code, reason="missing") for code in ("plans", "visits")))
    speaker = voice()
    (said,) = say_missing(replace(lacking, every=True), speaker, Discourse(speaker))
    plainly = said.text.replace("\u00a0", " ")
    assert plainly == "None of these measures has a figure in May 2019."
    assert len(said.facts) == 2


def years(*periods: tuple[str, str, str]) -> str:
    """Rises from 90 to 110 in one paragraph: of what, from when and to when."""
    rises = (
        fact("change", code, 110, period=now, base_value=90, base_period=then, result=20,
             period_type="year", direction="up", base_label="previous_period", material=True)
        for code, then, now in periods
    )  # fmt: skip
    return text(*(group(rise) for rise in rises))


def test_academic_years_are_called_so_once_in_a_paragraph() -> None:
    said = years(("plans", "AY2022/23", "AY2023/24"), ("visits", "AY2022/23", "AY2023/24"))
    assert said.count("academic year") == 1
    assert said.startswith("In the academic year 2023/24, 110 children were subject to a plan, up")
    assert "increased from 90% in 2022/23 to 110% in 2023/24" in said


def test_academic_years_beside_others_keep_their_name() -> None:
    said = years(("plans", "2022/23", "2023/24"), ("visits", "AY2022/23", "AY2023/24"))
    assert said.count("academic year") == 2


def test_what_a_comma_opens_a_comma_closes() -> None:
    (message,) = messages(fact("level", "plans", 110))
    row = Phrase("the third rise in a row, from 80 in July 2018", 1, message)
    for other, joined in ((1, ", and above England"), (-1, ", but above England")):
        said = join([row, Phrase("above England", other, message)], voice())
        assert said == row.text + joined


def test_an_abbreviation_is_written_out_where_it_first_stands() -> None:
    shortened = replace(CATALOGUE.indicators["plans"], state="subject to a CP plan")
    catalogue = Catalogue(
        indicators={**CATALOGUE.indicators, "plans": shortened},
        breakdowns=CATALOGUE.breakdowns,
        abbreviations={"CP": "child protection"},
    )
    groups = [
        group(fact("level", "plans", n, period=p)) for n, p in ((429, "2019-05"), (1, "2019-04"))
    ]
    said = text(*groups, speaker=voice(catalogue=catalogue))
    assert said == (
        "At the end of May 2019, 429 children were subject to a child protection (CP) plan. There "
        "was 1 child subject to a CP plan at the end of April 2019."
    )


def test_a_first_mention_is_bold_where_the_house_style_has_it_so() -> None:
    speaker = voice(Style(bold_first_mention=True))
    first, second = paragraph(
        group(fact("level", "plans", 429)),
        group(fact("level", "plans", 257, period="2018-07")),
        speaker=speaker,
    )
    start, end = first.bold[0]
    assert first.text[start:end] == "subject to a plan"
    assert second.bold == ()


def test_a_statement_carries_every_fact_and_rule_that_it_expresses() -> None:
    first, second = paragraph(plans())
    assert [about.kind for about in first.facts] == ["level", "level", "peak_trough"]
    assert first.rules == ("level", "low")
    assert [about.kind for about in second.facts] == ["comparator"]


def test_each_number_is_tied_to_its_exact_value() -> None:
    (statement,) = paragraph(
        group(
            fact("level", "turnover", 15.74),
            fact(
                "change", "turnover", 15.74, base_value=23.26, base_period="2019-02",
                base_label="baseline", direction="down",
            ),
        )
    )  # fmt: skip
    stated = {
        statement.text[span.start : span.end]: (span.field, span.number)
        for span in statement.spans
        if span.kind == "number"
    }
    assert stated == {"15.7%": ("value", 15.74), "23.3%": ("base_value", 23.26)}


def flows(moved: str = "up", **fields: Any) -> MessageGroup:
    """Plans begun and ended in six months, both held against similar authorities."""
    basis = {"period": "2018-12..2019-05", "period_type": "window"}
    relation = fact(
        "relation", "starts", 190, **basis, other="ends", other_value=110, stock="plans",
        relation="inflow_above_outflow", stock_direction=moved,
    )  # fmt: skip
    against = {
        **basis, "comparator": "Similar authorities (median)", "comparator_kind": "peers",
        "statistic": "median", "comparator_period": "2017/18", "comparator_period_type": "year",
        "direction": "up", **fields,
    }  # fmt: skip
    others = messages(
        fact("comparator", "starts", 190, **against, comparator_value=89),
        fact("comparator", "ends", 110, **{**against, "direction": "up"}, comparator_value=80),
    )
    lead = next(m for m in messages(relation) if m.rule.role == "sentence")
    return MessageGroup("starts", "", "", (lead, *others))


def test_starts_and_ends_are_one_thought_with_what_they_share() -> None:
    assert text(flows()) == (
        "In the six months to May 2019, plans began at a rate of 190 per 10,000 children and ended "
        "at a rate of 110, so the number of children subject to a plan rose. Both are above the "
        "median for similar authorities in 2017/18 (89 and 80)."
    )


def test_what_starts_and_ends_do_not_share_is_said_of_each() -> None:
    said = text(flows(direction="down"))
    assert "Both" not in said
    assert "The rate of plans started was below the median" in said
    assert "Meanwhile, the rate of plans ended was above the median" in said


def test_a_stock_whose_own_figures_say_otherwise_is_not_said_to_have_moved() -> None:
    assert "so the number" not in text(flows("none"))


def on_time(now: float, then: float, direction: str, judgement: str, *more: Any) -> MessageGroup:
    """Visits on time in June 2021, held against October 2020 and whatever `more` says."""
    when = {"period": "2021-06", "period_type": "month"}
    change = fact(
        "change", "visits", now, **when, base_value=then, base_period="2020-10",
        base_label="baseline", direction=direction, judgement=judgement, material=True,
    )  # fmt: skip
    return group(fact("level", "visits", now, **when), change, *more)


def low(value: float, **fields: Any) -> Any:
    given: dict[str, Any] = {"period": "2021-06", "period_type": "month", "direction": "up"}
    given |= {"extreme": "low", "base_period": "2021-02", "base_value": value, **fields}
    return fact("peak_trough", "visits", 82, **given)


def test_sentences_take_turns_with_how_a_figure_moved() -> None:
    first = group(fact("level", "plans", 429))
    assert text(first, on_time(82, 76, "up", "better")).endswith(
        "visits made on time increased from 76% in October 2020 to 82% in June 2021."
    )
    assert text(on_time(82, 76, "up", "better")).startswith("In June 2021, 82% of visits")


@pytest.mark.parametrize("before", range(4))
def test_better_and_worse_take_the_same_turns(before: int) -> None:
    others = [
        group(fact("level", code, 17)) for code in ("plans", "days", "repeat", "weekly")[:before]
    ]
    better = skeleton(text(*others, on_time(82, 76, "up", "better")))
    assert better == skeleton(text(*others, on_time(76, 82, "down", "worse")))


def test_a_low_between_the_two_figures_of_a_rise_stands_between_them() -> None:
    assert text(on_time(82, 76, "up", "better", low(70))) == (
        "In June 2021, 82% of visits were on time, up from 76% in October 2020, with a low of 70% "
        "in February 2021 in between."
    )
    before = text(on_time(82, 76, "up", "better", low(70, base_period="2020-08")))
    above = text(on_time(82, 76, "up", "better", low(78)))
    assert "in between" not in before + above


def test_better_and_worse_follow_a_figure_with_what_it_was() -> None:
    target = fact(
        "target", "visits", 82, period="2021-06", period_type="month", comparator="target",
        comparator_value=90, direction="down", judgement="worse",
    )  # fmt: skip
    about = [m for m in on_time(82, 76, "up", "better", target).messages if m.fact.kind != "level"]
    speaker = voice()
    words = [Words(speaker, Discourse(speaker), message.fact) for message in about]
    said = [plain(say(w, m, alone=True)) for w, m in zip(words, about, strict=True)]
    said = [words.replace("\u00a0", " ") for words in said]
    assert said == ["better than in October 2020 (76%)", "below the target of 90%"]


def test_members_that_all_moved_one_way_are_told_by_their_spread() -> None:
    spread = fact(
        "range", "visits", 96, breakdown="team", base_value=73, lowest=("North",), lowest_value=73,
        highest=("South",), highest_value=96, units=4, result=23,
    )  # fmt: skip
    changes = [
        fact(
            "change", "visits", now, breakdown="team", category=team, base_value=now + 5,
            base_period="2018-05", base_label="same_period_last_year", direction="down",
        )
        for team, now in (("North", 73), ("East", 80), ("West", 85), ("South", 96))
    ]  # fmt: skip
    told = MessageGroup("visits", "team", "", messages(spread, *changes))
    assert text(told) == (
        "Across the four teams, the percentage of visits made on time ranged from 73% (North) to "
        "96% (South) at the end of May 2019, down in each since May 2018."
    )


def test_what_misses_by_most_says_how_that_is_measured_beside_other_units() -> None:
    target = fact(
        "target", "visits", 82, comparator="minimum", level="minimum", comparator_value=90,
        direction="down", result=-8, standing="below",
    )  # fmt: skip
    for members, measured in ((("visits", "days"), ", in percentage points,"), (("visits",), "")):
        count = fact("count_summary", "", what="below", result=2, denominator=9, members=members)
        both = MessageGroup("", "", "", (*messages(count), *messages(target)))
        assert text(both).endswith(
            f"Furthest below{measured} was the percentage of visits made on time: 82% at the end "
            "of May 2019 against a minimum of 90%."
        )


def no_figures(*teams: str) -> str:
    """What is said where the percentage of visits has no figure for `teams`."""
    facts = [
        fact("caveat", "visits", reason="missing", breakdown="team", category=team)
        for team in teams
    ]
    speaker = voice()
    lacking = replace(group(*facts), parallel=False)
    assert is_missing(lacking)
    (said,) = say_missing(lacking, speaker, Discourse(speaker))
    assert len(said.facts) == len(teams)
    return said.text.replace("\u00a0", " ")


def test_members_without_a_figure_are_named_in_one_sentence_and_many_not_counted_up() -> None:
    assert no_figures("North", "South", "Team 3") == (
        "There is no figure for the percentage of visits made on time at the end of May 2019 for "
        "North, South or Team 3."
    )
    assert no_figures(*(f"The team of the district {number}" for number in range(6))) == (
        "There is no figure for the percentage of visits made on time at the end of May 2019 for "
        "several of its teams."
    )


def test_a_measure_just_named_is_named_again_among_others_without_a_figure() -> None:
    speaker = voice()
    so_far = Discourse(speaker)
    so_far.start_paragraph()
    (one,) = list(say_group(group(fact("level", "take_up", 17, current=True)), speaker, so_far))
    assert "two-year-olds" in one.text
    lacking = [fact("caveat", code, reason="missing") for code in ("take_up", "visits")]
    (said,) = say_missing(group(*lacking), speaker, so_far)
    assert "the percentage or" not in said.text
    assert said.text.count("the percentage o") == 2


@pytest.mark.parametrize(
    ("noun", "said"),
    [
        ("Attainment 8", "Attainment 8"),
        ("Progress 8", "Progress 8"),
        ("Attainment 8 score", "the Attainment 8 score"),
        ("number of pupils", "the number of pupils"),
        ("children under 18", "the children under 18"),
    ],
)
def test_a_measure_that_is_a_name_takes_no_article(noun: str, said: str) -> None:
    assert voice().the(noun) == said
