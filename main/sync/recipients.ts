import { RecipientReply } from '../../shared/sync/membership.ts'
import { PATH } from '../../shared/sync/protocol.ts'
import { type Tx, write } from '../db/write.ts'
import type { Ctx } from '../engine/context.ts'
import { sealAside } from './aside.ts'
import type { Door } from './door.ts'
import { type KnownRecipients, knownRecipients, saveRecipients } from './known-recipients.ts'
import { Refused, type SyncParts } from './parts.ts'
import { readState } from './state.ts'

function save(tx: Tx, parts: SyncParts, part: Partial<KnownRecipients>): void {
  saveRecipients(tx.db, part)
  // What was set aside while nobody was known to seal it for.
  sealAside(tx, parts.crypto)
  tx.touched.add('sync')
}

export function takeRecipients(ctx: Ctx, parts: SyncParts, keys: string[]): void {
  write(ctx, 'sync.recipients', (tx) => save(tx, parts, { keys }))
}

const TRIED = {}

/** An owner's device says under which key it can be sealed for, until the server tells it to all: also after it was put back to a day before. */
export async function offerOwn(ctx: Ctx, parts: SyncParts, door: Door): Promise<void> {
  const { role, device, tenant } = readState(ctx.db)!
  const { keys, own } = knownRecipients(ctx.db)
  const tried = ctx.db.remember(TRIED, () => ({ at: '' }))
  const at = `${device} ${keys.join()}`
  if (role !== 'owner' || tried.at === at || (own?.device === device && keys.includes(own.key))) return
  const held = await parts.keys.read()
  if (!held) return
  const key = parts.crypto.recipientOf(held.secret)
  try {
    const reply = await door.ask(PATH.recipient, { tenant, key }, RecipientReply)
    write(ctx, 'sync.recipients', (tx) => save(tx, parts, { keys: reply.recipients, own: { device, key } }))
  } catch (error) {
    // No owner any more, as another owner said meanwhile; or an older server. Others need not wait for it.
    if (!(error instanceof Refused && (error.code === 'forbidden' || error.code === 'not_found'))) throw error
    tried.at = at
  }
}
