import type { Asker } from './access.ts'
import type { App } from './app.ts'
import { Refusal } from './refusal.ts'
import type { Gathered, TenantTx } from './store/store.ts'

const DAY = 86_400_000
/** A device that is wrong about itself must not send a whole business back to the start again and again. */
const MAX_A_DAY = 20

export const newMark = (app: App): string =>
  [...app.host.random(6)].map((b) => b.toString(16).padStart(2, '0')).join('')

/**
 * Has this device seen another order than the one that is here? It says up to which head it has seen and which mark stood there; a server
 * that was put back, and went on, has another mark there or none. Without this a device whose own changes were all in the backup would
 * write and read on as if nothing had happened, with cursors and bases that mean other changes now.
 */
export function sawAnother(
  { state, markAt }: Gathered,
  seen: readonly [head: number, mark: string] | undefined,
): boolean {
  if (!seen || seen[0] === 0) return false
  return seen[0] > state.head || markAt !== seen[1]
}

/** The server was put back to an older day and nobody told it: from now on every device begins again (SYNC.md 12). Returns the new epoch. */
export async function newEpoch(app: App, tx: TenantTx, asker: Asker, all: Gathered): Promise<string> {
  const now = app.host.now()
  const recent = (app.rewinds.get(asker.tenant) ?? []).filter((at) => now - at < DAY)
  if (recent.length >= MAX_A_DAY) throw new Refusal('busy', { retry_after: 3_600 })
  app.rewinds.set(asker.tenant, [...recent, now])
  const epoch = app.host.uuid()
  await tx.setState({ ...all.state, epoch })
  app.metrics.add('epochs_total')
  app.host.log('epoch', { tenant: asker.tenant, device: asker.device })
  return epoch
}
