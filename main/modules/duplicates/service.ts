import type { duplicates } from '../../../shared/contract/duplicates.ts'
import { writeChanged } from '../../db/write.ts'
import type { Service } from '../../rpc/service.ts'
import { markDistinctTx } from './distinct.ts'
import { pagePairs } from './pairs.ts'
import { follow, lastSearch, runningOf, startSearch } from './run.ts'

export const duplicatesService: Service<typeof duplicates> = {
  status: (ctx) => ({ running: runningOf(ctx)?.progress ?? null, last: lastSearch(ctx.db) }),
  find: (ctx, { start }, { signal }) => follow(start ? startSearch(ctx) : runningOf(ctx), signal),
  cancel: (ctx) => {
    runningOf(ctx)?.stop.abort()
    return {}
  },
  page: (ctx, { after, limit }) => pagePairs(ctx, after, limit),
  distinct(ctx, { a, b }) {
    const { change } = writeChanged(ctx, 'duplicates.distinct', (tx) => markDistinctTx(tx, a, b))
    return { change }
  },
}
