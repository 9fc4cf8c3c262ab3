import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { badOp } from '../../shared/sync/bad-op.ts'
import {
  BadBatch,
  canonical,
  chainHash,
  completeGroups,
  conflictId,
  decodeOps,
  encodeOps,
  slimCells,
  wholeCells,
} from '../../shared/sync/codec.ts'
import { addToDigest, emptyDigest } from '../../shared/sync/digest.ts'
import { EncodedOpsSchema } from '../../shared/sync/exchange.ts'
import { KIND, MANIFEST } from '../../shared/sync/manifest.ts'
import type { Cells, Op } from '../../shared/sync/merge.ts'
import { mergeTables, wireManifest } from '../../shared/sync/merge-spec.ts'
import { isUuid, packIds, unpackIds } from '../../shared/sync/packed-ids.ts'
import { LIMIT } from '../../shared/sync/protocol.ts'
import { scopeRule } from '../../shared/sync/scope.ts'
import { runs } from './cases.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const uuid = fc.uuid()
const value = fc.oneof(fc.string({ unit: 'binary' }), fc.maxSafeInteger(), fc.constant(null))
const fields = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 400 }), value), { minLength: 1, maxLength: 6, selector: ([k]) => k })
  .map((list) => Object.fromEntries(list.map(([k, x]) => [k, [x] as const])))
const opArb = fc.record({
  tbl: fc.integer({ min: 1, max: 32_767 }),
  row: uuid,
  kind: fc.constantFrom(1, 2, 3),
  h: fc.integer({ min: 0, max: 2 ** 52 }),
  base: fc.integer({ min: 0, max: 2 ** 40 }),
  user: fc.option(uuid),
  f: fields,
  root: fc.option(uuid, { nil: undefined }),
})
const opsArb = fc.array(opArb, { maxLength: 12 }).map((list) =>
  list.map(({ root, f, ...op }, i): Op => {
    // A put says its own id, always.
    const said = op.kind === KIND.put ? { ...f, 1: [op.row] as const } : f
    return { ...op, f: said, own: 7 + i, ...(root ? { root } : {}) }
  }),
)

describe('a batch', () => {
  test('comes out of the columns, and out of JSON, as it went in', () => {
    fc.assert(
      fc.property(opsArb, (ops) => {
        const wire = JSON.parse(JSON.stringify(encodeOps(ops)))
        const parsed = EncodedOpsSchema.parse(wire)
        // Lone surrogates become escapes, and escapes come back as they were.
        expect(decodeOps(parsed, 7)).toEqual(ops)
      }),
      runs(300),
    )
  })

  test('has one hash on both sides of the wire', () => {
    fc.assert(
      fc.property(opsArb, fc.boolean(), (ops, replay) => {
        const head = { site: 's', from: 7, to: 6 + ops.length, replay }
        const coded = encodeOps(ops)
        const there = EncodedOpsSchema.parse(JSON.parse(JSON.stringify(coded)))
        expect(canonical(head, there)).toBe(canonical(head, coded))
        expect(chainHash(sha256, '', canonical(head, there))).toMatch(/^[0-9a-f]{32}$/)
      }),
      runs(200),
    )
  })

  test('another value, order or place gives another hash', () => {
    const ops = fc.sample(opsArb, { numRuns: 20, seed: 4 }).find((list) => list.length > 3)!
    const head = { site: 's', from: 7, to: 6 + ops.length, replay: false }
    const of = (list: readonly Op[], prev = '', h = head) => chainHash(sha256, prev, canonical(h, encodeOps(list)))
    const hashes = [
      of(ops),
      of(ops, of(ops)),
      of(ops.toReversed()),
      of(ops, '', { ...head, replay: true }),
      of(ops, '', { ...head, from: 8 }),
      of(ops.with(1, { ...ops[1]!, f: { 12: ['another'] } })),
      of(ops.with(1, { ...ops[1]!, base: ops[1]!.base + 1 })),
    ]
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  test.each([
    ['a column that is too short', { k: [1] }],
    ['half an id', { r: 'AAAA' }],
    ['an id that is not there', { i: [0, 5] }],
    ['a user that is not there', { u: [0, 3] }],
    ['a stamp below zero', { h: [-5, 0] }],
    ['a kind nobody knows', { k: [1, 9] }],
    ['a table out of range', { t: [1, 99_999] }],
    ['a root of an op that is not there', { o: [[7, '00000000-0000-7000-8000-000000000001']] }],
  ])('%s is refused', (_, wrong) => {
    const op: Op = { ...fc.sample(opArb, { numRuns: 1, seed: 1 })[0]!, root: undefined as never, own: 1 }
    const good = encodeOps([op, op])
    expect(decodeOps(good, 1)).toHaveLength(2)
    expect(() => decodeOps({ ...good, ...(wrong as object) }, 1)).toThrow(BadBatch)
  })
})

test('ids survive packing, and nothing but whole ids is taken', () => {
  fc.assert(
    fc.property(fc.array(uuid, { maxLength: 9 }), (ids) => {
      expect(unpackIds(packIds(ids))).toEqual(ids)
      expect(Buffer.from(packIds(ids), 'base64').toString('hex')).toBe(ids.join('').replaceAll('-', ''))
    }),
    runs(300),
  )
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), (text) => {
      for (const id of unpackIds(text) ?? []) expect(isUuid(id)).toBe(true)
    }),
    runs(300),
  )
})

