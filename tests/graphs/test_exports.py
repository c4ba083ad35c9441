"""Every export is opened by a reader that is not ours."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.errors import InputError, SiccaError
from extractors.records import Author
from graphs import cypher
from graphs.assembly import assemble
from graphs.exports import bioc, biolink, bolt, citations, extras, kgx, neo4j_csv, pubtator, rdf, ro_crate
from graphs.exports.property_graph import NODES, RELATIONS
from graphs.store import Store, claims
from tests.graphs.fieldnotes import Notes

NASTY = 'RTX\\ "heals" vasculitis; it\'s 50% better, {so} they & we <say>.'


@pytest.fixture
def told(store: Store) -> Store:
    Notes(
        990000001, title="A β-cell title, with “quotes”", authors=(Author("Doe", "Jane", "J"), Author(collective="G & Co")),
        doi="10.1/x", volume="3", pages="1-9",
    ).says(NASTY, "RTX", "treats", "vasculitis", effect="effective").into(store)  # fmt: skip
    Notes(2).says("RTX raises BAFF.", "RTX", "increases", "BAFF").says(
        "RTX does not target CD20.", "RTX", "targets", "CD20", negated=True
    ).says("Odd\u2028thing goes with pSS.", "Odd", "associated_with", "pSS").into(store)
    assemble(store)
    return store


def test_kgx_is_read_back_with_biolink_terms(told: Store, tmp_path: Path) -> None:
    nodes_path, edges_path = kgx.write(told.connection, tmp_path)
    with nodes_path.open(encoding="utf-8") as stream:
        nodes = {row["id"]: row for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)}
    with edges_path.open(encoding="utf-8") as stream:
        edges = {
            row["original_predicate"]: row for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    assert nodes["MESH:D000069283"]["category"] == "biolink:ChemicalEntity"
    assert edges["SICCA:treats"]["predicate"] == "biolink:treats"
    assert edges["SICCA:treats"]["publications"] == "PMID:990000001"
    assert edges["SICCA:increases"]["object_direction_qualifier"] == "increased"
    assert edges["SICCA:targets"]["negated"] == "true"
    assert all(edge["subject"] in nodes and edge["object"] in nodes for edge in edges.values())


def test_biolink_table_maps_every_predicate_and_only_known_ones() -> None:
    from extractors.values import MentionType, Predicate

    table = biolink.load()
    assert {row.predicate for row in table} == {str(predicate) for predicate in Predicate}
    assert set(biolink.CATEGORIES) == set(MentionType)
    for predicate in Predicate:
        verdicts = {row.verdict for row in table if row.predicate == predicate}
        assert "*" in verdicts or predicate is Predicate.TREATS


# rdflib 7.6 calls what it deprecates itself.
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdf_is_parsed_by_rdflib_and_keeps_quotes(told: Store, tmp_path: Path) -> None:
    rdflib = pytest.importorskip("rdflib")
    (path,) = rdf.write(told.connection, tmp_path / "g.trig")
    dataset = rdflib.Dataset()
    dataset.parse(data=path.read_text(encoding="utf-8"), format="trig")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    values = {str(o) for _, _, o, _ in dataset.quads((None, prov.value, None, None))}
    assert NASTY in values
    sicca = rdflib.Namespace("https://w3id.org/sicca/")
    assert len(list(dataset.quads((None, rdflib.RDF.type, sicca.Claim, None)))) == 4
    sources = {str(o) for _, _, o, _ in dataset.quads((None, prov.wasDerivedFrom, None, None))}
    assert sources == {"https://pubmed.ncbi.nlm.nih.gov/990000001", "https://pubmed.ncbi.nlm.nih.gov/2"}


@given(st.text(min_size=1, max_size=40))
@settings(max_examples=50, deadline=None)
def test_rdf_literals_survive_any_text(text: str) -> None:
    rdflib = pytest.importorskip("rdflib")
    if any(0xD800 <= ord(c) <= 0xDFFF or c == "\0" for c in text):
        return
    graph = rdflib.Graph().parse(data=f"<http://a> <http://b> {rdf.literal(text)} .", format="turtle")
    assert [str(o) for o in graph.objects()] == [text]


@pytest.mark.parametrize(("write", "load"), [(bioc.write_json, "biocjson"), (bioc.write_xml, "biocxml")])
def test_bioc_is_read_by_the_bioc_package(
    told: Store, tmp_path: Path, write: Callable[..., tuple[Path, ...]], load: str
) -> None:
    package = pytest.importorskip("bioc")
    (path,) = write(told.connection, tmp_path / "out")
    reader = pytest.importorskip(f"bioc.{load}").load
    with path.open(encoding="utf-8") as stream:
        collection = reader(stream)
    assert package
    documents = {document.id: document for document in collection.documents}
    first = documents["990000001"]
    passage = first.passages[1]
    assert passage.text == NASTY
    for document in documents.values():
        text = "\n".join(p.text for p in document.passages)
        for annotation in (a for p in document.passages for a in p.annotations):
            (place,) = annotation.locations
            assert text[place.offset : place.offset + place.length] == annotation.text
    (relation,) = first.relations
    assert relation.infons["type"] == "treats"
    assert [node.role for node in relation.nodes] == ["subject", "object"]


def test_pubtator_is_read_by_the_bioc_package(told: Store, tmp_path: Path) -> None:
    reader = pytest.importorskip("bioc.pubtator")
    (path,) = pubtator.write(told.connection, tmp_path / "out.txt")
    with path.open(encoding="utf-8") as stream:
        documents = {document.pmid: document for document in reader.load(stream)}
    document = documents["990000001"]
    text = f"{document.title}\n{document.abstract}"
    assert [(a.text, a.type, a.id) for a in document.annotations] == [
        ("RTX", "Chemical", "MESH:D000069283"),
        ("vasculitis", "Disease", "MESH:D014657"),
    ]
    assert all(text[a.start : a.end] == a.text for a in document.annotations)
    assert [(r.type, r.id1, r.id2) for r in document.relations] == [("treats", "MESH:D000069283", "MESH:D014657")]


def test_neo4j_csv_has_a_row_a_node_and_ends_that_exist(told: Store, tmp_path: Path) -> None:
    neo4j_csv.write(told.connection, tmp_path)
    keys = {}
    for table in NODES:
        with (tmp_path / f"{table.label.lower()}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        keys[table.label] = {row[f"id:ID({table.label})"] for row in rows}
        assert len(keys[table.label]) == len(rows) > 0
    for relation in RELATIONS:
        with (tmp_path / f"{relation.type.lower()}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                assert row[f":START_ID({relation.start})"] in keys[relation.start]
                assert row[f":END_ID({relation.end})"] in keys[relation.end]
    with (tmp_path / "evidence.csv").open(encoding="utf-8", newline="") as stream:
        assert NASTY in {row["sentence"] for row in csv.DictReader(stream)}


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")), min_size=2, max_size=2)
    )
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_neo4j_csv_survives_quotes_and_newlines(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "fuzz.csv"
    neo4j_csv._write(path, ["a", "b"], [tuple(row) for row in rows])
    with path.open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream, strict=True))[1:] == rows


def test_citations_are_those_the_claims_rest_on(told: Store, tmp_path: Path) -> None:
    Notes(77, title="Nothing read here.").into(told)
    (ris,) = citations.write_ris(told.connection, tmp_path / "a.ris")
    text = ris.read_text(encoding="utf-8")
    assert text.count("TY  - JOUR") == text.count("ER  - ") == 2
    assert "AU  - Doe, Jane\nAU  - G & Co" in text
    assert "synthetic record" in text
    (bib,) = citations.write_bibtex(told.connection, tmp_path / "a.bib")
    assert "author = {Doe, Jane and {G \\& Co}}" in bib.read_text(encoding="utf-8")
    assert bib.read_text(encoding="utf-8").count("{") == bib.read_text(encoding="utf-8").count("}")
    (csl,) = citations.write_csl(told.connection, tmp_path / "a.json")
    items = {item["id"]: item for item in json.loads(csl.read_text(encoding="utf-8"))}
    assert items["PMID:990000001"]["issued"] == {"date-parts": [[2020]]}
    assert set(items) == {"PMID:990000001", "PMID:2"}


def test_ro_crate_is_read_by_rocrate(told: Store) -> None:
    package = pytest.importorskip("rocrate.rocrate")
    folder = told.path.parent
    with pytest.raises(SiccaError, match=r"manifest\.json: missing"):
        ro_crate.write(folder)
    (folder / "manifest.json").write_text(json.dumps({"config": "c", "started": "2026-01-01T00:00:00+00:00"}))
    ro_crate.write(folder)
    crate = package.ROCrate(folder)
    assert {entity.id for entity in crate.data_entities} >= {"sicca.db", "manifest.json"}
    assert crate.root_dataset["name"] == "sicca run: c"


def test_cypher_view_answers_and_refuses_to_write(told: Store, tmp_path: Path) -> None:
    pytest.importorskip("ladybug")
    path = tmp_path / cypher.VIEW_NAME
    assert not cypher.is_current(told.connection, path)
    cypher.rebuild(told.connection, path)
    assert cypher.is_current(told.connection, path)
    question = (
        "MATCH (s:Concept)<-[:SUBJECT]-(c:Claim {predicate: 'treats'})-[:OBJECT]->(o:Concept),"
        " (c)<-[:STATES]-(e:Evidence)-[:IN_ARTICLE]->(a:Article) RETURN s.name, o.name, e.sentence, a.id, a.synthetic"
    )
    columns, rows = cypher.select(path, question, limit=10, seconds=10)
    assert columns[0] == "s.name"
    assert rows == [("rituximab", "vasculitis", NASTY, "PMID:990000001", True)]
    for statement in (
        "CREATE (c:Concept {row: 1})", "MATCH (n) SET n.name = 'x'", "COPY (MATCH (n) RETURN n) TO '/tmp/x.csv'",
        "LOAD FROM '/etc/passwd' RETURN *", "CALL show_tables() RETURN *", "MATCH (n", "",
    ):  # fmt: skip
        with pytest.raises(InputError, match="Cypher"):
            cypher.select(path, statement, limit=10, seconds=10)
    Notes(3).says("RTX raises BAFF.", "RTX", "increases", "BAFF").into(told)
    assemble(told)
    assert not cypher.is_current(told.connection, path)
    cypher.rebuild(told.connection, path)
    assert cypher.select(path, "MATCH (a:Article) RETURN count(*)", limit=1, seconds=10)[1] == [(3,)]


def test_exports_are_the_same_to_the_byte(told: Store, tmp_path: Path) -> None:
    writers: dict[str, Callable[..., tuple[Path, ...]]] = {
        "kgx": kgx.write, "rdf": rdf.write, "pubtator": pubtator.write, "json": bioc.write_json, "xml": bioc.write_xml,
        "neo4j": neo4j_csv.write, "ris": citations.write_ris, "bib": citations.write_bibtex, "csl": citations.write_csl,
    }  # fmt: skip
    for name, write in writers.items():
        found = [[path.read_bytes() for path in write(told.connection, tmp_path / f"{name}{i}")] for i in (1, 2)]
        assert found[0] == found[1]


def test_extras_missing_is_one_line_with_what_to_install() -> None:
    with pytest.raises(SiccaError, match=r"pip install 'sicca\[bolt\]'"):
        extras.load("no_such_driver", extra="bolt")


def test_bolt_unreachable_server_is_one_line(told: Store) -> None:
    pytest.importorskip("neo4j")
    with pytest.raises(SiccaError, match=r"bolt://127\.0\.0\.1:9: the graph server") as caught:
        bolt.write(told.connection, "bolt://127.0.0.1:9", user="u", password="p", database=None)  # noqa: S106
    assert "\n" not in str(caught.value)


def test_bolt_sends_each_node_before_what_joins_it(told: Store) -> None:
    sent = [(statement, list(rows)) for statement, rows in bolt.statements(told.connection)]
    assert [statement.split("(")[1].split(" ")[0] for statement, _ in sent[:4]] == [f"n:{t.label}" for t in NODES]
    assert len(sent) == len(NODES) + len(RELATIONS)
    assert len(sent[1][1]) == len(list(claims.read(told.connection)))


def test_ris_is_read_by_rispy(told: Store, tmp_path: Path) -> None:
    reader = pytest.importorskip("rispy")
    (path,) = citations.write_ris(told.connection, tmp_path / "a.ris")
    entries = {entry["accession_number"]: entry for entry in reader.loads(path.read_text(encoding="utf-8"))}
    assert set(entries) == {"990000001", "2"}
    first = entries["990000001"]
    assert (first["title"], first["doi"]) == ("A β-cell title, with “quotes”", "10.1/x")
    assert first["authors"] == ["Doe, Jane", "G & Co"]


# bibtexparser 1 calls pyparsing by its old names; that is between the two of them.
@pytest.mark.filterwarnings("ignore:.*deprecated.* use:DeprecationWarning")
def test_bibtex_is_read_by_bibtexparser(told: Store, tmp_path: Path) -> None:
    reader = pytest.importorskip("bibtexparser")
    (path,) = citations.write_bibtex(told.connection, tmp_path / "a.bib")
    entries = {entry["pmid"]: entry for entry in reader.loads(path.read_text(encoding="utf-8")).entries}
    assert set(entries) == {"990000001", "2"}
    assert entries["990000001"]["author"] == "Doe, Jane and {G \\& Co}"
    assert entries["990000001"]["note"] == "synthetic record"
