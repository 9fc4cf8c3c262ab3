import { deltas, slimCells } from '../shared/sync/codec.ts'
import type { PullReply, PullRequest } from '../shared/sync/exchange.ts'
import { recipientsText } from '../shared/sync/membership.ts'
import type { Cell } from '../shared/sync/merge.ts'
import { packIds } from '../shared/sync/packed-ids.ts'
import { LIMIT } from '../shared/sync/protocol.ts'
import { type Asker, allowed } from './access.ts'
import type { App } from './app.ts'
import { newEpoch, sawAnother } from './epoch.ts'
import { isKnown } from './known-tables.ts'
import { Refusal } from './refusal.ts'
import { rightsOf } from './rights.ts'
import type { Gathered, Want } from './store/store.ts'

/**
 * Row states after the cursors, of the scopes this device may see (SYNC.md 8). `head` is read first: everything up to it is committed,
 * and a row that changes meanwhile moves to a higher seq and comes with the next page. The answer is JSON text: cells go through as stored, but for the id.
 */
export async function pull(app: App, asker: Asker, request: PullRequest): Promise<string> {
  const t1 = app.host.now()
  const answer = await app.store.tenant(asker.tenant, 'read', async (tx) => {
    const all = await tx.gather(asker.device, {
      head: request.seen?.[0],
      recipients: request.recipients !== undefined,
    })
    const rights = rightsOf(allowed(all).member, all.scopes)
    const { head, epoch } = all.state
    if (request.epoch !== null && request.epoch !== epoch) throw new Refusal('epoch_changed', { epoch })
    if (!isKnown(app, all.manifests, request.mh)) throw new Refusal('manifest_wanted')
    if (request.epoch !== null && isBehind(all, asker, request)) return null
    const wants: Want[] = rights.granted.map(([scope]) => [scope, request.scopes[scope] ?? 0])
    // Most pulls ask whether there is anything: then the database is not asked.
    const behind = wants.filter(([, cursor]) => cursor < head)
    const { rows, full } =
      behind.length > 0 ? await tx.page(behind, head, request.limit, LIMIT.pageBytes) : { rows: [], full: false }
    const upTo = full ? rows.at(-1)!.seq : head
    const exits = behind.length > 0 ? await tx.exits(behind, upTo) : []
    const conflicts = behind.length > 0 ? await tx.conflicts(behind, upTo) : []
    const authors = all.authors.filter((a) => a.n > request.authors)
    app.metrics.add('pulled_rows_total', rows.length)
    const asked = Object.keys(request.scopes).map(Number)
    const reply: Omit<PullReply, 'rows'> = {
      epoch,
      head,
      mark: all.state.mark,
      granted: rights.granted.map(([scope, right]) => [scope, right]),
      revoked: asked.filter((scope) => !rights.read(scope)),
      exits: exits.map((e) => [e.scope, e.tbl, e.row]),
      conflicts: conflicts.map((c) => ({ ...c, win: JSON.parse(c.win) as Cell, lose: JSON.parse(c.lose) as Cell })),
      authors: authors.map((a) => [a.n, a.site, a.user]),
      ...newRecipients(app, all, request),
      next: Object.fromEntries(wants.map(([scope, cursor]) => [scope, Math.max(cursor, upTo)])),
      more: full,
      t1,
      t2: app.host.now(),
    }
    const columns = JSON.stringify({
      t: rows.map((r) => r.tbl),
      r: packIds(rows.map((r) => r.row)),
      s: deltas(rows.map((r) => r.seq)),
      o: rows.map((r) => r.scope),
    })
    const cells = rows.map((r) => slimCells(r.row, r.cells)).join(',')
    return `${JSON.stringify(reply).slice(0, -1)},"rows":${columns.slice(0, -1)},"f":[${cells}]}}`
  })
  return answer ?? rewound(app, asker, request)
}

/** Owners come and go seldom: their keys are told to whoever has others. */
function newRecipients(app: App, { recipients }: Gathered, { recipients: known }: PullRequest) {
  const isNew = known !== undefined && app.host.sha256(recipientsText(recipients)).slice(0, 32) !== known
  return isNew ? { recipients: [...recipients] } : {}
}

/** Does the device remember more than this server has given? */
function isBehind(all: Gathered, asker: Asker, { scopes, site, acked, hash, seen }: PullRequest): boolean {
  const { state, sites } = all
  if (Object.values(scopes).some((cursor) => cursor > state.head) || sawAnother(all, seen)) return true
  if (acked === undefined) return false
  const mine = sites.find((s) => s.id === site)
  // A site that was acknowledged and is not here at all is younger than this server's memory.
  if (!mine) return acked > 0
  if (mine.device !== asker.device) throw new Refusal('forbidden', { why: 'site' })
  if (mine.last < acked) return true
  if (mine.last > acked || (hash !== undefined && hash !== mine.hash))
    throw new Refusal('fork', { last: mine.last, hash: mine.hash })
  return false
}

/** This server was put back to an older day. Looked at once more under the lock: one new epoch is enough for all who notice. */
async function rewound(app: App, asker: Asker, request: PullRequest): Promise<never> {
  const epoch = await app.store.tenant(asker.tenant, 'write', async (tx) => {
    const all = await tx.gather(asker.device)
    return all.state.epoch === request.epoch ? newEpoch(app, tx, asker, all) : all.state.epoch
  })
  throw new Refusal('epoch_changed', { epoch })
}
