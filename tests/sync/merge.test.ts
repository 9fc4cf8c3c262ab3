import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FIELD_DELETED, KIND } from '../../shared/sync/manifest.ts'
import { type Cells, type Merged, mergeOp, type Op, overlay, type Writer } from '../../shared/sync/merge.ts'
import { mergeTables, wireManifest } from '../../shared/sync/merge-spec.ts'
import { runs } from './cases.ts'

const tables = mergeTables([wireManifest()])!
const PARTY = tables.get(1)!
const ADDRESS = tables.get(3)!
const ROLE = tables.get(5)!
const SITES = ['a', 'b', 'c']
const siteOf = (by: number) => SITES[by]!
const NAME = 12
const ABOUT = 27

/** Author number = index of the site. */
function writer(by: number, seq: number, more: Partial<Writer> = {}): Writer {
  return { site: SITES[by]!, by, seq, siteOf, knows: (site) => (site === SITES[by] ? Infinity : -1), ...more }
}
const op = (f: Op['f'], more: Partial<Op> = {}): Op => ({
  tbl: 1,
  row: '00000000-0000-7000-8000-000000000001',
  kind: KIND.patch,
  h: 1,
  base: 0,
  own: 1,
  user: null,
  f,
  ...more,
})

interface Sent {
  by: number
  op: Op
}
/** As the server does it: one after the other, each with the next seq. */
function run(table: typeof PARTY, sent: readonly Sent[], cells: Cells = {}, first = 1) {
  const told: Merged['conflicts'][number][] = []
  let state = cells
  sent.forEach((s, i) => {
    const merged = mergeOp(table, state, s.op, writer(s.by, first + i))
    state = merged.cells
    told.push(...merged.conflicts)
  })
  return { cells: state, told }
}
const said = (told: readonly Merged['conflicts'][number][]) =>
  told.map((c) => `${c.class} ${c.fid}: ${c.win[0]} over ${c.lose[0]}`)
const values = (cells: Cells) => Object.fromEntries(Object.entries(cells).map(([fid, c]) => [fid, c[0]]))

describe('a field', () => {
  test('what was seen is overwritten, whatever the clocks say, and the stamp still grows', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e9), (h1, h2) => {
        const first = run(PARTY, [{ by: 0, op: op({ [NAME]: ['x'] }, { h: h1 }) }])
        const second = mergeOp(PARTY, first.cells, op({ [NAME]: ['y'] }, { h: h2, base: 1 }), writer(1, 2))
        expect(second.cells[NAME]![0]).toBe('y')
        expect(second.cells[NAME]![1]).toBeGreaterThan(h1)
        expect(second.cells[NAME]![1]).toBeGreaterThanOrEqual(h2)
        expect(second.conflicts).toEqual([])
      }),
      runs(200),
    )
  })

  test('concurrent writers: the same state in every order of arrival, and each value that lost is told of', () => {
    const write = fc.record({ v: fc.constantFrom('x', 'y', 'z', null), h: fc.integer({ min: 1, max: 4 }) })
    fc.assert(
      fc.property(fc.tuple(write, write, write), fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (writes, order) => {
        const sent = writes.map((w, by) => ({ by, op: op({ [NAME]: [w.v] }, { h: w.h }) }))
        const one = run(PARTY, sent)
        const other = run(
          PARTY,
          order.map((i) => sent[i]!),
        )
        expect(values(other.cells)).toEqual(values(one.cells))
        expect(other.cells[NAME]!.slice(0, 3)).toEqual(one.cells[NAME]!.slice(0, 3))
        for (const w of writes) {
          const shown = one.cells[NAME]![0] === w.v || other.told.some((c) => c.lose[0] === w.v)
          expect(shown).toBe(true)
        }
      }),
      runs(500),
    )
  })

  test('equal values are no conflict', () => {
    const merged = run(PARTY, [
      { by: 0, op: op({ [NAME]: ['x'] }, { h: 5 }) },
      { by: 1, op: op({ [NAME]: ['x'] }, { h: 3 }) },
    ])
    expect(merged.told).toEqual([])
    expect(merged.cells[NAME]!.slice(0, 3)).toEqual(['x', 5, 0])
  })

  test('program order of one site holds whatever its clock does', () => {
    const merged = run(PARTY, [
      { by: 0, op: op({ [NAME]: ['x'] }, { h: 50, own: 1 }) },
      { by: 0, op: op({ [NAME]: ['y'] }, { h: 10, own: 2 }) },
    ])
    expect(merged.cells[NAME]!.slice(0, 2)).toEqual(['y', 51])
    expect(merged.told).toEqual([])
  })

  test('an incarnation goes before its parent up to the fork, and is concurrent with what the parent did after it', () => {
    const child = (own: number) =>
      writer(1, 9, { knows: (site) => (site === 'a' ? own : site === 'b' ? Infinity : -1) })
    const held = run(PARTY, [{ by: 0, op: op({ [NAME]: ['x'] }, { h: 50, own: 7 }) }]).cells
    const mine = op({ [NAME]: ['y'] }, { h: 10 })
    expect(mergeOp(PARTY, held, mine, child(7)).conflicts).toEqual([])
    expect(mergeOp(PARTY, held, mine, child(7)).cells[NAME]![0]).toBe('y')
    expect(mergeOp(PARTY, held, mine, child(6))).toMatchObject({ lost: true, conflicts: [{ class: 'lww' }] })
  })

  test('both versions of a long text are kept', () => {
    const merged = run(PARTY, [
      { by: 0, op: op({ [ABOUT]: ['long'] }, { h: 5 }) },
      { by: 1, op: op({ [ABOUT]: ['longer'] }, { h: 6 }) },
    ])
    expect(said(merged.told)).toEqual(['text 27: longer over long'])
  })

  test('what is filled in never overwrites what was written later', () => {
    const held = run(PARTY, [{ by: 0, op: op({ [NAME]: ['new'] }, { h: 9, own: 4 }) }]).cells
    const fill = op({ [NAME]: ['old'], 13: ['family'] }, { h: 5, own: 5, kind: KIND.fill })
    const merged = mergeOp(PARTY, held, fill, writer(0, 2))
    expect(values(merged.cells)).toEqual({ [NAME]: 'new', 13: 'family' })
    expect(said(merged.conflicts)).toEqual(['rewind 12: new over old'])
  })
})

