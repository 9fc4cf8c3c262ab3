import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Client } from '../../main/rpc/dispatcher.ts'
import { alive } from '../support/alive.ts'
import { clientOf } from '../support/client.ts'
import { testCtx } from '../support/ctx.ts'
import { dice, madeUpCustomer } from '../support/made-up-customers.ts'
import { dump, replay } from '../support/replay.ts'

/** `npm run soak` asks for more. */
const RUNS = Number(process.env['DAFTAR_MERGE_RUNS'] ?? 6)
const STEPS = 25

const Step = fc.record({
  what: fc.constantFrom('merge', 'merge', 'merge', 'edit', 'note', 'link', 'tag', 'remove', 'undo', 'redo', 'distinct'),
  a: fc.nat(),
  b: fc.nat(),
  c: fc.nat(),
})

test('whatever is edited, merged and taken back in any order, the book holds together, and a merge undone at once leaves no trace', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Step, { minLength: 5, maxLength: STEPS }), fc.nat(1000), async (steps, seed) => {
      const ctx = await testCtx({ seed: seed + 1 })
      try {
        const client = clientOf(ctx)
        const ids = await people(client, seed)
        const changes: number[] = []
        const did = ({ change }: { change: number | null }) => change !== null && changes.push(change)
        for (const { what, a, b, c } of steps) {
          ctx.clock.advance(1000)
          const [one, two, three] = [a, b, c].map((n) => ids[n % ids.length]!) as [string, string, string]
          await act()
          async function act() {
            if (what === 'merge') {
              const others = [...new Set([two, three])].filter((id) => id !== one)
              const before = alive(ctx.db)
              const merged = await attempt(
                client.customers.merge({ survivor: one, others: others.length > 0 ? others : [one] }),
              )
              if (!merged?.change) return
              if (c % 2 === 0) return void did(merged)
              const { kept } = await client.history.undo({ change: merged.change })
              expect(kept).toEqual([])
              expect(alive(ctx.db)).toEqual(before)
            } else if (what === 'edit') {
              const patch = { about: `متن ${b}`, ...(c % 2 ? { channels: madeUpCustomer(dice(c)).channels } : {}) }
              did((await attempt(client.customers.update({ id: one, patch }))) ?? { change: null })
            } else if (what === 'note')
              did(await client.activities.log({ activity: { kind: 'note', party_ids: [one], body: `یادداشت ${b}` } }))
            else if (what === 'tag') {
              const tag = await client.customers.tags.add({ name: `برچسب ${b % 3}`, kind: 'tag', color: null })
              did(await client.customers.update({ id: one, patch: { tag_ids: c % 3 ? [tag.id] : [] } }))
            } else if (what === 'link') {
              const link = {
                kind: 'works_at' as const,
                role: c % 2 ? 'مدیر' : null,
                outgoing: b % 2 === 0,
                other_id: two,
              }
              did(await client.customers.update({ id: one, patch: { links: [link] } }))
            } else if (what === 'remove') did(await client.customers.remove({ ids: [one] }))
            else if (what === 'distinct')
              did((await attempt(client.duplicates.distinct({ a: one, b: two }))) ?? { change: null })
            else {
              const change = what === 'redo' ? changes.at(-1) : changes[a % Math.max(1, changes.length)]
              if (change !== undefined) did((await attempt(client.history.undo({ change }))) ?? { change: null })
            }
          }
          // Nobody leads into a circle: whoever is asked for is there.
          for (const id of ids) expect((await client.customers.get({ id })).id).toMatch(/./)
        }
        expect((await client.system.check()).problems).toEqual([])
        expect(replay(ctx.db)).toEqual(dump(ctx.db))
        const circles = ctx.db
          .prepare(
            `WITH RECURSIVE up(id, at) AS (SELECT id, merged_into FROM party WHERE merged_into IS NOT NULL
               UNION SELECT up.id, p.merged_into FROM up JOIN party p ON p.id = up.at WHERE p.merged_into IS NOT NULL)
             SELECT count(*) AS n FROM up WHERE id = at`,
          )
          .get()
        expect(circles).toEqual({ n: 0 })
      } finally {
        ctx.close()
      }
    }),
    { numRuns: RUNS },
  )
})

async function people(client: Client, seed: number): Promise<string[]> {
  const roll = dice(seed)
  const ids: string[] = []
  for (let i = 0; i < 6; i++) {
    const { last_name = null, ...rest } = madeUpCustomer(roll)
    ids.push((await client.customers.add({ ...rest, last_name })).id)
  }
  ids.push((await client.customers.add({ kind: 'company', company_name: 'پارس' })).id)
  return ids
}

/** What is refused (a deleted customer, nothing left to undo, a name taken away) is refused whole. */
async function attempt<T>(run: Promise<T>): Promise<T | null> {
  try {
    return await run
  } catch (error) {
    if (
      ['NOT_FOUND', 'NOTHING_TO_UNDO', 'NAME_OR_PHONE_NEEDED', 'BAD_REQUEST'].includes((error as { code: string }).code)
    )
      return null
    throw error
  }
}