describe('a group', () => {
  const tables = mergeTables([wireManifest()])!
  test('goes out whole: a patch with what the others were, a put with what it says', () => {
    const address = tables.get(3)!
    const f = completeGroups(address, KIND.patch, { 13: ['Shiraz'], 16: [2] }, (fid) => `old ${fid}`)
    expect(f).toEqual({ 12: ['old 12'], 13: ['Shiraz'], 14: ['old 14'], 15: ['old 15'], 16: [2] })
    const put = completeGroups(address, KIND.put, { 1: ['x'], 13: ['Shiraz'] }, () => 'never asked')
    expect(put).toEqual({ 1: ['x'], 12: [null], 13: ['Shiraz'], 14: [null], 15: [null] })
  })

  test('nothing of a group, nothing added', () => {
    const f = { 16: [2] as const }
    expect(completeGroups(tables.get(3)!, KIND.patch, f, () => 1)).toBe(f)
  })
})

describe('an op', () => {
  const tables = mergeTables([wireManifest()])!
  const row = '00000000-0000-7000-8000-000000000001'
  const op = (f: unknown, tbl = 1) => ({ tbl, row, kind: 2, h: 1, base: 0, own: 1, user: null, f }) as Op
  test.each([
    [{ 12: ['x'] }, null],
    [{ 12: [null], 24: [5] }, null],
    [{ 12: 'x' }, 'bad_value'],
    [{ 12: ['x', 'y'] }, 'bad_value'],
    [{ 12: [{}] }, 'bad_value'],
    [{ 12: [true] }, 'bad_value'],
    [{}, 'bad_value'],
    [[['x']], 'bad_value'],
    [{ __proto__x: ['x'] }, 'bad_value'],
    [JSON.parse('{"__proto__":["x"]}'), 'bad_value'],
    [{ '012': ['x'] }, 'bad_value'],
    [{ 999: ['x'] }, 'unknown_field'],
    [{ 1: ['another id'] }, 'bad_value'],
    [{ 12: ['x'.repeat(LIMIT.op)] }, 'too_big'],
  ])('%j: %s', (f, verdict) => {
    expect(badOp(tables, op(f))).toBe(verdict)
  })
  test('of a table nobody knows', () => expect(badOp(tables, op({ 12: ['x'] }, 999))).toBe('unknown_table'))
})

test('a conflict has one id wherever it is made, a UUID', () => {
  expect(conflictId(sha256, 's', 5, 12)).toBe(conflictId(sha256, 's', 5, 12))
  expect(isUuid(conflictId(sha256, 's', 5, 12))).toBe(true)
  expect(conflictId(sha256, 's', 5, 13)).not.toBe(conflictId(sha256, 's', 5, 12))
})

test('a digest notices a row that is missing or older', () => {
  const rows = fc.sample(fc.tuple(uuid, fc.nat(1e6)), { numRuns: 300, seed: 2 })
  const of = (list: typeof rows) => {
    const sums = emptyDigest()
    for (const [row, seq] of list) addToDigest(sums, row, seq)
    return sums
  }
  expect(of(rows.toReversed())).toEqual(of(rows))
  expect(of(rows.slice(1))).not.toEqual(of(rows))
  expect(of(rows.with(3, [rows[3]![0], rows[3]![1] + 1]))).not.toEqual(of(rows))
})

test('every table of the manifest says whom its rows hang on, by a field it has', () => {
  for (const t of MANIFEST) {
    const rule = scopeRule(t.id)
    if (rule.kind === 'field' || rule.kind === 'parent') {
      const field = t.fields.find((f) => f.id === rule.field)
      expect(field?.name, t.name).toMatch(/_id$/)
    }
    if (rule.kind === 'parent') expect(MANIFEST.some((other) => other.id === rule.tbl)).toBe(true)
  }
})

test('cells of a row come back as they were stored, and its id is not among what goes over the wire', () => {
  const cellArb = fc.tuple(value, fc.nat(), fc.nat(), fc.nat(), fc.nat())
  const cellsArb = fc.dictionary(fc.integer({ min: 2, max: 400 }).map(String), cellArb)
  fc.assert(
    fc.property(uuid, fc.option(cellArb), cellsArb, (row, id, rest) => {
      const cells = (id ? { ...rest, 1: [row, id[1], id[2], id[3], id[4]] } : rest) as Cells
      const wire = slimCells(row, JSON.stringify(cells))
      expect(wholeCells(row, JSON.parse(wire))).toEqual(JSON.parse(JSON.stringify(cells)))
      if (!Object.values(rest).some(([v]) => v === row)) expect(wire).not.toContain(row)
    }),
    runs(300),
  )
})
