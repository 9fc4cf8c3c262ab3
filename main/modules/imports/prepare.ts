import { setTimeout as pause } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import { nameTokens } from '../../../shared/domain/search-tokens.ts'
import { makeStage, StageTable } from '../../db/stage.ts'
import type { Ids } from '../../engine/context.ts'
import { uuidV7 } from '../../engine/ids.ts'
import type { Job } from '../../engine/reader.ts'
import { newCustomer } from '../customers/new-customer.ts'
import { CustomerStager, STAGED_SCHEMA } from '../customers/staged.ts'
import { isAcceptable } from './add-row.ts'
import { type Candidate, type Likeness, likenessOf } from './likeness.ts'
import { type NamedThing, Proposals } from './named-things.ts'
import { type MappedRow, mapRow, type RowRules } from './row.ts'
import { type PlacedRow, readPlacedRows } from './rows-file.ts'
import { shownCells } from './rules.ts'
import { SeenRows } from './seen.ts'

/** What a row of the file may become. */
export const WHAT = {
  /** Nothing: it cannot come in. */
  fails: 0,
  /** A customer, staged. */
  person: 1,
  /** The same, if no person before it brought this company along. */
  company: 2,
  /** More than a customer: it is written by itself. */
  alone: 3,
} as const

export interface PrepareInput {
  /** The file of rows, and where the line of the first one that is wanted begins. */
  rowsPath: string
  start: number
  /** Which row that is. */
  from: number
  /** The stages are called so, with the number of the stretch behind it. */
  stagePath: string
  /** One Int32: stretches that the writer has begun with. No more than LEAD are ready beyond. */
  begun: SharedArrayBuffer
  columns: number[] | null
  rules: RowRules
  ownerId: string | null
  /** Epoch ms. */
  now: number
  /** Tags and sources of the book. */
  things: NamedThing[]
}
/** So many rows are ready in a stage of their own. */
export interface Stretch {
  file: string
  from: number
  count: number
  /** Tags and sources that rows so far want beyond those of the book. */
  proposed: NamedThing[]
}

/** Rows of a stretch; few at first, so that writing begins at once. */
const FIRST = 500
const STRETCH = 4000
const LEAD = 2
const LOOK_MS = 4

/**
 * A line a row. `party`: of the staged customer; `keys`: staged keys before its own; `repeats`, `why`: the row before it that it seems to be;
 * `uses`: numbers of proposed tags and sources; `city`: sort key of the city in which its name is looked for in the book, as the keys are.
 */
const SCHEMA = [
  ...STAGED_SCHEMA,
  'CREATE TABLE line (i INTEGER PRIMARY KEY, row, start, stop, what, party, keys, city, repeats, why, uses, problems, cells)',
  'CREATE TABLE key (n INTEGER PRIMARY KEY, i, why, key)',
]

/** Words of cities, tags and names kept at most. */
const WORDS = 5000

/**
 * Works out what the rows of a file will be in the book, without the book: everything that a new customer is made of, and by what it would be
 * known. A new customer nobody is like then only has to be copied over (chunk-writer.ts); all else is written row by row. Tells of each stretch that is ready.
 */
export const prepareRows: Job<PrepareInput, null, Stretch> = {
  name: 'imports.prepare',
  heapMb: 512,
  async run(input, call) {
    const begun = new Int32Array(input.begun)
    const ids = uuidV7({ now: () => input.now })
    const proposals = new Proposals(input.things, () => ids.next())
    const wordsOf = remembering()
    const rows = readPlacedRows(input.rowsPath, input.start)
    let from = input.from
    for (let number = 0; ; number++) {
      while (number > Atomics.load(begun, 0) + LEAD && !call.stopped()) await pause(LOOK_MS)
      const file = `${input.stagePath}${number}`
      const size = number === 0 ? FIRST : STRETCH
      let count = 0
      makeStage(file, SCHEMA, (db) => {
        const stretch = new StretchStager(db, input, ids, proposals, wordsOf)
        while (count < size && !call.stopped()) {
          const { done, value } = rows.next()
          if (done) break
          stretch.add(from + count++, value)
        }
        stretch.end()
      })
      call.progress({ file, from, count, proposed: proposals.list })
      from += count
      if (count < size) return null
    }
  },
}

