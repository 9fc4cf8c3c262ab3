import type { FieldChange } from '../../../shared/contract/history.ts'
import { tableByName } from '../../../shared/sync/manifest.ts'
import type { Db } from '../../db/open.ts'
import type { Ctx } from '../../engine/context.ts'
import { peerName } from '../../sync/peers.ts'
import type { TxRow } from './entries.ts'
import { fieldChanges } from './field-changes.ts'
import type { LogLine } from './log.ts'
import { MERGED_IDS } from './merged.ts'
import { nameOf } from './names.ts'

/** Rows that make up a customer: the party row and what belongs to it. Notes are not among them, they have their own place in a timeline. */
const ROWS = [
  ['party', 'id'],
  ['party_channel', 'party_id'],
  ['party_address', 'party_id'],
  ['party_link', 'from_id'],
  ['party_role', 'party_id'],
  ['party_tag', 'party_id'],
] as const

/**
 * `r(tbl, row, far)`: the rows of customer @party and of those merged into it; joined with CROSS JOIN so that the few rows drive and the log is
 * only looked up. A relation is written once, at its first end; at the other one it is told as well, `far` is then who stands at the first.
 */
export const PARTY_ROWS = `WITH RECURSIVE ${MERGED_IDS}, r(tbl, row, far) AS (${ROWS.map(
  ([table, column]) =>
    `SELECT ${tableByName(table)!.id}, t.pk, NULL FROM m CROSS JOIN ${table} t ON t.${column} = m.id`,
).join(
  ' UNION ALL ',
)} UNION ALL SELECT ${tableByName('party_link')!.id}, t.pk, t.from_id FROM m CROSS JOIN party_link t ON t.to_id = m.id
  WHERE t.from_id NOT IN (SELECT id FROM m))`

export interface PartyChange {
  change: number
  at: number
  user_id: string | null
  /** Of another device; null: this one, or one that has no name here. */
  device_name: string | null
  verb: string
  batch: string | null
  /** Only this customer's part of the change. */
  fields: FieldChange[]
}

/**
 * What happened to one customer, newest first, a page at a time: `before` is the `change` of the last one seen. Reads the index
 * change(tbl, row, seq) for the rows the customer has (a handful; of a company one more for each who works there), whatever the size of the log.
 */
export function changesOfParty(ctx: Ctx, partyId: string, page: { before?: number; limit: number }): PartyChange[] {
  const bound = { party: partyId, before: page.before ?? Number.MAX_SAFE_INTEGER, limit: page.limit }
  const txs = ctx.db
    .prepare(
      `${PARTY_ROWS} SELECT t.tx, t.at, t.user, t.verb, t.batch, t.site FROM (
         SELECT DISTINCT c.tx FROM r CROSS JOIN change c ON c.tbl = r.tbl AND c.row = r.row WHERE c.tx < @before
         ORDER BY c.tx DESC LIMIT @limit
       ) d JOIN change_tx t ON t.tx = d.tx ORDER BY t.tx DESC`,
    )
    .all(bound) as TxRow[]
  const oldest = txs.at(-1)
  if (!oldest) return []
  const lines = ctx.db
    .prepare(
      `${PARTY_ROWS} SELECT c.seq, c.tx, c.tbl, c.row, c.kind, c.f, r.far FROM r CROSS JOIN change c ON c.tbl = r.tbl AND c.row = r.row
       WHERE c.tx < @before AND c.tx >= @oldest ORDER BY c.seq`,
    )
    .all({ party: partyId, before: bound.before, oldest: oldest.tx }) as PartyLine[]
  const byTx = new Map<number, PartyLine[]>()
  for (const line of lines) {
    const known = byTx.get(line.tx)
    if (known) known.push(line)
    else byTx.set(line.tx, [line])
  }
  return txs.map((tx) => ({
    change: tx.tx,
    at: tx.at,
    user_id: tx.user,
    device_name: peerName(ctx.db, tx.site),
    verb: tx.verb,
    batch: tx.batch,
    fields: ownLast(
      partyId,
      (byTx.get(tx.tx) ?? []).flatMap((line) =>
        line.far === null ? fieldChanges(ctx.db, line) : fromFarEnd(ctx.db, line.far, fieldChanges(ctx.db, line)),
      ),
    ),
  }))
}

type PartyLine = LogLine & { far: string | null }

/** A relation as the one it points at reads it: not with oneself, but from whom. */
function fromFarEnd(db: Db, far: string, fields: readonly FieldChange[]): FieldChange[] {
  const name = nameOf(db, 'party_link', 'from_id', far)
  return fields.map((field) => {
    const { from_name, to_name } = field
    // That it points here is new for this one, whatever it pointed at before.
    if (field.field === 'to_id')
      return { ...field, field: 'from_id', from: null, to: far, from_name: null, to_name: name }
    if (field.field === 'deleted') return { ...field, from_name: from_name && name, to_name: to_name && name }
    return field
  })
}

/** Of a merge first who came and what of them was left out, then what the customer got. */
function ownLast(partyId: string, fields: FieldChange[]): FieldChange[] {
  const isOwn = (f: FieldChange) => f.table !== 'party' || f.row_id === partyId
  return [...fields.filter((f) => !isOwn(f)), ...fields.filter(isOwn)]
}
