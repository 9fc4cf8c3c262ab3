import { wordTokens } from '../../shared/domain/search-tokens.ts'
import type { CheckProblem } from '../modules/module.ts'
import type { Db } from './open.ts'
import { sumOf, wordSums } from './search-words.ts'
import { type TextIndex, waitingRows } from './text-rows.ts'

const CHUNK = 1000

/** Search rows of texts against the texts. @param what begins the codes: NOTE gives NOTE_SEARCH_ROW_MISSING */
export function checkTexts(db: Db, index: TextIndex, table: string, what: string): CheckProblem[] {
  const found = new Map<string, CheckProblem>()
  const report = (how: string, sample: string) => {
    const code = `${what}_SEARCH_ROW_${how}`
    const problem = found.get(code)
    if (problem) problem.count++
    else found.set(code, { code, count: 1, sample })
  }
  const sums = wordSums(db, index.fts)
  const waiting = waitingRows(db, index)
  const next = db.prepare(`SELECT pk, id FROM ${table} WHERE pk > ? ORDER BY pk LIMIT ?`)
  const indexed = db.prepare(`SELECT count(*) AS n FROM ${index.fts} WHERE rowid = ?`)
  const holds = db.prepare(`SELECT 1 AS hit FROM ${index.fts} WHERE ${index.fts} MATCH ? AND rowid = ?`)
  for (let last = 0; ; ) {
    const rows = next.all(last, CHUNK) as Array<{ pk: number; id: string }>
    if (rows.length === 0) return [...found.values()]
    for (const { pk, id } of rows) {
      last = pk
      const tokens = waiting.has(pk) ? [] : wordTokens(index.textOf(db, pk))
      const { n } = indexed.get(pk) as { n: number }
      if (tokens.length === 0 && n > 0) report('TOO_MANY', id)
      if (tokens.length > 0 && n === 0) report('MISSING', id)
      if (n === 0 || tokens.length === 0 || sums.get(pk) === sumOf(tokens)) continue
      // The index may take a rare sign for a gap: its own answer decides.
      // FTS5 takes a few hundred terms in one question.
      for (let i = 0; i < tokens.length; i += 200) {
        const match = tokens.slice(i, i + 200).map((t) => `"${t}"`)
        if (!holds.get(match.join(' AND '), pk)) {
          report('DIFFERS', id)
          break
        }
      }
    }
  }
}
