from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.language.sections import flat_article
from extractors.language.sentences import split_sentences
from extractors.records import Passage

#: One row a text; "|" marks where a sentence ends.
NASTIES = [
    "Rituximab vs. placebo was tested in 30 pts. vs. 28 controls.| The trial was stopped.",
    "We enrolled 30 pts.| All completed the trial.",
    "Cells were stimulated with IL-2.| Proliferation was measured.",
    "Levels rose (Fig. 2) and fell (Figs. 3 and 4).| No other change was seen.",
    "BAFF was higher than in controls (P < 0.05).| B cells were fewer.",
    "The hazard ratio was 0·05 (95% CI 0·01–0·4; p=0·003).| Deaths were rare.",
    "Biologics, i.e. rituximab, were allowed.| Steroids, e.g. prednisone, were not.",
    "Smith et al. described a similar case.| Ours is the second.",
    "Dr. Example and St. Elsewhere took part.| They agreed.",
    "It took approx. 5 weeks.| Then it stopped.",
    "Infection with E. coli was frequent.| S. aureus was not found.",
    "An unpunctuated title about lymphoma",
    "Growth needs signals.| mTOR is one of them.| p53 is another.| β2-microglobulin was high.",
    "The patient improved.| pSS was confirmed by biopsy.| siRNA had no effect.",
    "The mean score was 4.3 (SD 2.1).| In controls it was 2.0.",
    "METHODS: We treated ten women.| RESULTS: All improved.",
    "Results.| We found no difference.| Conclusions.| It is safe.",
    "This was shown before [12].| Others disagree [3,4].| We do not.",
    "This was shown before.[12]| Others disagree.",
    "This was shown before.12| Others disagree.",
    "She had hepatitis C.| He had vitamin B12 deficiency.",
    "Patients in group B.| Responses were slower.",
    "The drug was given by J. Smith and A. B. Jones in one centre.| It worked.",
    "Nephritis, No. 5 of the series, relapsed.| The others did not.",
    "Was the response lasting?| Yes, in most.",
    "The response was lasting!| It was not.",
    'She said "never again."| The next day she left.',
    "(The trial was small.)| Still, it was blinded.",
    "Values fell (from 3.2 to 1.1. vs. 0.9 in controls) in a week.| Then they rose.",
    "The dose was 1.5 mg.| 20 patients received it.",
    "Remission was complete.| 3 of 4 patients relapsed.",
    "The level was P < 0. 05 in both arms.| It held.",
    "The U.S. cohort was larger.| It was older.",
    "Sera (approx. 2 ml vs. 3 ml) were pooled.| Buffer was added.",
    "They had C. difficile colitis.| Vancomycin helped.",
    "Doses were 375 mg/m2 i.v. weekly.| Infusions lasted 4 h.",
    "Complement C4.| The second component was normal.",
    "The trial (NCT00000000) closed early.| Funded by a foundation.",
    "Cells expressed CD20.| Anti-CD20 depleted them.",
    "IgM was low.| κ chains were in excess.",
    "Eq. 3 holds for Tab. 4 and Ref. 5.| Vol. 2 shows why.",
    "Survival was better (HR 0.6, 95% CI 0.4-0.9, P = .01).| OS was unchanged.",
    "The median was 3.5 yrs.| It was 2 yrs. in women.",
    "We thank Drs. Alpha and Beta.| They know why.",
    "Incubation was at 37 °C.| Samples were frozen at 4 °C.",
    "Mean age was 54 [IQR 40–60].| Most were women.",
    "A. fumigatus was cultured.| It was treated.",
    "Follow-up was 12 mo.| Relapse occurred in two.",
    "Type I, II and III.| Type II was the commonest.",
    "Dryness, fatigue, etc. were common.| Pain was not.",
    "Both (a) and (b) hold.| (a) Staining is shown.",
]


@pytest.mark.parametrize("row", NASTIES)
def test_sentences_end_where_a_reader_ends_them(row: str) -> None:
    wanted = [part.strip() for part in row.split("|")]
    text = row.replace("|", "")
    got = [text[s.start : s.end] for s in split_sentences(text, (Passage(0, len(text)),))]
    assert got == wanted


def test_sentences_end_without_a_blank() -> None:
    text = "Mortality was 3%.The second cohort did better."
    got = [text[s.start : s.end] for s in split_sentences(text, (Passage(0, len(text)),))]
    assert got == ["Mortality was 3%.", "The second cohort did better."]


def test_sentences_never_cross_a_passage() -> None:
    article = flat_article(
        "X:1", "A title without a point", "AIM: To see whether it ends RESULTS: It did. CONCLUSION: Yes"
    )
    sentences = split_sentences(article.text, article.passages)
    assert article.text[sentences[0].start : sentences[0].end] == "A title without a point"
    for sentence in sentences:
        passage = article.passages[sentence.passage]
        assert passage.start <= sentence.start < sentence.end <= passage.end


@given(st.text(alphabet="abAB1 .!?()[]\"'β\n", max_size=120))
def test_sentences_cover_all_that_is_not_white_space(text: str) -> None:
    sentences = split_sentences(text, (Passage(0, len(text)),))
    assert "".join("".join(text[s.start : s.end].split()) for s in sentences) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(sentences))
