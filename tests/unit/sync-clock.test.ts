import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HLC_EPOCH, hlcAt, readHlc, receive, tick } from '../../shared/sync/clock.ts'

const YEARS_10 = 10 * 365 * 86_400_000
const instant = fc.integer({ min: HLC_EPOCH - YEARS_10, max: HLC_EPOCH + 69 * 365 * 86_400_000 })

test('a stamp grows with every tick and every stamp seen, whatever the wall clock does', () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('tick' as const),
      now: instant,
      offset: fc.integer({ min: -YEARS_10, max: YEARS_10 }),
    }),
    fc.record({
      kind: fc.constant('receive' as const),
      remote: fc.integer({ min: 0, max: hlcAt(HLC_EPOCH + YEARS_10) }),
    }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let last = 0
      for (const s of steps) {
        if (s.kind === 'receive') {
          const next = receive(last, s.remote)
          expect(next).toBeGreaterThanOrEqual(Math.max(last, s.remote))
          last = next
        } else {
          const next = tick(last, s.now, s.offset)
          expect(next).toBeGreaterThan(last)
          expect(Number.isSafeInteger(next)).toBe(true)
          last = next
        }
      }
    }),
  )
})

test('a stamp is not behind the corrected wall clock and is read back to the millisecond', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: -5000, max: 5000 }), (now, offset) => {
      fc.pre(now + offset >= HLC_EPOCH)
      expect(readHlc(tick(0, now, offset))).toEqual({ ms: now + offset, counter: now + offset === HLC_EPOCH ? 1 : 0 })
    }),
  )
})

test('more than 4,096 transactions in a millisecond carry into the next one', () => {
  const now = Date.UTC(2026, 10, 22)
  let last = tick(0, now)
  for (let i = 0; i < 4096; i++) last = tick(last, now)
  expect(readHlc(last)).toEqual({ ms: now + 1, counter: 0 })
})

test('a dead clock battery or a wild clock stops nothing', () => {
  expect(tick(5, Date.UTC(1970, 0, 1))).toBe(6)
  expect(tick(5, Number.NaN)).toBe(6)
  expect(Number.isSafeInteger(tick(5, Date.UTC(9999, 0, 1)))).toBe(true)
})
