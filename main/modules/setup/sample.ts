import type { CustomerInput } from '../../../shared/contract/customers.ts'
import { addDays, dayOf, toJalali } from '../../../shared/domain/jalali.ts'
import { type Tx, writeChanged } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { addNoteTx } from '../activities/write.ts'
import { addSourceTx, removeUnusedSourceTx } from '../customers/sources.ts'
import { addTagTx, removeUnusedTagTx } from '../customers/tags.ts'
import { addCustomerTx, removeCustomerTx } from '../customers/write.ts'
import { listIds } from '../lists/write.ts'
import { businessOf } from '../settings/service.ts'
import {
  landline,
  mobile,
  someAddress,
  someBirth,
  someCompanyId,
  someLandline,
  someMobile,
  someName,
  someNationalId,
  somePlace,
} from './people.ts'
import { PRESETS } from './presets.ts'
import { type Random, randomFrom } from './random.ts'
import { addSampleTalks } from './sample-activities.ts'
import { addSampleLeads, type BroughtLeads, removeSampleLeads } from './sample-leads.ts'
import { addSampleTasks, type BroughtTasks, removeSampleTasks } from './sample-tasks.ts'
import { notesOf, SAMPLES, type SampleWords } from './sample-words.ts'

/** What a sample brought, so that it can be taken back whatever has been done to it since: JSON in batch.options. */
interface Brought extends Partial<BroughtLeads>, Partial<BroughtTasks> {
  parties: string[]
  tags: string[]
  sources: string[]
}

const DAY = 86_400_000
const SEED = 14050901

/** The newest sample of which something is left. Removing its customers one by one ends it just as well. */
export function sampleOf(ctx: Ctx): { batch: string | null; customers: number } {
  const rows = ctx.db
    .prepare("SELECT id, options FROM batch WHERE kind = 'sample' ORDER BY created_at DESC, id DESC")
    .all() as Array<{ id: string; options: string }>
  for (const { id, options } of rows) {
    const { n } = ctx.db
      .prepare(
        `SELECT count(*) AS n FROM party WHERE deleted = 0
         AND id IN (SELECT value FROM json_each(@options, '$.parties')) AND NOT EXISTS (SELECT 1 FROM party other
           WHERE other.merged_into = party.id AND other.id NOT IN (SELECT value FROM json_each(@options, '$.parties')))`,
      )
      .get({ options }) as { n: number }
    if (n > 0) return { batch: id, customers: n }
  }
  return { batch: null, customers: 0 }
}

/** Brings the sample business of the trade in, in one transaction; the one that is there already is answered as it is. */
export function addSample(ctx: Ctx): { change: number | null; batch: string; customers: number } {
  const there = sampleOf(ctx)
  if (there.batch !== null) return { change: null, batch: there.batch, customers: there.customers }
  const batch = ctx.ids.next()
  const { trade } = businessOf(ctx)
  const { result, change } = writeChanged(
    ctx,
    'setup.addSample',
    (tx) => {
      const brought = new Sample(tx, SAMPLES[trade], trade).write()
      const count = brought.parties.length
      tx.db
        .prepare(
          "INSERT INTO batch (id, kind, state, user_id, created_at, options, total, done, added) VALUES (?, 'sample', 'done', ?, ?, ?, ?, ?, ?)",
        )
        .run(batch, ctx.user?.id ?? null, tx.now, JSON.stringify(brought), count, count, count)
      tx.touched.add('batch')
      return count
    },
    { batch },
  )
  return { change, batch, customers: result }
}

/**
 * Takes back all that the sample brought, edited or not: its customers with their notes (also those the user wrote on them: they go
 * with their customer and come back with it), and the tags and sources it made, unless something of the user's wears them now. What
 * the user added stays. A change like any other, so it can be undone.
 */
export function removeSample(ctx: Ctx): { change: number | null } {
  const { batch } = sampleOf(ctx)
  if (batch === null) return { change: null }
  const { change } = writeChanged(ctx, 'setup.removeSample', (tx) => {
    const { options } = tx.db.prepare('SELECT options FROM batch WHERE id = ?').get(batch) as { options: string }
    const brought = JSON.parse(options) as Brought
    const own = new Set(brought.parties)
    removeSampleTasks(tx, brought)
    const cameInto = tx.db.prepare('SELECT id FROM party WHERE merged_into = ?')
    for (const id of brought.parties) {
      // Into whom a real customer was merged, there is a real one.
      if ((cameInto.all(id) as Array<{ id: string }>).some((other) => !own.has(other.id))) continue
      if (tx.db.prepare('SELECT 1 FROM party WHERE id = ? AND deleted = 0').get(id)) removeCustomerTx(tx, id)
    }
    removeSampleLeads(tx, brought)
    for (const id of brought.tags) removeUnusedTagTx(tx, id)
    for (const id of brought.sources) removeUnusedSourceTx(tx, id)
    tx.db.prepare("UPDATE batch SET state = 'undone' WHERE id = ?").run(batch)
    tx.touched.add('batch')
  })
  return { change }
}

/** Makes one sample business: the same people every time, only their days follow the clock. */
class Sample {
  readonly #tx: Tx
  readonly #words: SampleWords
  readonly #random: Random = randomFrom(SEED)
  /** Of its own, so that more talk makes no other people. */
  readonly #talking: Random = randomFrom(SEED + 1)
  readonly #outcomes: readonly string[]
  readonly #brought: Brought = { parties: [], tags: [], sources: [] }
  readonly #tags: string[]
  readonly #groups: string[]
  readonly #sources: string[]

