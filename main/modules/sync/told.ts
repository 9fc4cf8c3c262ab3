import type { SyncConflict, SyncParked } from '../../../shared/contract/sync.ts'
import { readHlc } from '../../../shared/sync/clock.ts'
import { type TableSpec, tableById } from '../../../shared/sync/manifest.ts'
import type { Fields, Op } from '../../../shared/sync/merge.ts'
import { scopeRule } from '../../../shared/sync/scope.ts'
import type { Db } from '../../db/open.ts'
import { choiceOf, countConflicts, openConflicts } from '../../sync/conflicts.ts'
import { lineAt, toOp } from '../../sync/log-lines.ts'
import { peerName } from '../../sync/peers.ts'
import { readState, wireSite } from '../../sync/state.ts'
import { countParked } from '../../sync/trays.ts'
import { memberAt } from '../history/member-names.ts'
import { fieldName, nameOf, type PartyName, partyOfRow } from '../history/names.ts'

/** What lies in the trays, as a person reads it. */
export function conflictList(db: Db, limit: number): { items: SyncConflict[]; total: number } {
  const state = readState(db)
  const own = new Set([state?.site, ...(state?.ancestors ?? []).map(([site]) => site)])
  const items = openConflicts(db, limit).flatMap((c) => {
    const table = tableById(c.tbl)
    const field = table?.fields.find((f) => f.id === c.fid)
    if (!table || !field) return []
    const side = (of: 'win' | 'lose') => {
      const site = c[`${of}_site`]
      const here = own.has(site) || (site !== '' && own.has(wireSite(site)))
      return {
        value: c[of],
        name: nameOf(db, table.name, field.name, c[of]),
        at: c[`${of}_at`],
        user_id: c[`${of}_user`],
        user_name: userName(db, c[`${of}_user`]),
        device_name: peerName(db, site),
        here,
      }
    }
    const called = fieldName(db, table.name, c.row, field.name)
    const about = { table: table.name, row_id: c.row, field: called, ...aboutRow(db, table, c.row) }
    const now = { now: c.now, now_name: nameOf(db, table.name, field.name, c.now) }
    return [
      { id: c.id, choice: choiceOf(db, c), class: c.class, ...about, win: side('win'), lose: side('lose'), ...now },
    ]
  })
  return { items, total: countConflicts(db) }
}

export function aboutRow(db: Db, table: TableSpec, id: string): { party: PartyName | null; called: string | null } {
  const pk = (db.prepare(`SELECT pk FROM "${table.name}" WHERE id = ?`).get(id) as { pk: number } | undefined)?.pk
  if (pk === undefined) return { party: null, called: null }
  const called = memberAt(db, table, { row: pk, seq: Number.MAX_SAFE_INTEGER })
  return { party: partyOfRow(db, table.name, pk), called }
}

export function userName(db: Db, id: string | null): string | null {
  const row = db.prepare('SELECT name FROM user WHERE id = ?').get(id) as { name: string } | undefined
  return row?.name ?? null
}

/** Refused changes by the line of the log ('p12'), and those set aside with a row that had to go ('q9'), while they are not sealed. */
export function parkedList(db: Db, limit: number): { items: SyncParked[]; total: number } {
  const refused = db
    .prepare("SELECT seq, code FROM sync_parked WHERE state = 'waiting' ORDER BY seq DESC LIMIT ?")
    .all(limit) as { seq: number; code: string }[]
  const aside = db
    .prepare('SELECT n, ops FROM sync_quarantine WHERE sealed IS NULL ORDER BY n DESC LIMIT ?')
    .all(limit) as { n: number; ops: string }[]
  const items = [
    ...refused.flatMap(({ seq, code }) => {
      const line = lineAt(db, seq)
      const op = line && toOp(db, line, 0)
      return op ? told(db, `p${seq}`, code === 'forbidden' && isAway(db, op) ? 'moved' : code, op) : []
    }),
    ...aside.flatMap(({ n, ops }) => {
      const list = JSON.parse(ops) as Op[]
      const f = Object.assign({}, ...list.map((op) => op.f)) as Fields
      return list.slice(-1).flatMap((last) => told(db, `q${n}`, 'out_of_scope', { ...last, f }))
    }),
  ]
  return { items: items.slice(0, limit), total: countParked(db) }
}

/** Has the customer it hangs on left this device? Then it was given to somebody else, and nobody meant to forbid the change. */
function isAway(db: Db, { tbl, f, root }: Op): boolean {
  const rule = scopeRule(tbl)
  const party = rule.kind === 'field' ? f[rule.field]?.[0] : root
  if (typeof party !== 'string') return false
  return !db.prepare('SELECT 1 FROM party WHERE id = ?').get(party)
}

function told(db: Db, id: string, code: string, { tbl, row, h, user, f }: Op): SyncParked[] {
  const table = tableById(tbl)
  if (!table) return []
  const fields = table.fields.flatMap(({ id: fid, name }) => {
    const value = f[fid]?.[0]
    if (value === undefined) return []
    return [{ field: fieldName(db, table.name, row, name), value, name: nameOf(db, table.name, name, value) }]
  })
  const about = { table: table.name, row_id: row, ...aboutRow(db, table, row) }
  return [{ id, code, at: readHlc(h).ms, ...about, user_name: userName(db, user), fields }]
}