test('a group is one register: never half of one and half of the other', () => {
  const half = fc.record({
    h: fc.integer({ min: 1, max: 4 }),
    base: fc.integer({ min: 0, max: 4 }),
    v: fc.constantFrom('p', 'q', 'r', null),
  })
  fc.assert(
    fc.property(fc.array(half, { minLength: 1, maxLength: 6 }), (writes) => {
      const sent = writes.map((w, i) => ({
        by: i % 3,
        op: op(
          { 12: [w.v], 13: [w.v], 14: [w.v], 15: [w.v] },
          { h: w.h, base: Math.min(w.base, i), own: i + 1, tbl: 3 },
        ),
      }))
      const { cells } = run(ADDRESS, sent)
      expect(new Set([12, 13, 14, 15].map((fid) => JSON.stringify(cells[fid]))).size).toBe(1)
    }),
    runs(300),
  )
})

describe('deleting', () => {
  const gone = { [FIELD_DELETED]: [1] as const }
  test.each([
    ['the edit comes first', true],
    ['the delete comes first', false],
  ])('edited and deleted apart, %s: the delete shows, the edit is underneath and told of', (_, editFirst) => {
    const start = run(PARTY, [{ by: 2, op: op({ [NAME]: ['x'] }, { h: 1, kind: KIND.put }) }]).cells
    const edit = { by: 0, op: op({ [NAME]: ['y'] }, { h: 5, base: 1 }) }
    const del = { by: 1, op: op(gone, { h: 4, base: 1 }) }
    const { cells, told } = run(PARTY, editFirst ? [edit, del] : [del, edit], start, 2)
    expect(values(cells)).toEqual({ [NAME]: 'y', [FIELD_DELETED]: 1 })
    expect(said(told)).toEqual(['edited_deleted 12: 1 over y'])
  })

  test('a delete that knew of everything tells nothing', () => {
    const start = run(PARTY, [{ by: 2, op: op({ [NAME]: ['x'] }, { h: 1, kind: KIND.put }) }]).cells
    expect(run(PARTY, [{ by: 1, op: op(gone, { h: 4, base: 1 }) }], start, 2).told).toEqual([])
  })
})

