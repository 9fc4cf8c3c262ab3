import type { SyncMet } from '../../../shared/contract/sync.ts'
import type { Db } from '../../db/open.ts'
import { peerName } from '../../sync/peers.ts'
import { rowsByPk } from '../customers/rows.ts'
import { countMet, entryOf, metPairs } from '../duplicates/met-pairs.ts'
import { userName } from './told.ts'

/** Customers entered in two places, the latest first, each as whoever entered them earlier and later. */
export function metList(db: Db, limit: number): { items: SyncMet[]; total: number } {
  const items = metPairs(db, limit).map(({ a, b, reasons }) => {
    const sides = [a, b].map((pk) => sideOf(db, pk)).sort((x, y) => (x.at ?? 0) - (y.at ?? 0))
    return { first: sides[0]!, second: sides[1]!, reasons }
  })
  return { items, total: countMet(db) }
}

function sideOf(db: Db, pk: number): SyncMet['first'] {
  const entry = entryOf(db, pk)
  return {
    customer: rowsByPk(db, [pk])[0]!,
    at: entry?.at ?? null,
    user_name: userName(db, entry?.user ?? null),
    device_name: entry && peerName(db, entry.site),
    // Sites elsewhere have dashes.
    here: entry !== null && !entry.site.includes('-'),
  }
}
