import { expect, test } from 'vitest'
import { emptyBook, fuzz } from './fuzz.ts'

test('real books under crashes, lost answers, wrong clocks, restores, clones and a server put back lose nothing and become the same', async () => {
  const book = await emptyBook()
  for (let seed = 1; seed <= 8; seed++) expect(await fuzz(seed, book)).toEqual([])
}, 120_000)
