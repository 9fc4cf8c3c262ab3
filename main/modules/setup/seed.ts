import type { CustomerInput } from '../../../shared/contract/customers.ts'
import { tidy } from '../../../shared/domain/persian-text.ts'
import { type BatchProgress, createBatch, runBatch } from '../../db/batch.ts'
import { type Tx, writeChanged } from '../../db/write.ts'
import type { Ctx } from '../../engine/context.ts'
import { addNoteTx } from '../activities/write.ts'
import { addSourceTx } from '../customers/sources.ts'
import { addTagTx } from '../customers/tags.ts'
import { addCustomerTx } from '../customers/write.ts'
import {
  landline,
  mobile,
  someAddress,
  someBirth,
  someCompanyId,
  someEmail,
  someLandline,
  someMobile,
  someName,
  someNationalId,
  somePlace,
} from './people.ts'
import { PRESETS } from './presets.ts'
import { type Random, randomFrom } from './random.ts'
import { COMPANY_FIELDS, COMPANY_FORMS, JOBS, NOTES } from './seed-words.ts'

export interface SeedOptions {
  customers: number
  seed: number
}

/** Ids of the lists the customers draw from. */
interface Lists {
  tags: string[]
  groups: string[]
  sources: string[]
}

const DAY = 86_400_000
const COMPANIES = 0.08
const NOTED = 0.15

/**
 * Fills the book with believable customers for tests and measurements, through the same writes as every screen, logged and searchable.
 * The same seed (with the same clock and ids) gives the same rows. Names come joined, split and with half-spaces as people type them;
 * every tenth is «typed» with Arabic ي and ك, which tidy() mends on the way in exactly as the contract does for a typed name, so
 * the stored text is what a real book holds. One batch: `undo` takes all of it back.
 */
export async function seedCustomers(
  ctx: Ctx,
  { customers, seed }: SeedOptions,
  onProgress?: (progress: BatchProgress) => void,
): Promise<BatchProgress> {
  const random = randomFrom(seed)
  const id = createBatch(ctx, { kind: 'bulk', total: customers, options: { seed, customers } })
  const { result: lists, change } = writeChanged(ctx, 'setup.seed', seedLists, { batch: id })
  // Said before the first chunk: whoever asked can take back even a batch that stops there.
  onProgress?.({ id, state: 'staged', total: customers, done: 0, added: 0, failed: 0, change })
  const companies: string[] = []
  const now = ctx.clock.now()
  return runBatch<Draft>(ctx, {
    id,
    verb: 'setup.seed',
    read: (from, size) => Array.from({ length: Math.min(size, customers - from) }, () => draft(random, lists, now)),
    apply: (tx, drafts) => {
      for (const one of drafts) put(tx, one, companies)
      return { added: drafts.length, failed: 0 }
    },
    ...(onProgress && { onProgress }),
  })
}

function seedLists(tx: Tx): Lists {
  const { tags, groups, sources } = PRESETS.shop
  return {
    tags: tags.map(([name, color]) => addTagTx(tx, { name, kind: 'tag', color })),
    groups: groups.map((name) => addTagTx(tx, { name, kind: 'group', color: null })),
    sources: sources.map((name) => addSourceTx(tx, name)),
  }
}

interface Draft {
  input: CustomerInput
  created_at: number
  /** Works at one of the companies made so far: which, counted from the newest, and as what. */
  works: { back: number; role: string } | null
  note: { body: string; at: number } | null
}

function draft(random: Random, lists: Lists, now: number): Draft {
  const created_at = now - random.int(0, 1200) * DAY - random.int(0, DAY)
  const input = random.chance(COMPANIES) ? company(random) : person(random)
  if (random.chance(0.3)) input.tag_ids = [random.common(lists.tags)]
  if (random.chance(0.4)) input.tag_ids = [...(input.tag_ids ?? []), random.common(lists.groups)]
  if (random.chance(0.6)) input.source_id = random.common(lists.sources)
  if (random.chance(0.1)) input.credit_limit = random.int(1, 60) * 50_000_000
  const works =
    input.kind === 'person' && random.chance(0.14) ? { back: random.int(0, 400), role: random.pick(JOBS) } : null
  const note = random.chance(NOTED)
    ? { body: random.pick(NOTES), at: created_at + Math.floor(random.next() * (now - created_at)) }
    : null
  return { input, created_at, works, note }
}

function put(tx: Tx, { input, created_at, works, note }: Draft, companies: string[]): void {
  const employer = works && companies.at(-1 - (works.back % Math.max(companies.length, 1)))
  if (works && employer) input.links = [{ kind: 'works_at', role: works.role, outgoing: true, other_id: employer }]
  const { id } = addCustomerTx(tx, input, { created_at })
  if (input.kind === 'company') companies.push(id)
  if (companies.length > 800) companies.splice(0, 400)
  if (note) addNoteTx(tx, { party_id: id, body: note.body, at: note.at })
}

function person(random: Random): CustomerInput {
  const name = someName(random)
  const place = somePlace(random)
  const channels = [mobile(asTyped(random, someMobile(random)))]
  if (random.chance(0.28)) channels.push(landline(someLandline(random, place.province), 'home'))
  if (random.chance(0.2)) channels.push(mobile(someMobile(random)))
  if (random.chance(0.12)) channels.push({ kind: 'email', type: 'work', value: someEmail(random, name) })
  return {
    kind: 'person',
    first_name: spelled(random, name.first_name),
    last_name: spelled(random, name.last_name),
    channels,
    addresses: [someAddress(random, place, 'home')],
    roles: random.chance(0.93) ? ['customer'] : [random.pick(['supplier', 'partner', 'staff'] as const)],
    ...(random.chance(0.3) && { national_id: someNationalId(random) }),
    ...(random.chance(0.35) && someBirth(random)),
    ...(random.chance(0.004) && { blacklisted: true, blacklist_reason: 'چک برگشتی' }),
  }
}

function company(random: Random): CustomerInput {
  const place = somePlace(random)
  const owner = someName(random).last_name
  const kind = random.pick(COMPANY_FIELDS)
  const channels = [landline(someLandline(random, place.province)), mobile(someMobile(random))]
  return {
    kind: 'company',
    company_name: spelled(random, random.pick(COMPANY_FORMS).replace('{field}', kind).replace('{name}', owner)),
    channels: random.chance(0.5) ? channels : channels.slice(0, 1),
    addresses: [someAddress(random, place, 'work')],
    roles: random.chance(0.75) ? ['customer'] : ['supplier'],
    ...(random.chance(0.5) && { company_id: someCompanyId(random) }),
  }
}

/** علی‌پور, علی پور or علیپور; one in ten with Arabic letters. */
function spelled(random: Random, name: string): string {
  let typed = name
  const dice = random.next()
  if (name.includes('\u200c') && dice < 0.6) typed = name.replaceAll('\u200c', dice < 0.35 ? ' ' : '')
  if (random.chance(0.1)) typed = tidy(typed.replaceAll('ی', 'ي').replaceAll('ک', 'ك'))
  return typed
}

/** The ways the same number is written. */
function asTyped(random: Random, number: string): string {
  const dice = random.next()
  if (dice < 0.6) return number
  if (dice < 0.75) return `+98${number.slice(1)}`
  if (dice < 0.9) return `${number.slice(0, 4)} ${number.slice(4, 7)} ${number.slice(7)}`
  return number.replace(/\d/g, (d) => String.fromCharCode(0x06f0 + Number(d)))
}
