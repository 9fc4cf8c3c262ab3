import { FIELD_DELETED, KIND } from '../../../shared/sync/manifest.ts'
import type { Fields, Value } from '../../../shared/sync/merge.ts'
import { keyOf } from './client.ts'
import { GROUPS, groupText, type Ledger, valuesOf } from './ledger.ts'
import { type Rng, rng } from './rng.ts'
import type { Pc, World } from './world.ts'

const PARTY = 1
const ADDRESS = 3
const TAG = 6
const PARTY_TAG = 7
const LWW = [12, 13, 14]
const TEXT = 27
/** Deletes have no value of their own to be known by. */
const MARK = 28
const BIRTH = GROUPS[PARTY]!
const PLACE = GROUPS[ADDRESS]!

export interface Book {
  parties: string[]
  addresses: { row: string; party: string }[]
  tags: string[]
  members: Map<string, string>
  next: number
  /** Its own stream: what is decided by it changes nothing else of a seed. */
  parts: Rng
}
export const newBook = (seed: number): Book => ({
  parties: [],
  addresses: [],
  tags: [],
  members: new Map(),
  next: 1,
  parts: rng(seed ^ 0x9a12),
})

/** One thing a person does on a PC, on few rows, so that people meet. */
export function edit(world: World, ledger: Ledger, book: Book, pc: Pc): void {
  const { chance } = world
  const { client } = pc
  const shown = new Set(client.keys())
  const here = book.parties.filter((row) => shown.has(keyOf(PARTY, row)))
  const value = () => `w${book.next++}`
  const write = (
    tbl: number,
    row: string,
    kind: number,
    f: Fields,
    noted: { value: Value; fids: readonly number[] },
    deletes: Value[] | null = null,
  ) => {
    const key = keyOf(tbl, row)
    const before = client.row(key)
    const over = noted.fids.flatMap((fid) => before[fid] ?? [])
    client.write({ tbl, row, kind, f })
    ledger.note({ ...noted, key, over, deletes, under: before[FIELD_DELETED] === 1, pc: pc.name })
    const shows = client.row(key)
    const group = GROUPS[tbl]
    if (group) {
      const held = ledger.groups.get(key) ?? new Set()
      ledger.groups.set(key, held.add(groupText(group, (fid) => shows[fid])))
    }
    if (noted.fids.some((fid) => shows[fid] !== noted.value))
      world.wrong.push(`I10 ${pc.name} wrote ${String(noted.value)} and does not see it`)
    world.say(`${pc.name} writes ${String(noted.value)} to ${key.slice(0, 12)} over ${over.join() || '-'}`)
  }
  const patch = (tbl: number, row: string, fids: readonly number[]) => {
    const v = tbl === PARTY && BIRTH.includes(fids[0]!) ? book.next++ : value()
    write(tbl, row, KIND.patch, Object.fromEntries(fids.map((fid) => [fid, [v] as const])), { value: v, fids })
  }

  /** All of them, or one: of an address somebody corrects the street alone. */
  const some = (group: readonly number[]) => (book.parts.chance(0.4) ? [book.parts.pick(group)] : group)

  const what = chance.int(100)
  if (here.length < 2 || what < 12) {
    const row = chance.uuid()
    book.parties.push(row)
    const v = value()
    write(PARTY, row, KIND.put, { 1: [row], 2: [1], 12: [v] }, { value: v, fids: [12] })
    return
  }
  const row = chance.pick(here)
  if (what < 45) patch(PARTY, row, [chance.pick(LWW)])
  else if (what < 52) patch(PARTY, row, [TEXT])
  else if (what < 60) patch(PARTY, row, some(BIRTH))
  else if (what < 68) {
    const shows = client.row(keyOf(PARTY, row))
    const gone = shows[FIELD_DELETED] === 1
    const v = `${gone ? 'restore' : 'delete'}${book.next++}`
    const noted = { value: v, fids: [MARK] }
    write(
      PARTY,
      row,
      KIND.patch,
      { [FIELD_DELETED]: [gone ? 0 : 1], [MARK]: [v] },
      noted,
      gone ? null : valuesOf(shows),
    )
  } else if (what < 80) {
    const known = book.addresses.filter((a) => shown.has(keyOf(ADDRESS, a.row)))
    if (known.length > 0 && chance.chance(0.7)) {
      patch(ADDRESS, chance.pick(known).row, some(PLACE))
      return
    }
    const address = { row: chance.uuid(), party: row }
    book.addresses.push(address)
    const v = value()
    const f = {
      1: [address.row] as const,
      10: [row] as const,
      ...Object.fromEntries(PLACE.map((fid) => [fid, [v] as const])),
    }
    write(ADDRESS, address.row, KIND.put, f, { value: v, fids: PLACE })
  } else tag(world, book, pc, row)
}

function tag(world: World, book: Book, pc: Pc, party: string): void {
  const { chance } = world
  const { client } = pc
  if (book.tags.length < 2) {
    const row = chance.uuid()
    book.tags.push(row)
    client.write({ tbl: TAG, row, kind: KIND.put, f: { 1: [row], 10: ['tag'] } })
    return
  }
  const name = chance.pick(book.tags)
  const pair = `${party} ${name}`
  if (!book.members.has(pair)) book.members.set(pair, chance.uuid())
  const row = book.members.get(pair)!
  const shows = client.row(keyOf(PARTY_TAG, row))
  const held = Object.keys(shows).length > 0
  const isIn = held && shows[FIELD_DELETED] !== 1
  if (!held) client.write({ tbl: PARTY_TAG, row, kind: KIND.put, f: { 1: [row], 10: [party], 11: [name] } })
  else client.write({ tbl: PARTY_TAG, row, kind: KIND.patch, f: { [FIELD_DELETED]: [isIn ? 1 : 0] } })
  world.say(`${pc.name} ${isIn ? 'takes away' : 'gives'} a tag ${row.slice(0, 8)}`)
}
