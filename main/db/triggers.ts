import { createHash } from 'node:crypto'
import { FIELD_DELETED, type FieldSpec, KIND, MANIFEST, type TableSpec } from '../../shared/sync/manifest.ts'

/**
 * The change log's triggers, generated from the manifest (SYNC.md 5). They cannot be forgotten by raw SQL or import code and are atomic
 * with the data. Values are wrapped in an array, so that NULL is [null] and «unchanged» is absent; the text is built by concat(), which
 * was measured faster than json_object and json_patch. `row` is the local pk.
 */
const OUTSIDE = "CASE WHEN tx IS NULL THEN RAISE(ABORT, 'write outside db/write') ELSE tx END"

const value = (field: FieldSpec) => (field.type === 'integer' ? `NEW.${field.name}` : `json_quote(NEW.${field.name})`)

/** A put holds what is set: NULLs and the ordinary deleted = 0 are left out, and a replay takes the absent as exactly those. */
function putPart(field: FieldSpec, first: boolean): string {
  const head = `'${first ? '{' : ','}"${field.id}":['`
  if (first) return `${head}, ${value(field)}, ']'`
  if (field.id === FIELD_DELETED)
    return `CASE WHEN NEW.deleted <> 0 THEN ',"${FIELD_DELETED}":[' || NEW.deleted || ']' END`
  // An integer that is NULL makes the whole || NULL, which concat() leaves out.
  if (field.type === 'integer') return `${head} || NEW.${field.name} || ']'`
  return `CASE WHEN NEW.${field.name} IS NOT NULL THEN ${head} || ${value(field)} || ']' END`
}

function patchPart(field: FieldSpec): string {
  const text = field.type === 'integer' ? `coalesce(NEW.${field.name}, 'null')` : value(field)
  return `CASE WHEN NEW.${field.name} IS NOT OLD.${field.name} THEN ',"${field.id}":[' || ${text} || ']' END`
}

/** The text of a put, as SQL over a row called NEW that has all captured columns of the table. */
export const putText = (table: TableSpec): string =>
  `concat(${table.fields.map((f, i) => putPart(f, i === 0)).join(', ')}, '}')`

function tableTriggers(table: TableSpec): [name: string, sql: string][] {
  const changed = table.fields.map((f) => `NEW.${f.name} IS NOT OLD.${f.name}`).join(' OR ')
  const patch = table.fields.map(patchPart).join(', ')
  const name = (event: string) => `change_log_${table.name}_${event}`
  return [
    [
      name('insert'),
      `CREATE TRIGGER ${name('insert')} AFTER INSERT ON ${table.name} BEGIN
  INSERT INTO change (tx, tbl, row, kind, f)
  SELECT ${OUTSIDE}, ${table.id}, NEW.pk, ${KIND.put}, ${putText(table)}
  FROM change_context WHERE one = 1 AND (capture = 1 OR tx IS NULL);
END`,
    ],
    [
      // Nothing captured changed: nothing logged. The context is looked at even then, or a stray write of derived columns would pass.
      name('update'),
      `CREATE TRIGGER ${name('update')} AFTER UPDATE ON ${table.name}
WHEN ${changed} OR (SELECT tx FROM change_context WHERE one = 1) IS NULL BEGIN
  INSERT INTO change (tx, tbl, row, kind, f)
  SELECT ${OUTSIDE}, ${table.id}, NEW.pk, ${KIND.patch}, concat('{', substr(concat(${patch}), 2), '}')
  FROM change_context WHERE one = 1 AND (capture = 1 OR tx IS NULL);
END`,
    ],
    [
      // capture = 2: sync takes rows away that this device may not have any more, with everything the log says of them.
      name('delete'),
      `CREATE TRIGGER ${name('delete')} BEFORE DELETE ON ${table.name}
WHEN (SELECT capture FROM change_context WHERE one = 1) <> 2 BEGIN
  SELECT RAISE(ABORT, 'deleting is the flag');
END`,
    ],
    [
      // The log and every foreign key point at the row by these two.
      name('identity'),
      `CREATE TRIGGER ${name('identity')} BEFORE UPDATE OF pk, id ON ${table.name} WHEN NEW.pk IS NOT OLD.pk OR NEW.id IS NOT OLD.id BEGIN
  SELECT RAISE(ABORT, 'identity is for ever');
END`,
    ],
  ]
}

export function triggerSql(manifest: readonly TableSpec[] = MANIFEST): [name: string, sql: string][] {
  return manifest.flatMap(tableTriggers)
}

/** Changes whenever the manifest or the generator does; meta.trigger_version holds the one the file was made with. */
export function triggerVersion(manifest: readonly TableSpec[] = MANIFEST): string {
  const hash = createHash('sha256')
  for (const [, sql] of triggerSql(manifest)) hash.update(sql)
  return hash.digest('hex').slice(0, 16)
}
