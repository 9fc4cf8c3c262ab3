import { parseArgs } from 'node:util'
import { pgRunner } from '../../../server/store/pg.ts'
import { pgliteRunner } from '../../../server/store/pglite.ts'
import { startPostgres } from '../../support/postgres.ts'
import { bookClients } from './book-client.ts'
import { modelClients } from './model-client.ts'
import { planOf, report, run, shrink } from './run.ts'
import { sqlSims } from './sql-store.ts'
import { memorySim } from './stores.ts'
import type { SimStore } from './world.ts'

/** npm run sim -- --seeds N [--from SEED] [--store memory|pglite|pg] [--client model|real]: the first seed that breaks an invariant is shrunk and told, exit 1. */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '0' },
    store: { type: 'string', default: 'memory' },
    client: { type: 'string', default: 'real' },
    'no-shrink': { type: 'boolean', default: false },
  },
})
const [seeds, from] = [Number(values.seeds), Number(values.from)]
const { next, end } = await open(values.store)
const clients = values.client === 'model' ? modelClients() : await bookClients()
const began = performance.now()
const sum = { ops: 0, conflicts: 0, refused: 0, epochs: 0, sites: 0, events: 0 }
for (let seed = from; seed < from + seeds; seed++) {
  const outcome = await run(planOf(seed), await next(), clients)
  for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += outcome.facts[key]
  if (outcome.wrong.length === 0) continue
  const small = values['no-shrink'] ? outcome : await shrink(outcome, async (plan) => run(plan, await next(), clients))
  process.stdout.write(`${report(small)}\n`)
  await end()
  process.exit(1)
}
const seconds = (performance.now() - began) / 1000
const facts = Object.entries(sum).map(([k, v]) => `${v} ${k}`)
process.stdout.write(
  `${seeds} seeds from ${from} on ${values.store}, ${clients.kind} clients: no invariant broken, ${seconds.toFixed(1)} s; ${facts.join(', ')}\n`,
)
await end()

async function open(kind: string): Promise<{ next: () => SimStore | Promise<SimStore>; end: () => Promise<void> }> {
  if (kind === 'memory') return { next: memorySim, end: async () => {} }
  if (kind === 'pglite') {
    const runner = await pgliteRunner()
    return { next: await sqlSims(runner), end: () => runner.close() }
  }
  if (kind !== 'pg') throw new Error(`no such store: ${kind}`)
  const postgres = await startPostgres()
  const runner = pgRunner({ url: await postgres.database() })
  return {
    next: await sqlSims(runner),
    async end() {
      await runner.close()
      await postgres.stop()
    },
  }
}
