import { expect, test } from 'vitest'
import { bookClients } from './sim/book-client.ts'
import { modelClients } from './sim/model-client.ts'
import { planOf, run } from './sim/run.ts'
import { MINUTES, seeds } from './sim/seeds.ts'
import { memorySim } from './sim/stores.ts'

/** A real book takes five times as long as the model; the same world tries both. */
const REAL = 110
/** These broke it once. */
const BROKE = [14, 112, 172, 255, 289, 357, 900, 1097, 1283, 2021, 3218]

test('days apart on real books, with the real client, in memory: every invariant holds', {
  timeout: MINUTES,
}, async () => {
  const clients = await bookClients()
  for (const seed of BROKE) await seeds(seed, 1, memorySim, clients)
  const facts = await seeds(113, REAL, memorySim, clients)
  expect(facts.conflicts).toBeGreaterThan(REAL)
  expect(facts.epochs).toBeGreaterThan(10)
  expect(facts.refused).toBeGreaterThan(10)
})

test.each(['model', 'real'])('the same seed is the same run: %s', async (kind) => {
  const clients = kind === 'model' ? modelClients() : await bookClients()
  const [one, two] = [await run(planOf(77), memorySim(), clients), await run(planOf(77), memorySim(), clients)]
  expect(two.trace).toEqual(one.trace)
})
