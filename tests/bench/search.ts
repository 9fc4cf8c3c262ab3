import type { Db } from '../../main/db/open.ts'
import { candidates } from '../../main/modules/search/candidates.ts'
import { searchService } from '../../main/modules/search/service.ts'
import { parseQuery } from '../../shared/domain/search-tokens.ts'
import { openBook, quantile, round, timings } from './book.ts'

export const name = 'search'

const SEARCHED = ['name', 'city', 'province', 'phones', 'national_id', 'company_id', 'economic_code']
/** Questions of each form; each is asked once, after as many others to warm up. */
const QUESTIONS = 200

interface Sample {
  id: string
  pk: number
  first_name: string
  last_name: string
  city: string
  phones: string
}

/** The forms of ISSUE 2, each made from a customer that exists (but the last). */
const FORMS: Record<string, (c: Sample, i: number) => string> = {
  'prefix of 1': (c) => c.last_name.slice(0, 1),
  'prefix of 2': (c) => c.last_name.slice(0, 2),
  'prefix of 3': (c) => c.last_name.slice(0, 3),
  'prefix of 4': (c) => c.last_name.slice(0, 4),
  'two-part name': (c) => `${c.first_name} ${c.last_name.slice(0, 3)}`,
  'four phone digits': (c) => c.phones.slice(3, 7),
  'seven phone digits': (c) => c.phones.slice(3, 10),
  'name, city, digits': (c) =>
    `${c.last_name.slice(0, 3)} ${c.city} ${c.phones.slice(6, 10)}`.replace(/^(\S+) (.*) (\d+)$/, '$2 $1 $3'),
  'no hit': (c, i) => `${c.first_name} ${c.city} ظظ${'ابپتث'[i % 5]}`,
}

/**
 * The palette's question inside the engine, rows and matches included, against the same question as LIKE '%…%' over all the searched
 * columns without early stop, and against a read by primary key, all in one run on one book.
 */
export async function run(
  options: { scale?: number } = {},
): Promise<{ name: string; rows: Array<Record<string, string | number>> }> {
  const book = await openBook(options.scale ?? 1_000_000)
  try {
    const { ctx } = book
    const samples = sample(ctx.db, QUESTIONS * 2)
    const key = quantile(
      timings(samples, (s) => ctx.db.prepare('SELECT * FROM party WHERE id = ?').get(s.id)),
      0.5,
    )
    const rows = Object.entries(FORMS).map(([form, make]) => {
      const questions = samples.map(make)
      for (const text of questions.slice(QUESTIONS)) searchService.all(ctx, { text, limit: 20 }, { signal: undefined })
      const ours = timings(questions.slice(0, QUESTIONS), (text) =>
        searchService.all(ctx, { text, limit: 20 }, { signal: undefined }),
      )
      const scan = quantile(
        timings(questions.slice(0, 5), (text) => like(ctx.db, text)),
        0.5,
      )
      const [p50, p99] = [quantile(ours, 0.5), quantile(ours, 0.99)]
      return {
        question: form,
        'p50 ms': round(p50),
        'p99 ms': round(p99),
        'LIKE ms': round(scan),
        'p50 of LIKE': `1/${Math.round(scan / p50)}`,
        'p99 of LIKE': `1/${Math.round(scan / p99)}`,
        'key reads': Math.round(p50 / key),
        gate: scan / p50 >= 200 && scan / p99 >= 20 ? 'ok' : 'MISSED (1/200, 1/20)',
        exact: exactOnSample(ctx.db, questions.slice(0, 5)),
      }
    })
    return {
      name,
      rows: [...rows, { question: 'read by primary key', 'p50 ms': round(key), 'seed rows/s': book.rate }],
    }
  } finally {
    book.close()
  }
}

/** Customers spread over the whole book that have all that the questions are made of. */
function sample(db: Db, n: number): Sample[] {
  const { last } = db.prepare('SELECT max(pk) AS last FROM party').get() as { last: number }
  const next = db.prepare(
    `SELECT id, pk, first_name, last_name, city, phones FROM party WHERE pk >= ? AND first_name <> '' AND length(last_name) >= 5
     AND city <> '' AND length(phones) >= 10 AND +deleted = 0 ORDER BY pk LIMIT 1`,
  )
  // Golden-ratio steps visit the book evenly in a mixed order.
  return Array.from({ length: n }, (_, i) => next.get(Math.floor(((i * 0.6180339887) % 1) * last * 0.99)) as Sample)
}

/** The same question without an index: every word or digit run in any of the searched columns. */
function like(db: Db, text: string): number {
  const { words, digits } = parseQuery(text)
  const terms = [...words, ...digits]
  const one = `(${SEARCHED.map((c) => `${c} LIKE ?`).join(' OR ')})`
  const sql = `SELECT count(*) AS n FROM party WHERE deleted = 0 AND ${terms.map(() => one).join(' AND ')}`
  return (db.prepare(sql).get(...terms.flatMap((t) => SEARCHED.map(() => `%${t}%`))) as { n: number }).n
}

/** For questions of digits alone the scan finds exactly what the index must; words are held to brute force in the tests. */
function exactOnSample(db: Db, questions: readonly string[]): string {
  const digits = questions.map(parseQuery).filter((q) => q.words.length === 0 && q.digits[0] && q.digits[0].length >= 3)
  if (digits.length === 0) return ''
  const wrong = digits.filter((q) => {
    const d = `%${q.digits[0]}%`
    const columns = SEARCHED.slice(3)
    const want = db
      .prepare(
        `SELECT pk FROM party WHERE deleted = 0 AND (${columns.map((c) => `${c} LIKE ?`).join(' OR ')}) ORDER BY pk DESC`,
      )
      .all(...columns.map(() => d)) as Array<{ pk: number }>
    const have = candidates(db, q, 1_000_000).sort((a, b) => b - a)
    // More than the index's cap: the newest ones must be among the scan's first.
    const top = new Set(want.map((w) => w.pk))
    return have.some((pk) => !top.has(pk)) || (want.length < 300 && have.length !== want.length)
  })
  return wrong.length === 0 ? 'yes' : `${wrong.length} WRONG`
}