/** Tags and the source of a row, and the numbers of those that the book may lack. */
interface RowThings {
  tags: NamedThing[]
  source: NamedThing | null
  uses: string
}

class StretchStager {
  readonly #input: PrepareInput
  readonly #proposals: Proposals
  readonly #wordsOf: typeof nameTokens
  readonly #customers: CustomerStager
  readonly #lines: StageTable
  readonly #keys: StageTable
  readonly #seen = new SeenRows()
  /** Of each row what tells it apart from a later one: no more, as it outlives the row. */
  readonly #before: Array<Candidate | null> = []

  constructor(db: Database.Database, input: PrepareInput, ids: Ids, proposals: Proposals, wordsOf: typeof nameTokens) {
    this.#input = input
    this.#proposals = proposals
    this.#wordsOf = wordsOf
    this.#customers = new CustomerStager(db, ids)
    this.#lines = new StageTable(db, 'line')
    this.#keys = new StageTable(db, 'key')
  }

  add(i: number, { row: placed, from, to }: PlacedRow): void {
    const { columns, rules } = this.#input
    const source = shownCells(placed, columns)
    const { mapped, problems } = mapRow(source, rules)
    const isRefused = mapped !== null && !isAcceptable(mapped)
    if (isRefused) problems.push({ row: source.row, code: 'REFUSED', field: null, value: mapped.name.slice(0, 300) })
    const row = isRefused ? null : mapped
    const what = whatOf(row)
    const like = row && likenessOf(row)
    const before = like && this.#seen.find(like, (at) => this.#before[at]!)
    if (like) this.#seen.add(like, this.#before.length)
    const first = i - this.#before.length
    this.#before.push(like && { national_id: like.national_id, company_id: like.company_id, phones: like.allPhones })
    const keys = this.#keys.size
    const things = row && this.#things(row)
    const uses = row && like && things && what !== WHAT.alone ? this.#stage(i, row, like, things) : null
    const told = problems.length > 0 ? [JSON.stringify(problems), JSON.stringify(source.cells)] : [null, null]
    this.#lines.add([
      i,
      source.row,
      from,
      to,
      what,
      uses === null ? null : this.#customers.size,
      keys,
      uses === null ? null : (like?.name_city?.[1] ?? null),
      before ? first + before.index : null,
      before ? JSON.stringify(before.why) : null,
      uses,
      ...told,
    ])
  }

  end(): void {
    this.#customers.end()
    this.#lines.end()
    this.#keys.end()
  }

  /** Asked for every row, staged or not, so that a thing has one id wherever it is made. */
  #things(row: MappedRow): RowThings {
    const tags = this.#proposals.tagsOf(row)
    const source = row.source ? this.#proposals.source(row.source) : null
    return { tags, source, uses: this.#proposals.takeUsed().join() }
  }

  /** A customer with its keys; the numbers of the proposed things that it wants. */
  #stage(i: number, row: MappedRow, like: Likeness, { tags, source, uses }: RowThings): string {
    const input = source ? { ...row.input, source_id: source.id } : row.input
    const customer = newCustomer(input, {
      areaCode: () => this.#input.rules.areaCode,
      tags: tags.map(({ name }) => name),
      companies: [],
      wordsOf: this.#wordsOf,
    })
    this.#customers.add(
      customer,
      this.#input.ownerId,
      tags.map(({ id }) => id),
    )
    for (const key of like.phones) this.#key(i, 'phone', key)
    for (const key of like.emails) this.#key(i, 'email', key)
    if (like.national_id) this.#key(i, 'national_id', like.national_id)
    if (like.company_id) this.#key(i, 'company_id', like.company_id)
    return uses
  }

  #key(i: number, why: string, key: string): void {
    this.#keys.add([i, why, key])
  }
}

function whatOf(row: MappedRow | null): (typeof WHAT)[keyof typeof WHAT] {
  if (!row) return WHAT.fails
  if (row.companion) return WHAT.alone
  return row.input.kind === 'company' ? WHAT.company : WHAT.person
}

/** The rows of a file share their cities, tags and given names. */
function remembering(): typeof nameTokens {
  const known = new Map<string, string[]>()
  return (text) => {
    let words = known.get(text)
    if (!words) {
      if (known.size >= WORDS) known.clear()
      words = nameTokens(text)
      known.set(text, words)
    }
    return words
  }
}
