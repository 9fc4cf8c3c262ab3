import { hash53 } from '../../shared/domain/text-hash.ts'
import type { Db } from './open.ts'

/**
 * For each row of a search index a number that stands for its words. A contentless index cannot be read row by row, and asking it for every row
 * took two milliseconds each; its list of words is read in one go instead (fts5vocab 'instance').
 */
export function wordSums(db: Db, index: 'party_fts' | 'note_fts' | 'task_fts'): Map<number, number> {
  db.raw.exec(`CREATE VIRTUAL TABLE temp.index_words USING fts5vocab('main', '${index}', 'instance')`)
  try {
    const sums = new Map<number, number>()
    let word = ''
    let number = 0
    const all = db.raw.prepare('SELECT term, doc FROM temp.index_words').raw() as unknown as {
      iterate(): Iterable<[string, number]>
    }
    // In the order of the words.
    for (const [term, pk] of all.iterate()) {
      if (term !== word) {
        word = term
        number = numberOf(term)
      }
      sums.set(pk, (sums.get(pk) ?? 0) + number)
    }
    return sums
  } finally {
    db.raw.exec('DROP TABLE temp.index_words')
  }
}

/** The number that a row with these words has in wordSums; other words have another, but for one chance in a million million. */
export function sumOf(words: Iterable<string>): number {
  let sum = 0
  for (const word of new Set(words)) sum += numberOf(word)
  return sum
}

/** 40 bits, so that the sum of thousands is still exact. */
const numberOf = (word: string): number => hash53(word) % 2 ** 40
