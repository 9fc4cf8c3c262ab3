import { setImmediate } from 'node:timers/promises'
import { KIND, tableByName } from '../../../shared/sync/manifest.ts'
import { readMeta, setMeta } from '../../db/migrate.ts'
import type { Db } from '../../db/open.ts'
import { write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { distinctPairs, pairKey } from './distinct.ts'
import { readFacts } from './facts.ts'
import type { FoundPair } from './find.ts'
import { judge, LIKELY } from './judge.ts'
import { entryOf } from './met-pairs.ts'
import { forgetTotal } from './pairs.ts'
import { rarityOf } from './rarity.ts'
import { insertPairs } from './run.ts'

const FOREIGN = "x.site LIKE '%-%'"
const META = 'duplicates_met'
/** Lines of the log looked at in one step. */
const LINES = 200
/** A number on more records is a firm's switchboard, or 0000. */
const OWNERS = 20
/** Pairs that are put before people's eyes; whoever brings a whole list twice finds the rest among the pairs of the search. */
const MOST = 100

/**
 * Finds who was entered here and elsewhere: what came from other devices since the last time is compared with the book by equal numbers alone.
 * What the book of a business brings when it first comes is not looked at: that is for the search, which goes through everything.
 * @param business whose book it is
 */
export async function meet(ctx: Ctx, business: string): Promise<void> {
  while (meetNext(ctx, business)) {
    await setImmediate()
    if (!ctx.db.raw.open) return
  }
}

/** The next step; false when there is none. */
function meetNext(ctx: Ctx, business: string): boolean {
  const { db } = ctx
  const { last } = db.prepare('SELECT coalesce(max(seq), 0) AS last FROM change').get() as { last: number }
  const from = placeOf(db, business)
  if (from === last) return false
  // A book that is new in this business, or that was put back.
  const isNew = from === null || from > last
  const start = isNew ? null : nextFrom(db, from)
  const to = start === null ? last : Math.min(last, start + LINES)
  const met = start === null ? [] : metBetween(db, start, to)
  write(ctx, 'duplicates.meet', (tx) => {
    setMeta(tx.db, META, JSON.stringify([business, to]))
    if (met.length === 0) return
    insertPairs(tx.db, met)
    noteMet(tx.db, met)
    forgetTotal(tx.db)
    tx.touched.add('duplicate_pair').add('duplicate_met')
  })
  return to < last
}

/** Own work is passed over; ids of sites elsewhere have dashes. Null: nothing came since. */
function nextFrom(db: Db, from: number): number | null {
  const first = db
    .prepare(
      `SELECT min(c.seq) FROM change c WHERE c.tx = (
         SELECT x.tx FROM change_tx x WHERE x.tx >= (SELECT tx FROM change WHERE seq > ? ORDER BY seq LIMIT 1) AND ${FOREIGN}
         ORDER BY x.tx LIMIT 1)`,
    )
    .pluck()
    .get(from) as number | null
  return first === null ? null : Math.max(from, first - 1)
}

function placeOf(db: Db, business: string): number | null {
  const [of, seq] = JSON.parse(readMeta(db, META) ?? '[]') as [string?, number?]
  return of === business ? (seq ?? null) : null
}

function noteMet(db: Db, met: readonly FoundPair[]): void {
  db.prepare(
    `DELETE FROM duplicate_met WHERE EXISTS (SELECT 1 FROM party p WHERE p.id IN (a_id, b_id) AND p.deleted = 1)
       OR (SELECT count(*) FROM party p WHERE p.id IN (a_id, b_id)) < 2`,
  ).run()
  const put = db.prepare(
    `INSERT INTO duplicate_met (a_id, b_id) SELECT min(id), max(id) FROM party WHERE pk IN (?, ?)
     HAVING (SELECT count(*) FROM duplicate_met) < ${MOST} ON CONFLICT DO NOTHING`,
  )
  for (const { a, b } of met) put.run(a, b)
}

/** Pairs of one that came with these lines of the log and one that was entered elsewhere than it. */
function metBetween(db: Db, from: number, to: number): FoundPair[] {
  const pairs = new Map<string, [a: number, b: number]>()
  for (const pk of came(db, from, to)) {
    for (const other of sharers(db, pk)) pairs.set(pairKey(pk, other), pk < other ? [pk, other] : [other, pk])
  }
  if (pairs.size === 0) return []
  const apart = distinctPairs(db)
  const rarity = rarityOf(db)
  return [...pairs].flatMap(([key, [a, b]]) => {
    if (apart.has(key) || entryOf(db, a)?.site === entryOf(db, b)?.site) return []
    const [one, other] = [readFacts(db, a), readFacts(db, b)]
    const judged = one && other && judge(one, other, rarity)
    return judged && judged.score >= LIKELY ? [{ a, b, ...judged }] : []
  })
}

const PARTY = tableByName('party')!
const CHANNEL = tableByName('party_channel')!
const IDS = ['national_id', 'company_id'] as const
type Id = (typeof IDS)[number]

/** pks of customers who are new here, or whose numbers are. */
function came(db: Db, from: number, to: number): number[] {
  const said = IDS.map((name) => `c.f LIKE '%"${PARTY.fields.find((f) => f.name === name)!.id}":[%'`).join(' OR ')
  // By their place in the log: the index of tables would lead through every customer there is.
  const lines = `change c NOT INDEXED CROSS JOIN change_tx x ON x.tx = c.tx AND ${FOREIGN}`
  return db
    .prepare(
      `SELECT p.pk FROM ${lines} CROSS JOIN party p ON p.pk = c.row
       WHERE c.seq > @from AND c.seq <= @to AND c.tbl = ${PARTY.id} AND p.deleted = 0 AND (c.kind = ${KIND.put} OR ${said})
       UNION
       SELECT p.pk FROM ${lines} CROSS JOIN party_channel h ON h.pk = c.row CROSS JOIN party p ON p.id = h.party_id
       WHERE c.seq > @from AND c.seq <= @to AND c.tbl = ${CHANNEL.id} AND h.deleted = 0 AND p.deleted = 0`,
    )
    .pluck()
    .all({ from, to }) as number[]
}

/** pks of living customers with a phone, an e-mail or an id of this one's. */
function sharers(db: Db, pk: number): number[] {
  const signs = db
    .prepare(
      `SELECT DISTINCT c.kind, c.key FROM party p CROSS JOIN party_channel c INDEXED BY party_channel_party ON c.party_id = p.id
       WHERE p.pk = ? AND c.key <> '' AND c.kind IN ('phone', 'email') AND c.deleted = 0`,
    )
    .all(pk) as { kind: string; key: string }[]
  const owners = db
    .prepare(
      `SELECT DISTINCT p.pk FROM party_channel c CROSS JOIN party p ON p.id = c.party_id
       WHERE c.key = ? AND c.key <> '' AND c.kind = ? AND c.deleted = 0 AND p.deleted = 0 LIMIT ${OWNERS + 1}`,
    )
    .pluck()
  const found = signs.map(({ kind, key }) => owners.all(key, kind) as number[])
  const ids = db.prepare(`SELECT ${IDS.join(', ')} FROM party WHERE pk = ?`).get(pk) as Record<Id, string | null>
  for (const field of IDS) {
    if (ids[field] === null) continue
    const same = db.prepare(
      `SELECT pk FROM party INDEXED BY party_${field} WHERE ${field} = ? AND deleted = 0 LIMIT ${OWNERS + 1}`,
    )
    found.push(same.pluck().all(ids[field]) as number[])
  }
  return [...new Set(found.filter((pks) => pks.length <= OWNERS).flat())].filter((other) => other !== pk)
}
