import type { BackupProgress } from '../../../shared/contract/backups.ts'
import type { setup } from '../../../shared/contract/setup.ts'
import { type Tx, writeChanged } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { streamed } from '../../rpc/stream.ts'
import { restore } from '../backups/restore.ts'
import { addSourceTx } from '../customers/sources.ts'
import { addTagTx } from '../customers/tags.ts'
import { setBusinessTx } from '../settings/service.ts'
import { addOwnerTx, ownerOf } from '../users/service.ts'
import { copiesAt, findCopies } from './copies.ts'
import { seedListsTx } from './list-presets.ts'
import { PRESETS } from './presets.ts'
import { addSample, removeSample, sampleOf } from './sample.ts'

/** Nobody ever was a user of this book: not only that nobody is signed in. */
function onlyBefore(ctx: Ctx): void {
  if (ctx.db.prepare('SELECT 1 FROM user LIMIT 1').get()) fail('ALREADY_SET_UP')
}

export const setupService: Service<typeof setup> = {
  start: (ctx, { business_name, owner_name, trade, money_unit }) => {
    // The owner signs their own first change, so that the history never begins with nobody.
    const id = ctx.ids.next()
    const signed = { ...ctx, user: { id, name: owner_name, role: 'owner' as const } }
    writeChanged(signed, 'setup.start', (tx: Tx) => {
      if (ownerOf(tx.ctx)) fail('ALREADY_SET_UP')
      addOwnerTx(tx, owner_name, id)
      setBusinessTx(tx, { business_name, trade, money_unit })
      const { sources, groups, tags } = PRESETS[trade]
      seedListsTx(tx, trade)
      for (const name of sources) addSourceTx(tx, name)
      for (const name of groups) addTagTx(tx, { name, kind: 'group', color: null })
      for (const [name, color] of tags) addTagTx(tx, { name, kind: 'tag', color })
    })
    return { user_id: id }
  },
  copies: (ctx, { place }, { signal }) => {
    onlyBefore(ctx)
    return place === undefined ? findCopies(ctx, null, signal) : copiesAt(ctx, place, signal)
  },
  restore: (ctx, { file }, { signal }) =>
    streamed<BackupProgress>(signal, async (tell, stop) => {
      // Asked in the same moment in which the book becomes read-only: another window may be setting it up.
      onlyBefore(ctx)
      return restore(ctx, file, tell, stop)
    }),
  sample: (ctx) => sampleOf(ctx),
  addSample: (ctx) => addSample(ctx),
  removeSample: (ctx) => removeSample(ctx),
}
