-- The cells of a course beside its columns, as JSON (graphs/store/course_cells.py): spans, doses, endpoints, harms.
-- Courses of an older file have none until their article is read again: its extraction key has changed.
ALTER TABLE course ADD COLUMN cells TEXT NOT NULL DEFAULT '{}';
-- Endpoints and doses as rows, to ask SQL for.
CREATE VIEW course_endpoint AS
SELECT c.key AS course, c.article, e.value ->> '$.measure.name' AS measure, e.value ->> '$.measure.id' AS concept,
  e.value ->> '$.direction' AS direction, e.value ->> '$.value.kind' AS kind, e.value ->> '$.value.value' AS value,
  e.value ->> '$.value.total' AS total, e.value ->> '$.value.unit' AS unit, e.value ->> '$.time.value' AS time,
  e.value ->> '$.time.unit' AS time_unit, e.value ->> '$.p.comparator' AS p_comparator, e.value ->> '$.p.value' AS p
FROM course c, json_each(c.cells, '$.endpoints') e;
CREATE VIEW course_dose AS
SELECT c.key AS course, c.article, d.value ->> '$.value' AS value, d.value ->> '$.unit' AS unit,
  d.value ->> '$.start' AS start, d.value ->> '$.end' AS "end"
FROM course c, json_each(c.cells, '$.doses') d;
