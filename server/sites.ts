import { encodeOps } from '../shared/sync/codec.ts'
import type { SiteReply, SiteRequest, SiteStatusReply, SiteStatusRequest } from '../shared/sync/exchange.ts'
import type { Fields, Op } from '../shared/sync/merge.ts'
import { type Asker, allowed } from './access.ts'
import type { App } from './app.ts'
import { newEpoch } from './epoch.ts'
import { Refusal } from './refusal.ts'

/** A new incarnation of the asking device's book. */
export async function openSite(app: App, asker: Asker, request: SiteRequest): Promise<SiteReply> {
  return app.store.tenant(asker.tenant, 'write', async (tx) => {
    const all = await tx.gather(asker.device)
    allowed(all)
    const { epoch } = all.state
    const held = all.sites.find((s) => s.id === request.site)
    if (held) {
      if (held.device !== asker.device) throw new Refusal('forbidden', { why: 'site' })
      return { epoch, last: held.last, hash: held.hash }
    }
    // Whose past one claims decides what one overwrites without a conflict: only one's own, or that of a device that is out.
    const parent = all.sites.find((s) => s.id === request.parent)
    if (parent && parent.device !== asker.device) {
      const owner = (await tx.devices()).find((d) => d.id === parent.device)
      if (owner?.revoked === null) throw new Refusal('forbidden', { why: 'parent' })
    }
    const { site: id, parent: of, fork } = request
    await tx.saveSite({ id, device: asker.device, parent: of, fork, last: 0, hash: '' })
    // The book holds more of its own past than is here: the server was put back, and that past comes again by nobody else.
    const behind = of !== null && fork > (parent?.last ?? 0)
    return { epoch: behind ? await newEpoch(app, tx, asker, all) : epoch, last: 0, hash: '' }
  })
}

/** What of a site has arrived here. */
export async function siteStatus(app: App, asker: Asker, request: SiteStatusRequest): Promise<SiteStatusReply> {
  return app.store.tenant(asker.tenant, 'read', async (tx) => {
    const all = await tx.gather(asker.device)
    allowed(all)
    const { epoch } = all.state
    const site = all.sites.find((s) => s.id === request.site)
    if (!site)
      return {
        epoch,
        known: false,
        last: 0,
        hash: '',
        ops: encodeOps([]) as SiteStatusReply['ops'],
        refused: [],
        more: false,
      }
    if (site.device !== asker.device) {
      const owner = (await tx.devices()).find((d) => d.id === site.device)
      if (owner?.revoked === null) throw new Refusal('forbidden', { why: 'site' })
    }
    const users = new Map(all.authors.map((a) => [a.n, a.user]))
    const found = await tx.opsOf(site.id, request.after, request.limit)
    const ops = found.map((o): Op => {
      const op = {
        tbl: o.tbl,
        row: o.row,
        kind: o.kind,
        h: o.h,
        base: o.base,
        own: o.own,
        user: users.get(o.author) ?? null,
      }
      const f = JSON.parse(o.f) as Fields
      return o.root ? { ...op, f, root: o.root } : { ...op, f }
    })
    const more = (found.at(-1)?.own ?? site.last) < site.last
    const refused = found.flatMap((o): [number, string][] => (o.code === null ? [] : [[o.own, o.code]]))
    const { last, hash } = site
    return { epoch, known: true, last, hash, ops: encodeOps(ops) as SiteStatusReply['ops'], refused, more }
  })
}
