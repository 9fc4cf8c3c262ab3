import { FIELD_DELETED } from '../../../shared/sync/manifest.ts'
import type { Value } from '../../../shared/sync/merge.ts'

/** Every value a person wrote, and which values were before that person's eyes when it was written: by this the end is judged. */
export interface Write {
  value: Value
  key: string
  fids: readonly number[]
  /** The values that showed there and were overwritten. */
  over: Value[]
  /** For a delete: what the row showed. */
  deletes: Value[] | null
  /** The row showed as deleted when it was written: then it may stay under the delete. */
  under: boolean
  pc: string
  /** Its book was put back to a day before it, and it had not been sent. */
  gone: boolean
}

export interface Ledger {
  readonly writes: Map<Value, Write>
  /** Values of fields that belong together, as they stood somewhere after somebody had written: nothing else may ever stand there. By row. */
  readonly groups: Map<string, Set<string>>
  note(write: Omit<Write, 'gone'>): void
}

export function ledger(): Ledger {
  const writes = new Map<Value, Write>()
  return { writes, groups: new Map(), note: (write) => void writes.set(write.value, { ...write, gone: false }) }
}

/** Fields that are one register, by table. */
export const GROUPS: Readonly<Record<number, readonly number[]>> = { 1: [21, 22, 23], 3: [12, 13, 14, 15] }

export const groupText = (fids: readonly number[], said: (fid: number) => Value | undefined): string =>
  JSON.stringify(fids.map((fid) => said(fid) ?? null))

/** The unique values in a row: those of the ledger, not ids and flags. */
export function valuesOf(row: Readonly<Record<string, Value>>): Value[] {
  return Object.entries(row)
    .filter(([fid]) => Number(fid) > FIELD_DELETED)
    .map(([, v]) => v)
}
