import type { Trade } from '../../../shared/domain/party.ts'
import { type Tx, write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { seedListTx } from '../lists/write.ts'
import { businessOf } from '../settings/service.ts'
import { PRESETS } from './presets.ts'

/** What a trade begins with in the lists of outcomes and reasons. */
export function seedListsTx(tx: Tx, trade: Trade): void {
  seedListTx(tx, 'outcome', PRESETS[trade].outcomes)
  seedListTx(tx, 'lead_reason', PRESETS[trade].lead_reasons)
}

/**
 * A book from before these lists gets those of its trade, once: emptied lists stay empty, for what was taken off is still there as a row. The
 * ids come from the names, so two devices that do this make the same rows.
 */
export function seedOldBook(ctx: Ctx): void {
  const begun = ctx.db.prepare('SELECT 1 FROM user LIMIT 1').get()
  const has = ctx.db.prepare('SELECT 1 FROM list_item LIMIT 1').get()
  if (begun && !has) write(ctx, 'lists.seed', (tx) => seedListsTx(tx, businessOf(ctx).trade))
}
