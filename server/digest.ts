import { addToDigest, emptyDigest } from '../shared/sync/digest.ts'
import type { DigestReply, DigestRequest } from '../shared/sync/exchange.ts'
import { type Asker, allowed } from './access.ts'
import type { App } from './app.ts'
import { Refusal } from './refusal.ts'
import { rightsOf } from './rights.ts'

export async function digest(app: App, asker: Asker, request: DigestRequest): Promise<DigestReply> {
  // Under the lock: head and rows are of one moment.
  return app.store.tenant(asker.tenant, 'write', async (tx) => {
    const all = await tx.gather(asker.device)
    const rights = rightsOf(allowed(all).member, all.scopes)
    if (request.epoch !== all.state.epoch) throw new Refusal('epoch_changed', { epoch: all.state.epoch })
    if (!rights.read(request.scope)) throw new Refusal('forbidden')
    const sums = emptyDigest()
    const rows = await tx.seqs(request.scope)
    for (const [row, seq] of rows) addToDigest(sums, row, seq)
    return { epoch: all.state.epoch, head: all.state.head, sums, count: rows.length }
  })
}
