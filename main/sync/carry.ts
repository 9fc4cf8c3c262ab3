import { readMeta, setMeta } from '../db/migrate.ts'
import type { Db } from '../db/open.ts'
import { freshState, lifeOf, readState, type State, saveState, wireSite } from './state.ts'

/** By which a copy of this book from before sync was turned on goes on at the server; plain data. */
export interface Connection extends Pick<State, 'address' | 'tenant' | 'device' | 'user' | 'role'> {
  /** meta.device: which book. */
  book: string
}

/** null while nothing is sent or asked: then a restored copy is to stay alone too. */
export function connectionOf(db: Db): Connection | null {
  const state = readState(db)
  if (!state || state.off || state.stopped) return null
  const { address, tenant, device, user, role } = state
  return { address, tenant, device, user, role, book: readMeta(db, 'device') ?? '' }
}

/**
 * Before a restored copy gets its new life: it is entered as the life it was, of which nothing was sent. So it is compared with what the server has of
 * that life, and what it holds is not sent once more as another's old values, which would be conflicts of a device with itself. A copy
 * that knows the server already knows it better, and another book's rows do not belong to this business. Gives the rows it added to sync_state.
 */
export function carryOn(db: Db, { book, ...connection }: Connection): number {
  const isNew = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sync_state'").get() !== undefined
  if (!isNew || readMeta(db, 'device') !== book || readState(db)) return 0
  const life = lifeOf(db)
  const site = wireSite(life)
  saveState(db, { ...freshState(), ...connection, off: false, life, site, nonce: '', manifest: '', checked: 0 })
  setMeta(db, 'base', '0')
  if (readMeta(db, 'offset') === null) setMeta(db, 'offset', '0')
  return 1
}