describe("a set's member", () => {
  /** Observed-remove set by the book: an add is a token, a removal takes the tokens its writer had seen. */
  interface Step {
    by: number
    add: boolean
    sees: number
  }
  const step = fc.record({ by: fc.nat(2), add: fc.boolean(), sees: fc.nat(8) })

  test('is in exactly while an add lives that no removal has seen (I5), whatever the clocks do', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 8 }),
        fc.array(fc.nat(50), { minLength: 8, maxLength: 8 }),
        (steps, clocks) => {
          const tokens: { seq: number; by: number; alive: boolean }[] = []
          const sent = steps.map((s: Step, i) => {
            const base = Math.min(s.sees, i)
            for (const t of tokens) if (t.seq <= base || t.by === s.by) t.alive = false
            if (s.add) tokens.push({ seq: i + 1, by: s.by, alive: true })
            return {
              by: s.by,
              op: op({ [FIELD_DELETED]: [s.add ? 0 : 1] }, { h: clocks[i]!, base, own: i + 1, tbl: 5 }),
            }
          })
          const { cells } = run(ROLE, sent)
          const here = cells[FIELD_DELETED]
          if (!here) expect(steps).toEqual([])
          else expect(here[0] === 0).toBe(tokens.some((t) => t.alive))
        },
      ),
      runs(1_000),
    )
  })

  test('a removal that lost to an add it had not seen is told of', () => {
    const { cells, told } = run(ROLE, [
      { by: 0, op: op({ 10: ['p'] }, { kind: KIND.put, h: 5, tbl: 5 }) },
      { by: 1, op: op({ 10: ['p'] }, { kind: KIND.put, h: 6, tbl: 5 }) },
      { by: 0, op: op({ [FIELD_DELETED]: [1] }, { h: 9, base: 1, own: 2, tbl: 5 }) },
    ])
    expect(cells[FIELD_DELETED]![0]).toBe(0)
    expect(said(told)).toEqual(['set 3: 0 over 1'])
  })

  test('sent again after the server was rewound, an add does not undo a later removal', () => {
    const removed = run(ROLE, [{ by: 0, op: op({ [FIELD_DELETED]: [1] }, { h: 9, tbl: 5 }) }]).cells
    const again = op({ [FIELD_DELETED]: [0] }, { h: 5, tbl: 5 })
    expect(mergeOp(ROLE, removed, again, writer(1, 2, { replay: true })).cells[FIELD_DELETED]![0]).toBe(1)
    const later = op({ [FIELD_DELETED]: [0] }, { h: 12, tbl: 5 })
    expect(mergeOp(ROLE, removed, later, writer(1, 2, { replay: true })).cells[FIELD_DELETED]![0]).toBe(0)
  })
})

test('a client with waiting changes shows what the server will have once they arrive', () => {
  const change = fc.record({
    fid: fc.constantFrom(NAME, 13, 21, FIELD_DELETED),
    v: fc.constantFrom(0, 1),
    h: fc.nat(20),
    base: fc.nat(3),
  })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 5 }), fc.array(change, { maxLength: 5 }), (remote, local) => {
      for (const table of [PARTY, ROLE]) {
        const held = run(
          table,
          remote.map((c, i) => ({
            by: i % 2,
            op: op({ [c.fid]: [c.v] }, { h: c.h, base: Math.min(i, c.base), own: i + 1 }),
          })),
        ).cells
        const waiting = local.map((c, i) => op({ [c.fid]: [c.v] }, { h: c.h, base: c.base, own: i + 1 }))
        const shown = overlay(table, held, waiting, writer(2, 0))
        const arrived = run(
          table,
          waiting.map((o) => ({ by: 2, op: o })),
          held,
          remote.length + 1,
        )
        expect(values(shown)).toEqual(values(arrived.cells))
      }
    }),
    runs(500),
  )
})

test('merging changes nothing of what it is given', () => {
  const cells = Object.freeze(run(PARTY, [{ by: 0, op: op({ [NAME]: ['x'] }) }]).cells)
  const before = JSON.stringify(cells)
  mergeOp(PARTY, cells, op({ [NAME]: ['y'], [FIELD_DELETED]: [1] }, { base: 1 }), writer(1, 2))
  expect(JSON.stringify(cells)).toBe(before)
})

test('manifests that contradict each other are not put together', () => {
  expect(mergeTables([wireManifest(), [[1, 0, [[12, 'g:x']]]]])).toBeNull()
  expect(mergeTables([wireManifest(), [[900, 1, [[12, 'g:x']]]]])!.get(900)!.set).toBe(true)
})
