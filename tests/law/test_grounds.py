"""条例14–17, 38–40: why information is withheld, or not provided, or provided otherwise."""

import itertools
from datetime import date

import pytest

from law import grounds
from law.errors import BadTable
from law.gid.art14_forbidden import forbidden_as, may_cite_other_law, needs_other_law
from law.gid.art15_third_party_rights import withheld
from law.gid.art16_discretionary import is_discretionary, may_withhold
from law.gid.art17_review import report_to, reviews_needed
from law.gid.art32_third_party import may_refuse_for_third_party
from law.gid.art36_reply import facts_needed, must_say, needs_grounds, needs_reason
from law.gid.art38_making import as_held
from law.gid.art39_not_requests import as_asked
from law.gid.art40_form import Form, provide_in
from law.outcomes import Outcome

ON = date(2026, 11, 20)
REFUSALS = [o for o in Outcome if o.family == "refuse"]


@pytest.mark.parametrize(
    "outcome,provision",
    [
        ("refuse_state_secret", "第十四条"),
        ("refuse_other_law", "第十四条"),
        ("refuse_security", "第十四条"),
        ("refuse_third_party", "第十五条"),
        ("refuse_internal", "第十六条第一款"),
        ("refuse_process", "第十六条第二款"),
        ("refuse_enforcement", "第十六条第二款"),
    ],
)
def test_each_refusal_rests_on_its_provision(outcome, provision):
    assert Outcome(outcome).ground == provision
    assert [g.name for g in grounds.grounds_for(outcome)] == [f"条例{provision}"]


def test_only_refusals_have_a_ground_and_partial_may_cite_every_one():
    assert {o for o in Outcome if o.ground} == set(REFUSALS)
    assert grounds.grounds_for("partial") == grounds.grounds()
    assert grounds.grounds_for("not_exist") == ()
    assert grounds.refusal_articles() == {14, 15, 16}
    assert all(g.citation and g.certainty == "verified" for g in grounds.grounds())


def test_two_provisions_cannot_claim_one_outcome(tmp_path, monkeypatch):
    for name in ("art14_x.toml", "art15_x.toml"):
        (tmp_path / name).write_text(
            '[[ground]]\nprovision = "p"\ncovers = "c"\noutcomes = ["a"]\nbinding = "may"\nfrom = 2019-05-15\n'
            'citation = "c"\ncertainty = "verified"\n',
            "utf-8",
        )
    monkeypatch.setattr(grounds, "ROOT", tmp_path)
    with pytest.raises(BadTable):
        grounds.grounds.__wrapped__()


@pytest.mark.parametrize(
    "articles,contradict", [({14}, False), ({14, 15}, False), ({15, 16}, False), ({14, 16}, True), ({14, 15, 16}, True), (set(), False)]
)  # fmt: skip
def test_what_is_forbidden_is_no_choice(articles, contradict):
    assert grounds.exclude_each_other(articles) is contradict


@pytest.mark.parametrize(
    "article,choice,only_refusal",
    [(13, False, False), (14, False, True), (15, False, False), (16, True, True), (17, False, False), (None, False, False)],
)  # fmt: skip
def test_which_article_leaves_a_choice_and_which_carries_nothing_but_a_refusal(article, choice, only_refusal):
    assert grounds.discretionary(article) is choice
    assert grounds.refuses_only(article) is only_refusal


@pytest.mark.parametrize(
    "facts,outcome",
    [
        ((True, True, True), Outcome.REFUSE_STATE_SECRET),
        ((False, True, True), Outcome.REFUSE_OTHER_LAW),
        ((False, False, True), Outcome.REFUSE_SECURITY),
        ((False, False, False), None),
    ],
)
def test_art14_the_firmest_ground_comes_first(facts, outcome):
    secret, law, danger = facts
    found = forbidden_as(state_secret=secret, forbidden_by_law=law, endangers=danger)
    assert found is outcome
    assert {o for o in Outcome if needs_other_law(o)} == {"refuse_other_law"}
    assert {o for o in Outcome if may_cite_other_law(o)} == {
        "refuse_other_law",
        "refuse_state_secret",
        "partial",
    }


def test_art15_is_disclosed_with_consent_or_for_the_public():
    for harms, consents, public in itertools.product((True, False), repeat=3):
        told = withheld(harms=harms, consents=consents, public_interest=public)
        assert told is (harms and not consents and not public)
        refused = may_refuse_for_third_party(
            objects=not consents, reason_is_sound=harms, public_interest=public
        )
        assert refused is told


def test_art16_is_a_choice_unless_a_rule_wants_disclosure():
    chosen = {"refuse_internal", "refuse_process", "refuse_enforcement"}
    assert {o for o in Outcome if is_discretionary(o)} == chosen
    may = {o for o in Outcome if may_withhold(o, disclosure_required=True)}
    assert may == {"refuse_internal"}
    assert {o for o in Outcome if may_withhold(o, disclosure_required=False)} == chosen


def test_art17_reviews_and_where_doubt_goes():
    assert reviews_needed(ON) == ("secrecy", "redaction")
    assert reviews_needed(ON, legal=True) == ("secrecy", "redaction", "legal")
    assert report_to(state_secret_in_doubt=True).label == "保密行政管理部门"
    assert report_to(state_secret_in_doubt=False).label == "有关主管部门"


def test_art36_facts_reasons_and_grounds_by_outcome():
    assert facts_needed(Outcome.REFUSE_PROCESS) == ("inseparable", "discretion")
    assert facts_needed(Outcome.REFUSE_STATE_SECRET) == ("inseparable",)
    assert facts_needed(Outcome.PARTIAL) == ("provided", "withheld")
    assert facts_needed(Outcome.NOT_OURS) == ("other_office",)
    assert facts_needed(Outcome.NEEDS_MAKING) == ()
    silent = {"disclose", "already_public", "not_exist", "lapsed_supplement", "lapsed_fee", "withdrawn"}
    assert {o for o in Outcome if not needs_reason(o)} == silent
    assert {o for o in Outcome if needs_grounds(o)} == {*REFUSALS, Outcome.PARTIAL}


@pytest.mark.parametrize(
    "exists,made,separable,outcome",
    [
        (False, False, False, "not_exist"),
        (False, True, False, "needs_making"),
        (True, True, False, "needs_making"),
        (True, True, True, "partial"),
        (True, False, True, "partial"),
        (True, False, False, "disclose"),
    ],
)
def test_art38_taking_apart_is_no_making(exists, made, separable, outcome):
    assert as_held(exists=exists, must_be_made=made, separable=separable) == outcome


def test_art39_what_is_no_request():
    assert as_asked(complains=True, published_matter=True) is Outcome.PETITION
    assert as_asked(complains=False, published_matter=True) is Outcome.PUBLICATION
    assert as_asked(complains=False, published_matter=False) is None
    assert "相应渠道" in must_say(Outcome.PETITION)


@pytest.mark.parametrize(
    "asked,held,danger,cost,form",
    [
        ("paper", ("paper", "electronic"), False, False, Form("paper", False)),
        ("disc", ("paper", "electronic"), False, False, Form("paper", True)),
        ("paper", ("paper", "electronic"), True, False, Form("electronic", True)),
        ("paper", ("paper",), False, True, Form("reading", True)),
        ("electronic", ("electronic",), True, False, Form("reading", True)),
        ("reading", ("paper",), False, True, Form("reading", False)),
    ],
)
def test_art40_form(asked, held, danger, cost, form):
    assert provide_in(asked, held, endangers_carrier=danger, costs_too_much=cost) == form
