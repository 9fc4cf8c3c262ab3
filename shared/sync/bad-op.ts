import type { Verdict } from './exchange.ts'
import { FIELD_ID } from './manifest.ts'
import type { Op } from './merge.ts'
import type { MergeTables } from './merge-spec.ts'
import { LIMIT } from './protocol.ts'

/**
 * What an op may say: fields of its table, each one value (text, finite number or null), not too much of it. Null when it is sound. The
 * client asks it too before it sends, so that what would be refused is found where a person can look at it.
 */
export function badOp(tables: MergeTables, op: Op): Verdict | null {
  const table = tables.get(op.tbl)
  if (!table) return 'unknown_table'
  const fields: unknown = op.f
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return 'bad_value'
  const entries = Object.entries(fields)
  if (entries.length === 0 || entries.length > LIMIT.fields) return 'bad_value'
  let size = 0
  for (const [key, wrapped] of entries) {
    if (!/^[1-9]\d{0,4}$/.test(key)) return 'bad_value'
    if (!table.known.has(Number(key))) return 'unknown_field'
    if (!Array.isArray(wrapped) || wrapped.length !== 1) return 'bad_value'
    const value: unknown = wrapped[0]
    if (typeof value === 'string') size += value.length
    else if (typeof value === 'number' ? !Number.isFinite(value) : value !== null) return 'bad_value'
    size += key.length + 8
  }
  if (size > LIMIT.op) return 'too_big'
  const id = (fields as Op['f'])[FIELD_ID]
  if (id && id[0] !== op.row) return 'bad_value'
  return null
}
