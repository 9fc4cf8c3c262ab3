import { addDays, dayOf } from '../../../shared/domain/jalali.ts'
import { wordTokens } from '../../../shared/domain/search-tokens.ts'
import { type BatchProgress, createBatch, runBatch } from '../../db/batch.ts'
import { insert } from '../../db/rows.ts'
import { setTextRow } from '../../db/text-rows.ts'
import { type Tx, write } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { activity, activityParty } from '../activities/table.ts'
import { refreshContactDatesTx } from '../customers/contact-dates.ts'
import { TASK_TEXTS } from '../tasks/search-rows.ts'
import { task } from '../tasks/table.ts'
import { type Random, randomFrom } from './random.ts'
import { NOTES, TASKS } from './seed-words.ts'

export interface SeedDaysOptions {
  activities: number
  /** Open ones. */
  tasks: number
  seed: number
}

interface Customer {
  pk: number
  id: string
  created_at: number
}
/** One row to write: something that happened with a customer, or something to do. */
type Draft = { customer: Customer; at: number } | { customer: Customer; due: number | null }

const DAY = 86_400_000
/** Days that the history goes back, and slices of it: customer by customer within each, so that what belongs to one lies far apart, as in a real book. */
const PAST_DAYS = 1200
const ROUNDS = 20
const CHUNK = 1000

/**
 * Fills the days of the customers that are there: calls, meetings, visits, messages and notes of three years, and open tasks from two months ago to half
 * a year ahead, logged and searchable, with the contact dates that follow. Half of the customers have hardly any, a few have thousands. The
 * same seed with the same book gives the same rows. One batch: `undo` takes all of it back.
 */
export async function seedDays(
  ctx: Ctx,
  { activities, tasks, seed }: SeedDaysOptions,
  onProgress?: (progress: BatchProgress) => void,
): Promise<BatchProgress> {
  const total = activities + tasks
  const id = createBatch(ctx, { kind: 'bulk', total, options: { seed, activities, tasks } })
  const now = ctx.clock.now()
  const random = randomFrom(seed)
  const writer = new Writer(random, usersOf(ctx), now)
  const drafts = draftsOf(ctx, random, { activities, tasks, now })
  const end = await runBatch<Draft>(ctx, {
    id,
    verb: 'setup.seed',
    read: (_from, size) => take(drafts, size),
    apply: (tx, some) => {
      for (const draft of some) writer.write(tx, draft)
      return { added: some.length, failed: 0 }
    },
    ...(onProgress && { onProgress }),
  })
  deriveDates(ctx)
  return end
}

function take<T>(from: Iterator<T>, size: number): T[] {
  const out: T[] = []
  while (out.length < size) {
    const { value, done } = from.next()
    if (done) break
    out.push(value)
  }
  return out
}

function* customersOf(ctx: Ctx): Generator<Customer> {
  // Otherwise an index that begins with the flag is walked, and all of it sorted, for every thousand.
  const next = ctx.db.prepare(
    'SELECT pk, id, created_at FROM party NOT INDEXED WHERE pk > ? AND deleted = 0 ORDER BY pk LIMIT ?',
  )
  for (let last = 0; ; ) {
    const rows = next.all(last, CHUNK) as Customer[]
    if (rows.length === 0) return
    yield* rows
    last = rows.at(-1)!.pk
  }
}

const usersOf = (ctx: Ctx) =>
  (ctx.db.prepare('SELECT id FROM user WHERE deleted = 0 ORDER BY pk').all() as Array<{ id: string }>).map((u) => u.id)

/** How much of the whole a customer has, 5 on average: one in ten thousand two thousand, one in a hundred seventy, half of them one. */
function shareOf({ pk }: Customer): number {
  const dice = (Math.imul(pk, 2654435761) >>> 0) / 2 ** 32
  if (dice < 0.0001) return 2000
  if (dice < 0.01) return 70
  if (dice < 0.1) return 20
  return dice < 0.5 ? 5 : 1
}

