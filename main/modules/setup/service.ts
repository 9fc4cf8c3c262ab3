import type { setup } from '../../../shared/contract/setup.ts'
import { type Tx, writeChanged } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { addSourceTx } from '../customers/sources.ts'
import { addTagTx } from '../customers/tags.ts'
import { setBusinessTx } from '../settings/service.ts'
import { addOwnerTx, ownerOf } from '../users/service.ts'
import { PRESETS } from './presets.ts'
import { addSample, removeSample, sampleOf } from './sample.ts'

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
      for (const name of sources) addSourceTx(tx, name)
      for (const name of groups) addTagTx(tx, { name, kind: 'group', color: null })
      for (const [name, color] of tags) addTagTx(tx, { name, kind: 'tag', color })
    })
    return { user_id: id }
  },
  sample: (ctx) => sampleOf(ctx),
  addSample: (ctx) => addSample(ctx),
  removeSample: (ctx) => removeSample(ctx),
}
