import { recipientsText } from '../../shared/sync/membership.ts'
import type { Db } from '../db/open.ts'
import type { Crypto } from './parts.ts'

/** For whom this device can seal, as the server said last; and which key is this device's own, if it is an owner's. */
export interface KnownRecipients {
  keys: string[]
  own: { device: string; key: string } | null
}
const NONE: KnownRecipients = { keys: [], own: null }

export function knownRecipients(db: Db): KnownRecipients {
  const row = db.prepare("SELECT v FROM sync_state WHERE k = 'recipients'").get() as { v: string } | undefined
  return row ? (JSON.parse(row.v) as KnownRecipients) : NONE
}

export function saveRecipients(db: Db, part: Partial<KnownRecipients>): void {
  db.prepare("INSERT INTO sync_state (k, v) VALUES ('recipients', ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v").run(
    JSON.stringify({ ...knownRecipients(db), ...part }),
  )
}

/** The owners' devices, but not this one: what is sealed is to be out of reach of whoever has it. */
export function recipients(db: Db): string[] {
  const { keys, own } = knownRecipients(db)
  return keys.filter((key) => key !== own?.key)
}

/** With it the server tells them only where they are others. */
export const recipientsHash = (db: Db, crypto: Crypto): string =>
  crypto.sha256(recipientsText(knownRecipients(db).keys)).slice(0, 32)