function* draftsOf(
  ctx: Ctx,
  random: Random,
  { activities, tasks, now }: { activities: number; tasks: number; now: number },
): Generator<Draft, undefined> {
  const { n } = ctx.db.prepare('SELECT count(*) AS n FROM party WHERE deleted = 0').get() as { n: number }
  if (n === 0) return
  const scale = activities / n / 5
  let left = activities
  for (let round = 0; left > 0; round = (round + 1) % ROUNDS) {
    const from = now - PAST_DAYS * DAY * (1 - round / ROUNDS)
    for (const customer of customersOf(ctx)) {
      let some = Math.floor((shareOf(customer) * scale) / ROUNDS + random.next())
      for (; some > 0 && left > 0; some--, left--) {
        const at = Math.floor(from + random.next() * ((PAST_DAYS * DAY) / ROUNDS))
        yield { customer, at: Math.min(now, Math.max(at, customer.created_at)) }
      }
      if (left === 0) break
    }
  }
  for (let left = tasks; left > 0; ) {
    for (const customer of customersOf(ctx)) {
      if (left === 0) break
      if (!random.chance(tasks / n)) continue
      left--
      yield { customer, due: dueDay(random) }
    }
  }
}

/** Days from today: a third is late, a few are for today, most are ahead; one in ten has no day. */
function dueDay(random: Random): number | null {
  const dice = random.next()
  if (dice < 0.1) return null
  if (dice < 0.4) return -random.int(1, 60)
  return dice < 0.42 ? 0 : random.int(1, 180)
}

const KINDS = ['call', 'call', 'call', 'call', 'message', 'message', 'meeting', 'visit', 'note'] as const
const CHANNELS = ['sms', 'whatsapp', 'telegram', 'bale', 'eitaa', 'email'] as const
const TASK_KINDS = ['call', 'call', 'todo', 'meeting', 'visit', 'message'] as const

class Writer {
  readonly #random: Random
  readonly #users: readonly (string | null)[]
  readonly #today: string
  /** Search words by text: there are only a few hundred texts. */
  readonly #words = new Map<string, string>()

  constructor(random: Random, users: readonly string[], now: number) {
    this.#random = random
    this.#users = users.length > 0 ? users : [null]
    this.#today = dayOf(now)
  }

  write(tx: Tx, draft: Draft): void {
    if ('at' in draft) this.#happened(tx, draft.customer, draft.at)
    else this.#toDo(tx, draft.customer, draft.due)
  }

  #happened(tx: Tx, { id: party_id }: Customer, at: number): void {
    const random = this.#random
    const kind = random.pick(KINDS)
    const isCall = kind === 'call'
    const isMessage = kind === 'message'
    const body = kind === 'note' || random.chance(0.4) ? `${random.pick(NOTES)} ${random.pick(NOTES)}` : null
    const direction = isCall
      ? random.pick(['out', 'out', 'in', 'missed'] as const)
      : random.pick(['out', 'in'] as const)
    const { pk, id } = insert(tx, activity, {
      kind,
      body,
      at,
      local_date: dayOf(at),
      user_id: random.pick(this.#users),
      ...((isCall || isMessage) && { direction }),
      ...(isMessage && { channel: random.pick(CHANNELS) }),
      ...(!isMessage && kind !== 'note' && direction !== 'missed' && { minutes: random.int(1, 40) }),
      created_at: at,
    })
    insert(tx, activityParty, { activity_id: id, party_id, at })
    if (body) tx.db.prepare('INSERT INTO note_fts (rowid, x) VALUES (?, ?)').run(pk, this.#wordsOf(body))
  }

  #wordsOf(body: string): string {
    const known = this.#words.get(body) ?? wordTokens(body).join(' ')
    this.#words.set(body, known)
    return known
  }

  #toDo(tx: Tx, { id: party_id }: Customer, due: number | null): void {
    const random = this.#random
    const kind = random.pick(TASK_KINDS)
    const owner = random.chance(0.15) ? null : random.pick(this.#users)
    const { pk } = insert(tx, task, {
      kind,
      title: random.pick(TASKS[kind]),
      party_id,
      owner_id: owner,
      user_id: random.pick(this.#users),
      due_date: due === null ? null : addDays(this.#today, due),
      due_minute: due !== null && random.chance(0.4) ? 15 * random.int(32, 80) : null,
      priority: random.chance(0.1) ? 2 : random.chance(0.15) ? 0 : 1,
    })
    setTextRow(tx, TASK_TEXTS, pk, true)
  }
}

function deriveDates(ctx: Ctx): void {
  let ids: string[] = []
  const refresh = () => write(ctx, 'setup.seed', (tx) => refreshContactDatesTx(tx, ids))
  for (const { id } of customersOf(ctx)) {
    ids.push(id)
    if (ids.length < CHUNK) continue
    refresh()
    ids = []
  }
  if (ids.length > 0) refresh()
}
