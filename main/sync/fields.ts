import {
  FIELD_CREATED_AT,
  FIELD_DELETED,
  FIELD_ID,
  type FieldSpec,
  MANIFEST,
  type TableSpec,
} from '../../shared/sync/manifest.ts'
import type { Value } from '../../shared/sync/merge.ts'
import { type MergeTables, mergeTables, wireManifest } from '../../shared/sync/merge-spec.ts'
import type { Db } from '../db/open.ts'

/** A synced table as it is in this book. */
export interface Shape {
  readonly spec: TableSpec
  readonly byId: ReadonlyMap<number, FieldSpec>
  /** Fields that must not be NULL, and what stands there when nothing was said. */
  readonly needed: ReadonlyMap<number, Value>
}

const SHAPES = {}
const TABLES = {}

export function shapes(db: Db): ReadonlyMap<number, Shape> {
  return db.remember(SHAPES, () => new Map(MANIFEST.map((spec) => [spec.id, shapeOf(db, spec)])))
}

export function ownTables(db: Db): MergeTables {
  return db.remember(TABLES, () => mergeTables([wireManifest()])!)
}

function shapeOf(db: Db, spec: TableSpec): Shape {
  const columns = db.raw
    .prepare('SELECT name, "notnull" AS needed, dflt_value AS usual FROM pragma_table_info(?)')
    .all(spec.name) as {
    name: string
    needed: number
    usual: string | null
  }[]
  const needed = new Map<number, Value>()
  for (const field of spec.fields) {
    const column = columns.find((c) => c.name === field.name)
    if (!column?.needed) continue
    const usual = column.usual?.replace(/^'(.*)'$/, '$1') ?? null
    needed.set(field.id, field.type === 'integer' ? Number(usual ?? 0) : (usual ?? ''))
  }
  return { spec, byId: new Map(spec.fields.map((f) => [f.id, f])), needed }
}

/** A value as the column takes it; undefined when it is none of this field's type (another program wrote it). */
export function fitting(shape: Shape, field: FieldSpec, value: Value): Value | undefined {
  if (value === null) return shape.needed.get(field.id) ?? null
  if (field.type === 'integer') return Number.isSafeInteger(value) ? value : undefined
  // Half a character is what SQLite cannot keep.
  return typeof value === 'string' ? value.toWellFormed() : undefined
}

/** Said once, when a row is made; no two devices can mean different things by them. */
export const isBirthmark = (fid: number): boolean => fid === FIELD_ID || fid === FIELD_CREATED_AT

export const isFlag = (fid: number): boolean => fid === FIELD_DELETED

/** Where a table's rows hang that do not say it themselves (scope.ts `told`): rows of another table join them to their root. */
export const TOLD: Readonly<Record<number, { through: string; own: string; root: string }>> = {
  9: { through: 'activity_party', own: 'activity_id', root: 'party_id' },
}
