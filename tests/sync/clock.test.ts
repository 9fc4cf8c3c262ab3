import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HLC_EPOCH, hlcAt } from '../../shared/sync/clock.ts'
import { bestOffset, clockSample, keepSamples, restamp } from '../../shared/sync/clock-skew.ts'
import { runs } from './cases.ts'

test('the offset is found to within half of the way, whatever the clock of this PC says', () => {
  const ms = fc.integer({ min: 0, max: 900 })
  fc.assert(
    fc.property(fc.integer({ min: -3e11, max: 3e11 }), ms, ms, ms, (wrong, there, work, back) => {
      const t1 = 2e12 + there
      const sample = clockSample(2e12 - wrong, t1, t1 + work, t1 + work + back - wrong)!
      expect(Math.abs(sample.offset - wrong)).toBeLessThanOrEqual((there + back) / 2 + 1)
      expect(sample.rtt).toBe(there + back)
    }),
    runs(300),
  )
})

test('a slow way, or a clock that jumped under way, tells nothing', () => {
  expect(clockSample(0, 1_000, 1_000, 2_000)).toBeNull()
  expect(clockSample(5_000, 1_000, 1_000, 10)).toBeNull()
})

test('the quickest of the last eight ways is believed', () => {
  let samples = keepSamples([], { offset: 1, rtt: 1 })
  for (let i = 0; i < 8; i++) samples = keepSamples(samples, { offset: 100 + i, rtt: 50 + (i === 3 ? -9 : 0) })
  expect(samples).toHaveLength(8)
  expect(bestOffset(samples)).toBe(103)
  expect(keepSamples(samples, null)).toEqual(samples)
  expect(bestOffset([])).toBe(0)
})

describe('new stamps for what ran ahead', () => {
  const now = HLC_EPOCH + 1e10
  test('are never higher than they were, keep their order and leave alone what was not ahead', () => {
    const stamps = fc.array(fc.integer({ min: hlcAt(now) - 5, max: hlcAt(now) + 1e6 }), { maxLength: 20 })
    fc.assert(
      fc.property(stamps, (list) => {
        const before = [...new Set(list)].sort((a, b) => a - b)
        const after = restamp(before, now)
        after.forEach((h, i) => {
          expect(h).toBeLessThanOrEqual(before[i]!)
          if (before[i]! <= hlcAt(now)) expect(h).toBe(before[i])
          if (i > 0) expect(h).toBeGreaterThan(after[i - 1]!)
          expect(h).toBeLessThanOrEqual(hlcAt(now) + i)
        })
      }),
      runs(300),
    )
  })
})
