import type { IsoDay } from '../../../shared/domain/jalali.ts'
import { patch } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import { refreshContactDatesTx } from './contact-dates.ts'
import { partyOf } from './record.ts'
import { party } from './table.ts'

/** «Not now»: until that day the customer does not count as slipped. Fails with NOT_FOUND. */
export function putOffTx(tx: Tx, id: string, until: IsoDay): void {
  const about = partyOf(tx.db, id)
  if (patch(tx, party, about.id, { quiet_until: until })) refreshContactDatesTx(tx, [about.id])
}
