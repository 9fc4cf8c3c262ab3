import { expect, test } from 'vitest'
import { modelClients } from './sim/model-client.ts'
import { MINUTES, seeds } from './sim/seeds.ts'
import { memorySim } from './sim/stores.ts'

test.each([0, 500, 1000, 1500])(
  'the model of a client, in memory, seeds from %i: every invariant holds',
  {
    timeout: MINUTES,
  },
  async (from) => {
    const facts = await seeds(from, 500, memorySim, modelClients())
    // A simulation in which nothing happens would hold everything.
    expect(facts.conflicts).toBeGreaterThan(1_000)
    expect(facts.epochs).toBeGreaterThan(50)
    expect(facts.refused).toBeGreaterThan(50)
  },
)
