import { expect, test } from 'vitest'
import { Busy } from '../../server/store/store.ts'
import { inTurns, type Outcome } from '../../server/store/turns.ts'

/** Each run is a number; `go` says which went together. */
function recording(go: (runs: readonly number[]) => Outcome[]) {
  const groups: number[][] = []
  const write = inTurns<number>(async (_, runs) => {
    groups.push([...runs])
    await new Promise((resolve) => setTimeout(resolve))
    return go(runs)
  })
  const all = (...runs: number[]) => Promise.allSettled(runs.map((run) => write('one', run)))
  return { groups, all, write }
}
const doubled = (runs: readonly number[]): Outcome[] => runs.map((n) => ({ value: n * 2 }))
const values = (settled: PromiseSettledResult<unknown>[]) => settled.map((s) => ('value' in s ? s.value : s.reason))

test('who waits while one writes goes together with the others who wait, and gets its own answer', async () => {
  const { groups, all, write } = recording(doubled)
  const other = write('two', 9)
  expect(values(await all(1, 2, 3))).toEqual([2, 4, 6])
  expect(await other).toBe(18)
  expect(groups).toEqual([[9], [1], [2, 3]])
  expect(values(await all(4))).toEqual([8])
})

test('those for whom there was no room go next, in their order', async () => {
  const { groups, all } = recording((runs) => doubled(runs).slice(0, 2))
  expect(values(await all(1, 2, 3, 4, 5, 6))).toEqual([2, 4, 6, 8, 10, 12])
  expect(groups).toEqual([[1], [2, 3, 4, 5, 6], [4, 5, 6], [6]])
})

test('when all of it failed each goes alone, and only the one whose fault it is fails', async () => {
  const fault = new Error('duplicate key')
  const { groups, all } = recording((runs) => {
    if (runs.includes(3)) throw fault
    return doubled(runs)
  })
  expect(values(await all(1, 2, 3, 4))).toEqual([2, 4, fault, 8])
  expect(groups[1]).toEqual([2, 3, 4])
})

test('a server that is busy is busy for all of them', async () => {
  const { groups, all } = recording(() => {
    throw new Busy()
  })
  expect(values(await all(1, 2, 3)).every((error) => error instanceof Busy)).toBe(true)
  expect(groups).toHaveLength(2)
})
