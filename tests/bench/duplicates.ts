import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { write } from '../../main/db/write.ts'
import type { Ctx } from '../../main/engine/context.ts'
import { threadReader } from '../../main/engine/reader.ts'
import { addCustomerTx } from '../../main/modules/customers/write.ts'
import { type FindProgress, findDuplicates } from '../../main/modules/duplicates/find.ts'
import { type Random, randomFrom } from '../../main/modules/setup/random.ts'
import { build } from '../../scripts/build.mjs'
import type { CustomerInput } from '../../shared/contract/customers.ts'
import { openBook, round } from './book.ts'

export const name = 'duplicates'

const CUSTOMERS = 100_000
/** Customers entered a second time, each in one of the ways below. */
const PLANTED = 700
const SAMPLE = 2000

/**
 * The search over a whole book in the reader's thread: time of each phase, candidates, memory. What it finds of 700 customers who were entered
 * twice (by the way their second entry differs), and against a judge of its own that compares every two of a sample of 2,000.
 */
export async function run(options: { scale?: number } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'daftar-bench-duplicates-'))
  const given = process.env.DAFTAR_BENCH_BOOK
  // The planted ones must not stay in a book that is kept for other benches.
  if (given) process.env.DAFTAR_BENCH_BOOK = copied(given, folder)
  const book = await openBook(options.scale ?? CUSTOMERS)
  try {
    // As it ships: the sources would cost the thread more memory than the work.
    build('hosts')
    const { ctx } = book
    const planted = plant(ctx, randomFrom(11))
    const { n } = ctx.db.prepare('SELECT count(*) AS n FROM party WHERE deleted = 0').get() as { n: number }
    const before = process.memoryUsage().rss
    let peak = before
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss)
    }, 20)
    const phases = new Map<string, number>()
    let phase = ''
    let since = performance.now()
    const enter = (next: string) => {
      if (phase) phases.set(phase, (phases.get(phase) ?? 0) + performance.now() - since)
      phase = next
      since = performance.now()
    }
    const began = performance.now()
    const reader = threadReader(new URL('../../dist/main/reader-worker.mjs', import.meta.url))
    const found = await reader.run(
      findDuplicates,
      { file: ctx.db.file, keep: 2_000_000 },
      { onProgress: (progress: FindProgress) => progress.phase !== phase && enter(progress.phase) },
    )
    enter('')
    const ms = performance.now() - began
    clearInterval(watch)
    if (!found) throw new Error('the search stopped')
    const pairs = new Set(found.pairs.map(({ a, b }) => `${a}/${b}`))
    const rows: Array<Record<string, string | number | null>> = [
      { what: 'search of the whole book, ms', value: Math.round(ms), of: n },
      ...[...phases].map(([what, time]) => ({ what: `  ${what}, ms`, value: Math.round(time), of: null })),
      { what: 'customers a second', value: Math.round((n / ms) * 1000), of: null },
      { what: 'candidates compared', value: found.compared, of: null },
      { what: 'pairs found', value: found.found, of: null },
      { what: 'blocks left out as too large', value: found.leftOut, of: null },
      { what: 'memory above the start, MB', value: Math.round((peak - before) / 2 ** 20), of: null },
    ]
    for (const way of Object.keys(WAYS)) {
      const those = planted.filter((one) => one.way === way)
      const hits = those.filter(({ a, b }) => pairs.has(`${a}/${b}`)).length
      rows.push({ what: `planted, ${way}: found`, value: hits, of: those.length })
    }
    rows.push(...againstTruth(ctx, planted, pairs))
    return { name, rows }
  } finally {
    book.close()
    if (given) process.env.DAFTAR_BENCH_BOOK = given
    rmSync(folder, { recursive: true, force: true })
  }
}