  constructor(tx: Tx, words: SampleWords, trade: keyof typeof PRESETS) {
    this.#tx = tx
    this.#words = words
    const preset = PRESETS[trade]
    const before = new Set(this.#ids('tag').concat(this.#ids('source')))
    this.#tags = preset.tags.map(([name, color]) => addTagTx(tx, { name, kind: 'tag', color }))
    this.#groups = preset.groups.map((name) => addTagTx(tx, { name, kind: 'group', color: null }))
    this.#sources = preset.sources.map((name) => addSourceTx(tx, name))
    this.#outcomes = listIds(tx, 'outcome')
    this.#brought.tags = [...this.#tags, ...this.#groups].filter((id) => !before.has(id))
    this.#brought.sources = this.#sources.filter((id) => !before.has(id))
  }

  write(): Brought {
    const { companies, customers } = this.#words
    const employers = companies.map((name) => this.#company(name))
    const people = customers - companies.length
    const introducers: string[] = []
    for (let i = 0; i < people; i++) {
      const id = this.#person(i, i < employers.length ? employers[i] : undefined, introducers)
      if (i % 9 === 0) introducers.push(id)
    }
    Object.assign(this.#brought, addSampleLeads(this.#tx, this.#sources))
    const { parties, users } = this.#brought
    Object.assign(this.#brought, addSampleTasks(this.#tx, parties, users ?? []))
    return this.#brought
  }

  #ids(table: 'tag' | 'source'): string[] {
    const rows = this.#tx.db.prepare(`SELECT id FROM ${table} WHERE deleted = 0`).all() as Array<{ id: string }>
    return rows.map((r) => r.id)
  }

  #company(name: string): string {
    const random = this.#random
    const place = somePlace(random)
    return this.#add({
      kind: 'company',
      company_name: name,
      channels: [
        landline(someLandline(random, place.province)),
        ...(random.chance(0.6) ? [mobile(someMobile(random))] : []),
      ],
      addresses: [someAddress(random, place, 'work')],
      credit_limit: random.chance(0.5) ? random.int(2, 40) * 100_000_000 : null,
      ...(random.chance(0.6) && { company_id: someCompanyId(random) }),
    })
  }

  #person(index: number, employer: string | undefined, introducers: readonly string[]): string {
    const random = this.#random
    const name = someName(random)
    const place = somePlace(random)
    const channels = [mobile(someMobile(random))]
    if (random.chance(0.25)) channels.push(landline(someLandline(random, place.province), 'home'))
    const links: NonNullable<CustomerInput['links']> = []
    if (employer) {
      links.push({ kind: 'works_at', role: random.pick(this.#words.jobs), outgoing: true, other_id: employer })
    } else if (introducers.length > 0 && random.chance(0.12)) {
      links.push({ kind: 'refers', role: null, outgoing: false, other_id: random.pick(introducers) })
    }
    const reason =
      index % 60 === 37 ? this.#words.blacklist[Math.floor(index / 60) % this.#words.blacklist.length] : undefined
    return this.#add({
      kind: 'person',
      title: random.chance(0.3) ? (name.female ? 'خانم' : 'آقای') : null,
      first_name: name.first_name,
      last_name: name.last_name,
      channels,
      addresses: [someAddress(random, place, 'home')],
      links,
      ...(random.chance(0.25) && { national_id: someNationalId(random) }),
      ...(index < NEAR_DAYS.length ? this.#birthdayIn(NEAR_DAYS[index]!) : random.chance(0.5) ? someBirth(random) : {}),
      ...(random.chance(0.15) && { credit_limit: random.int(1, 20) * 50_000_000 }),
      ...(reason && { blacklisted: true, blacklist_reason: reason }),
      roles: index % 23 === 11 ? ['supplier'] : index % 41 === 17 ? ['customer', 'supplier'] : ['customer'],
    })
  }

  /** A birthday some days from today, so that the lists that speak of birthdays have someone in them. */
  #birthdayIn(days: number): Pick<CustomerInput, 'birth_jy' | 'birth_jm' | 'birth_jd'> {
    const { jm, jd } = toJalali(addDays(dayOf(this.#tx.now), days))
    return { birth_jy: this.#random.int(1340, 1380), birth_jm: jm, birth_jd: jd }
  }

  #add(input: CustomerInput): string {
    const random = this.#random
    const age = Math.floor(random.next() ** 1.6 * 300 * DAY) + 2 * DAY
    const tag_ids = [random.common(this.#groups)]
    if (random.chance(0.5)) tag_ids.push(random.common(this.#tags))
    const source_id = random.chance(0.8) ? random.common(this.#sources) : null
    const created_at = this.#tx.now - age
    const { id } = addCustomerTx(this.#tx, { ...input, tag_ids, source_id }, { created_at })
    this.#brought.parties.push(id)
    const notes = random.chance(0.65) ? random.int(1, 4) : 0
    for (let i = 0; i < notes; i++) {
      const at = created_at + Math.floor(random.next() * (age - DAY)) + 3_600_000
      addNoteTx(this.#tx, { party_id: id, body: random.pick(notesOf(this.#words)), at })
    }
    addSampleTalks(this.#tx, this.#talking, { id, age, isCompany: input.kind === 'company', outcomes: this.#outcomes })
    return id
  }
}

const NEAR_DAYS = [0, 0, 1, 3, -1, 6]
