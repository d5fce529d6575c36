"""The mapping form: what a person chose for each table, read strictly into ``Mapping`` values."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import replace

from kecho.intake.own import changes, proposal
from kecho.intake.own.mapping import ColumnRule, Mapping, Role, RowRule, When, from_dict
from kecho.intake.own.survey import RowView, TableView
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure, Stage
from kecho.observatory import catalogue
from kecho.observatory.vocabulary import vocabulary
from kecho.uploads import stored
from kecho.uploads.models import Upload
from kecho.uploads.queries import remembered

#: Labels of one table that the form asks about; more are mapped in a mapping file.
ASKED_LABELS = 150
#: Tables of one file that the form asks about; a file with more is mapped with ``kecho map``.
ASKED_TABLES = 12
Post = Dict[str, str]


def asked_tables(one: Upload) -> list[TableView]:
    """The tables that the form asks about."""
    return stored.views_of(one.survey)[:ASKED_TABLES]


def mapping_of(one: Upload, view: TableView) -> Mapping:
    """The mapping that the form starts from: what was tried last, a remembered one it is near to, or the proposal."""
    for content in one.mappings:
        if content.get("signature") == view.signature:
            return from_dict(content)
    proposed = proposal.propose(view, vocabulary(), one.locality)
    difference = changed_from(view)
    return changes.adapted(proposed, difference.mapping) if difference else proposed


def changed_from(view: TableView) -> changes.Difference | None:
    """The remembered mapping of which the table looks like a changed edition."""
    known = remembered()
    if any(mapping.signature == view.signature for mapping in known):
        return None
    return changes.nearest(view.rules, known)


def asked_rows(view: TableView, mapping: Mapping) -> list[tuple[RowView, RowRule | None]]:
    """Rows that the form asks about: those with a rule of their own and those that nobody has named."""
    ruled = {rule.path: rule for rule in mapping.rows}
    open_paths = {row.path for row in proposal.unmapped(view, mapping, vocabulary())}
    found = [(row, ruled.get(row.path)) for row in view.rows if row.path in ruled or row.path in open_paths]
    return found[:ASKED_LABELS]


def chosen(one: Upload, post: Post) -> list[Mapping]:
    """The mappings of all tables that are to be imported. Raises ``uploads.bad_form`` for a word that is none."""
    return [_table(one, view, post) for view in asked_tables(one) if post.get(f"t{view.index}-use")]


def _table(one: Upload, view: TableView, post: Post) -> Mapping:
    start, head = mapping_of(one, view), f"t{view.index}-"
    columns = tuple(_column(rule, post, f"{head}c{number}-") for number, rule in enumerate(start.columns))
    rows = {rule.path: rule for rule in start.rows}
    for number, (row, rule) in enumerate(asked_rows(view, start)):
        made = _row(row, rule, post, f"{head}r{number}-")
        rows.pop(row.path, None)
        if made is not None:
            rows[row.path] = made
    return replace(
        start,
        columns=columns,
        rows=tuple(rows.values()),
        indicator=_indicator(post.get(f"{head}indicator", "")),
        unit=post.get(f"{head}unit", "").strip()[:80],
        stage=_word(Stage, post.get(f"{head}stage", start.stage)),
        locality=one.locality,
        labels=tuple(row.path for row in view.rows),
        version=0,
    )


def _column(rule: ColumnRule, post: Post, head: str) -> ColumnRule:
    if f"{head}role" not in post:
        return rule
    role = Role(_word(Role, post[f"{head}role"]))
    return replace(
        rule,
        role=role,
        indicator=_indicator(post.get(f"{head}indicator", "")),
        measure=_word(Measure, post.get(f"{head}measure", rule.measure)),
        when=When(_word(When, post.get(f"{head}when", rule.when))),
        unit=post.get(f"{head}unit", "").strip()[:80],
        why=rule.why if role is Role.IGNORE else "",
    )


def _row(row: RowView, rule: RowRule | None, post: Post, head: str) -> RowRule | None:
    """The rule of one label: left out, a part by its key, the total ("="), or as printed (nothing)."""
    if post.get(f"{head}ignore"):
        return RowRule(row.path, is_ignored=True, label=row.label)
    key = post.get(f"{head}key", "").strip()
    indicator = _indicator(post.get(f"{head}indicator", rule.indicator if rule else ""))
    if not key and not indicator:
        return None
    base = rule or RowRule(row.path, label=row.label)
    return replace(base, indicator=indicator, key="" if key == "=" else key[:240], is_ignored=False)


def _indicator(code: str) -> str:
    if code and code not in catalogue.indicators():
        raise KechoError("observatory.unknown_indicator", value=code[:80])
    return code


def _word(words: type[Role | When | Measure | Stage], text: str) -> str:
    try:
        return words(text).value
    except ValueError:
        raise KechoError("uploads.bad_form", value=text[:60]) from None
