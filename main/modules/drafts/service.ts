import type { drafts } from '../../../shared/contract/drafts.ts'
import { rethrow } from '../../db/sqlite-errors.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'

/** Characters of JSON. A form is a few kilobytes; this is far above any and far below what would hurt. */
const MAX_DRAFT = 1_000_000

/** Everybody has their own: what one has half typed is not for the next one at this PC. */
const own = (ctx: Ctx, key: string) => `${ctx.user?.id ?? ''}/${key}`

/** Drafts are written at every pause of typing, so they skip the write transaction: nothing of them is logged or broadcast. */
export const draftsService: Service<typeof drafts> = {
  get: (ctx, { key }) => {
    const row = ctx.db.prepare('SELECT value, at FROM draft WHERE key = ?').get(own(ctx, key)) as
      | { value: string; at: number }
      | undefined
    return row ? { value: JSON.parse(row.value) as unknown, at: row.at } : null
  },
  put: (ctx, { key, value }) => {
    const text = JSON.stringify(value ?? null)
    if (text.length > MAX_DRAFT) fail('BAD_REQUEST')
    try {
      ctx.db
        .prepare(
          'INSERT INTO draft (key, value, at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at',
        )
        .run(own(ctx, key), text, ctx.clock.now())
    } catch (error) {
      rethrow(error)
    }
    return {}
  },
  remove: (ctx, { key }) => {
    try {
      ctx.db.prepare('DELETE FROM draft WHERE key = ?').run(own(ctx, key))
    } catch (error) {
      rethrow(error)
    }
    return {}
  },
}
