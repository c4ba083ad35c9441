"""`sicca vocabulary`: compile the published vocabularies, and explain how a name is matched."""

from __future__ import annotations

from pathlib import Path

import click

from extractors.values import MentionType


@click.group()
def command() -> None:
    """Build the vocabulary, or explain how a name is matched."""


@command.command(epilog="Example: sicca vocabulary build --sources ~/sources -o compiled.npz")
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Folder with the files listed in configs/vocabulary/sources.toml.",
)
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write.")
@click.option("--any-version", is_flag=True, help="Do not compare checksums: compile newer files of the same form.")
def build(sources: Path, out: Path, any_version: bool) -> None:
    """Compile MeSH, HGNC, GO, DOID, MONDO, HPO, UNII and corpora's usage into one file."""
    from extractors.vocabulary.build import compile_vocabulary

    concepts, names = compile_vocabulary(sources, out, check=not any_version)
    click.echo(f"{out}: {concepts} concepts, {names} names, {out.stat().st_size / 1e6:.1f} MB")


@command.command(epilog="Example: sicca vocabulary show 'mixed cryoglobulinaemia'")
@click.argument("term")
@click.option(
    "--type", "kind", type=click.Choice([str(t) for t in MentionType]), help="Only as a mention of this type."
)
def show(term: str, kind: str | None) -> None:
    """Say what TERM would be linked to as a mention of each type, by which name, and why not to another concept."""
    from extractors.vocabulary.folding import fold
    from extractors.vocabulary.resolution import shipped

    click.echo(f"{term!r} folds to: {' '.join(fold(term)) or '(nothing)'}")
    silent: list[str] = []
    for each in [MentionType(kind)] if kind else list(MentionType):
        found = shipped().resolve(term, each)
        if not found.curie and not kind and all(why.startswith("not a ") for _, _, why in found.others):
            silent.append(str(each))
            continue
        click.echo(f"\n{each}: {found.curie or 'not linked'}{f' {found.name}' if found.curie else ''}")
        click.echo(f"  because: {found.reason}")
        for curie, name, why in found.others:
            click.echo(f"  not {curie} {name}: {why}")
        if found.curie:
            _show_kinds(found.curie)
    if silent:
        click.echo(f"\nno name of a {', '.join(silent)}")


def _show_kinds(curie: str) -> None:
    """Print the names that the lexicon gives a concept, and what it is a kind of."""
    from extractors.vocabulary import compiled
    from extractors.vocabulary.vocabulary import curated

    for label, vocabulary in (("lexicon", curated()), ("compiled", compiled.shipped())):
        if curie in vocabulary:
            concept = vocabulary.concept(curie)
            if concept.synonyms:
                click.echo(f"  {label}: {' | '.join(concept.synonyms)}")
            for parent in concept.parents:
                name = vocabulary.concept(parent).name if parent in vocabulary else ""
                click.echo(f"  is a ({label}): {parent} {name}".rstrip())
