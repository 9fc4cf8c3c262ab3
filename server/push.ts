import { badOp } from '../shared/sync/bad-op.ts'
import { hlcAt } from '../shared/sync/clock.ts'
import { BadBatch, canonical, chainHash, decodeOps } from '../shared/sync/codec.ts'
import { batchHead, type PushReply, type PushRequest } from '../shared/sync/exchange.ts'
import type { Op } from '../shared/sync/merge.ts'
import { LIMIT } from '../shared/sync/protocol.ts'
import { type Asker, allowed } from './access.ts'
import type { App } from './app.ts'
import { newEpoch, newMark, sawAnother } from './epoch.ts'
import { isKnown, knownTables } from './known-tables.ts'
import { keysOf, mergeBatch } from './merge-batch.ts'
import { Refusal } from './refusal.ts'
import { rightsOf } from './rights.ts'
import type { Gathered, SiteRow, TenantTx } from './store/store.ts'

type Result = Pick<PushReply, 's0' | 's1' | 'mark' | 'lost' | 'home' | 'verdicts'>

/** One batch of a device, once, whole or not at all (SYNC.md 7). */
export async function push(app: App, asker: Asker, request: PushRequest): Promise<PushReply> {
  const t1 = app.host.now()
  if (app.pushes.now >= app.pushes.max) throw new Refusal('busy', { retry_after: 1 })
  app.pushes.now++
  try {
    const ops = read(app, request)
    const { result, epoch, fresh } = await once(app, asker, request, ops)
    if (fresh) {
      app.metrics.add('ops_total', ops.length)
      app.hub.head(asker.tenant, result.s1)
    }
    const t2 = app.host.now()
    const slow = t2 - t1 > 2_000
    const next_max = slow ? Math.max(500, ops.length >> 1) : Math.min(LIMIT.ops, Math.max(500, ops.length * 2))
    return { ...result, epoch, next_max, t1, t2 }
  } finally {
    app.pushes.now--
  }
}

/** Before the store is asked: the columns are whole, and the hash is theirs. */
function read(app: App, request: PushRequest): Op[] {
  if (request.to < request.from || request.to - request.from + 1 !== request.ops.t.length)
    throw new Refusal('bad_request', { why: 'count' })
  if (chainHash(app.host.sha256, request.prev, canonical(batchHead(request), request.ops)) !== request.hash)
    throw new Refusal('bad_request', { why: 'hash' })
  try {
    return decodeOps(request.ops, request.from)
  } catch (error) {
    if (error instanceof BadBatch) throw new Refusal('bad_request', { why: error.reason })
    throw error
  }
}

async function once(app: App, asker: Asker, request: PushRequest, ops: readonly Op[]) {
  const outcome = await app.store.tenant(asker.tenant, 'write', async (tx) => {
    const all = await tx.gather(asker.device, {
      batch: { site: request.site, from: request.from },
      head: request.seen?.[0],
      rows: keysOf(ops),
    })
    const { member } = allowed(all)
    const { epoch } = all.state
    const unheard = !all.sites.some((s) => s.id === request.site)
    if (unheard && request.from > 1 && request.epoch === epoch)
      return { rewound: await newEpoch(app, tx, asker, all), last: 0 }
    const site = ownSite(all, asker, request.site)
    if (request.epoch !== null && request.epoch !== epoch)
      throw new Refusal('epoch_changed', { epoch, last: site.last })
    if (all.batch) {
      if (all.batch.hash !== request.hash) throw new Refusal('fork', { last: site.last, hash: site.hash })
      return { result: JSON.parse(all.batch.result) as Result, epoch, fresh: false }
    }
    const ahead = ops.some((op) => op.base > all.state.head)
    if (request.from > site.last + 1 || ahead || sawAnother(all, request.seen)) {
      // The device remembers answers that this server has never given: it was put back to an older day.
      return { rewound: await newEpoch(app, tx, asker, all), last: site.last }
    }
    if (request.from <= site.last || request.prev !== site.hash)
      throw new Refusal('fork', { last: site.last, hash: site.hash })
    if (!isKnown(app, all.manifests, request.mh)) throw new Refusal('manifest_wanted')
    const now = app.host.now()
    const limit = hlcAt(now + LIMIT.skew)
    if (ops.some((op) => op.h > limit)) throw new Refusal('clock_ahead', { now })
    const result = await accept(app, tx, all, site, request, ops, member)
    return { result, epoch, fresh: true }
  })
  if ('rewound' in outcome) throw new Refusal('epoch_changed', { epoch: outcome.rewound!, last: outcome.last! })
  return outcome
}

export function ownSite(all: Gathered, asker: Asker, id: string): SiteRow {
  const site = all.sites.find((s) => s.id === id)
  if (!site) throw new Refusal('not_found', { why: 'site' })
  if (site.device !== asker.device) throw new Refusal('forbidden', { why: 'site' })
  return site
}

async function accept(
  app: App,
  tx: TenantTx,
  all: Gathered,
  site: SiteRow,
  request: PushRequest,
  ops: readonly Op[],
  member: Parameters<typeof rightsOf>[0],
): Promise<Result> {
  const tables = await knownTables(app, tx, all.manifests)
  const judged = ops.map((op) => ({ op, bad: badOp(tables, op) }))
  const rights = rightsOf(member, all.scopes)
  const merged = await mergeBatch(tx, {
    sha256: app.host.sha256,
    tables,
    all,
    site: site.id,
    replay: request.replay,
    rights,
    ops: judged,
  })
  const { head } = merged
  const result: Result = {
    s0: all.state.head + 1,
    s1: head,
    mark: newMark(app),
    lost: merged.verdicts.length > 0 || merged.conflicts.length > 0,
    home: rights.home,
    verdicts: merged.verdicts,
  }
  await tx.addAuthors(merged.authors)
  await tx.addPush({
    state: { ...all.state, head, mark: result.mark },
    batch: {
      site: site.id,
      from: request.from,
      to: request.to,
      hash: request.hash,
      result: JSON.stringify(result),
      at: app.host.now(),
    },
    ops: merged.ops,
    rows: merged.rows,
  })
  await tx.addConflicts(merged.conflicts)
  await tx.addExits(merged.exits)
  for (const [seq, keys] of merged.lifted) await tx.lift(keys, seq)
  app.metrics.add('conflicts_total', merged.conflicts.length)
  app.metrics.add('refused_ops_total', merged.verdicts.filter(([, code]) => code !== 'lost').length)
  return result
}