function copied(file: string, folder: string): string {
  const copy = join(folder, 'daftar.db')
  copyFileSync(file, copy)
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`)
  return copy
}

interface Person {
  pk: number
  id: string
  first_name: string
  last_name: string
  national_id: string | null
  city: string | null
  company: string | null
  phones: string[]
  emails: string[]
}

function peopleAt(ctx: Ctx, pks: readonly number[]): Person[] {
  const rows = ctx.db
    .prepare(
      `SELECT pk, id, coalesce(first_name, '') AS first_name, coalesce(last_name, company_name, '') AS last_name, national_id, city,
         (SELECT to_id FROM party_link l WHERE l.from_id = party.id AND l.kind = 'works_at' AND l.deleted = 0) AS company
       FROM party WHERE pk IN (SELECT value FROM json_each(?)) AND deleted = 0`,
    )
    .all(JSON.stringify(pks)) as Person[]
  const channels = ctx.db.prepare('SELECT kind, value FROM party_channel WHERE party_id = ? AND deleted = 0')
  return rows.map((row) => {
    const own = channels.all(row.id) as Array<{ kind: string; value: string }>
    const of = (kind: string) => own.filter((c) => c.kind === kind).map((c) => c.value)
    return { ...row, phones: of('phone'), emails: of('email') }
  })
}

type Way = (p: Person, random: Random) => Partial<CustomerInput> | null
const placeOf = (p: Person) =>
  p.city ? [{ type: 'work' as const, province: null, city: p.city, address: null, postal_code: null }] : []
const phoneOf = (value: string) => [{ kind: 'phone' as const, type: 'mobile' as const, value }]
const arabic = (s: string) => s.replaceAll('ی', 'ي').replaceAll('ک', 'ك').replaceAll('آ', 'ا').replaceAll('\u200c', ' ')
const slipped = (s: string, random: Random) => {
  const at = 1 + Math.floor(random.next() * (s.length - 2))
  const how = Math.floor(random.next() * 3)
  if (how === 0) return s.slice(0, at) + s[at]! + s.slice(at)
  if (how === 1) return s.slice(0, at) + s.slice(at + 1)
  return s.slice(0, at) + s[at + 1]! + s[at]! + s.slice(at + 2)
}

/** How the second entry differs from the first. Null where the first has not what it takes. */
const WAYS: Record<string, Way> = {
  'same phone, other spelling': (p) =>
    p.phones[0]
      ? {
          first_name: arabic(p.first_name),
          last_name: arabic(p.last_name),
          channels: phoneOf(`+98 ${tail(p.phones[0])}`),
        }
      : null,
  'same phone, no name': (p) => (p.phones[0] ? { channels: phoneOf(p.phones[0]) } : null),
  'same national id, other name': (p) =>
    p.national_id ? { last_name: 'ناشناس', national_id: p.national_id, channels: [] } : null,
  'Arabic letters and gaps, same city': (p) =>
    p.city ? { first_name: arabic(p.first_name), last_name: arabic(p.last_name), addresses: placeOf(p) } : null,
  'title, family first, same city': (p) =>
    p.city ? { last_name: `آقای ${p.last_name} ${p.first_name}`, addresses: placeOf(p) } : null,
  'a slip of the finger, same city': (p, random) =>
    p.city && p.last_name.length >= 5
      ? { first_name: p.first_name, last_name: slipped(p.last_name, random), addresses: placeOf(p) }
      : null,
  'same name and company': (p) =>
    p.company
      ? {
          first_name: p.first_name,
          last_name: p.last_name,
          links: [{ kind: 'works_at', role: null, outgoing: true, other_id: p.company }],
        }
      : null,
}

interface Planted {
  way: string
  a: number
  b: number
}

function plant(ctx: Ctx, random: Random): Planted[] {
  const { top } = ctx.db.prepare('SELECT max(pk) AS top FROM party').get() as { top: number }
  const out: Planted[] = []
  const ways = Object.entries(WAYS)
  for (let i = 0; out.length < PLANTED && i < PLANTED * 20; i++) {
    const [person] = peopleAt(ctx, [1 + Math.floor(random.next() * top)])
    const [way, make] = ways[i % ways.length]!
    const twin = person?.first_name ? make(person, random) : null
    if (!person || !twin) continue
    const { pk } = write(ctx, 'customers.add', (tx) => addCustomerTx(tx, { kind: 'person', ...twin }))
    out.push({ way, a: person.pk, b: pk })
  }
  return out
}

/** Every two of a sample by rules of their own, written apart from the product's: equal numbers, or near names in one city or company. */
function againstTruth(ctx: Ctx, planted: readonly Planted[], found: ReadonlySet<string>) {
  const { top } = ctx.db.prepare('SELECT max(pk) AS top FROM party').get() as { top: number }
  const half = planted.slice(0, SAMPLE / 8).flatMap(({ a, b }) => [a, b])
  const stride = Math.max(1, Math.floor(top / (SAMPLE - half.length)))
  const pks = new Set([...half, ...Array.from({ length: SAMPLE - half.length }, (_, i) => 1 + i * stride)])
  const people = peopleAt(ctx, [...pks]).map((p) => {
    const words = wordsOf(`${p.first_name} ${p.last_name}`)
    return { ...p, words, text: words.join(''), sorted: [...words].sort().join(''), place: p.city && plainOf(p.city) }
  })
  const holders = ctx.db.prepare(
    'SELECT count(*) AS n FROM party WHERE deleted = 0 AND name_sort = (SELECT name_sort FROM party WHERE pk = ?)',
  )
  let truth = 0
  let both = 0
  let rare = 0
  let rareBoth = 0
  let inSample = 0
  const began = performance.now()
  for (let i = 0; i < people.length; i++) {
    for (let j = i + 1; j < people.length; j++) {
      const [a, b] = [people[i]!, people[j]!]
      const [low, high] = a.pk < b.pk ? [a, b] : [b, a]
      const isFound = found.has(`${low.pk}/${high.pk}`)
      if (isFound) inSample++
      if (!isSame(a, b)) continue
      truth++
      if (isFound) both++
      const most = Math.max(...[a, b].map(({ pk }) => (holders.get(pk) as { n: number }).n))
      if (most > 3) continue
      rare++
      if (isFound) rareBoth++
    }
  }
  const share = (part: number, whole: number) => (whole === 0 ? null : round(part / whole))
  return [
    { what: 'all pairs of a sample, ms', value: Math.round(performance.now() - began), of: people.length },
    { what: 'recall against all pairs', value: share(both, truth), of: truth },
    { what: 'recall, names that at most three have', value: share(rareBoth, rare), of: rare },
    { what: 'precision against all pairs', value: share(both, inSample), of: inSample },
  ]
}

type Judged = Person & { words: string[]; text: string; sorted: string; place: string | null }

/** The last ten digits, which are the number without 0 or 98. */
const tail = (phone: string) =>
  phone
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/\D/g, '')
    .slice(-10)

function isSame(a: Judged, b: Judged): boolean {
  if (a.phones.some((x) => b.phones.some((y) => tail(x) === tail(y)))) return true
  if (a.emails.some((x) => b.emails.some((y) => x.toLowerCase() === y.toLowerCase()))) return true
  if (a.national_id !== null && a.national_id === b.national_id) return true
  const isNear = a.place !== null && a.place === b.place
  if (!isNear && (a.company === null || a.company !== b.company)) return false
  if (Math.abs(a.text.length - b.text.length) > 1 || a.text.length < 5) return false
  return a.sorted === b.sorted || edits(a.text, b.text) <= 1 || edits(a.sorted, b.sorted) <= 1
}

const plainOf = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\u064b-\u0655\u0670\u0640]/g, '')
    .replaceAll('ي', 'ی')
    .replaceAll('ك', 'ک')
    .replaceAll('ة', 'ه')
    .replaceAll('\u200c', ' ')
const wordsOf = (text: string) =>
  plainOf(text)
    .split(' ')
    .filter((word) => word && !['اقای', 'خانم', 'سید', 'مهندس', 'دکتر', 'حاج'].includes(word))

/** Damerau–Levenshtein distance (optimal string alignment) by the whole matrix. */
function edits(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2]![j - 2]! + 1 : 99
      row.push(
        Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1), swap),
      )
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
