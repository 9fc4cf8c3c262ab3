import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, fromJalali, toJalali, weekday } from '../../shared/domain/jalali.ts'
import {
  movedNote,
  nextAfter,
  occurrences,
  parseRule,
  type Rule,
  type RulePattern,
  ruleNote,
  ruleProblem,
  ruleText,
} from '../../shared/domain/recurrence.ts'

const rule = (pattern: RulePattern, ends: Partial<Pick<Rule, 'until' | 'count'>> = {}): Rule => ({
  until: null,
  count: null,
  ...pattern,
  ...ends,
})
const j = (y: number, m: number, d: number) => fromJalali(y, m, d)

/** Every day of 31 years as Intl tells it, which knows nothing of our arithmetic. */
type Day = { iso: string; jy: number; jm: number; jd: number; week: number; dow: number }
const CALENDAR: Day[] = []
{
  const intl = new Intl.DateTimeFormat('en-US-u-ca-persian-nu-latn', {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  })
  const first = Date.parse('2021-03-20')
  for (let i = 0; i < 31 * 366; i++) {
    const at = first + i * 86_400_000
    const [jm, jd, jy] = intl.format(at).split(/[/ ]/).map(Number)
    // 2021-03-20 was a Saturday
    CALENDAR.push({
      iso: new Date(at).toISOString().slice(0, 10),
      jy: jy!,
      jm: jm!,
      jd: jd!,
      week: Math.floor(i / 7),
      dow: i % 7,
    })
  }
}

/** Walks every day and asks whether the rule falls on it. */
function walked(r: Rule, start: number): string[] {
  const a = CALENDAR[start]!
  const out: string[] = []
  for (let i = start; i < CALENDAR.length - 31; i++) {
    const b = CALENDAR[i]!
    const months = (b.jy - a.jy) * 12 + b.jm - a.jm
    const monthEnds = CALENDAR[i + 1]!.jm !== b.jm
    const falls =
      r.kind === 'days'
        ? (i - start) % r.n === 0
        : r.kind === 'weeks'
          ? (b.week - a.week) % r.n === 0 && r.weekdays.includes(b.dow)
          : r.kind === 'monthDay'
            ? months % r.n === 0 && (b.jd === r.day || (monthEnds && b.jd < r.day))
            : r.kind === 'monthWeekday'
              ? months % r.n === 0 &&
                b.dow === r.weekday &&
                (r.nth === -1 ? CALENDAR[i + 7]!.jm !== b.jm : Math.ceil(b.jd / 7) === r.nth)
              : r.kind === 'yearDay'
                ? (b.jy - a.jy) % r.n === 0 && b.jm === r.month && (b.jd === r.day || (monthEnds && b.jd < r.day))
                : false
    if (!falls || (r.until !== null && b.iso > r.until)) continue
    out.push(b.iso)
    if (out.length === r.count) break
  }
  return out
}

const weekdays = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }).map((all) => all.sort())
const every = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 40 }))
const patterns: fc.Arbitrary<RulePattern> = fc.oneof(
  fc.record({ kind: fc.constant('days' as const), n: fc.integer({ min: 1, max: 400 }) }),
  fc.record({ kind: fc.constant('weeks' as const), n: every, weekdays }),
  fc.record({ kind: fc.constant('monthDay' as const), n: every, day: fc.integer({ min: 1, max: 31 }) }),
  fc.record({
    kind: fc.constant('monthWeekday' as const),
    n: every,
    nth: fc.constantFrom(1, 2, 3, 4, 5, -1),
    weekday: fc.integer({ min: 0, max: 6 }),
  }),
  fc
    .record({
      kind: fc.constant('yearDay' as const),
      n: fc.integer({ min: 1, max: 5 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 31 }),
    })
    .filter(({ month, day }) => month <= 6 || day <= 30),
)
const rules = fc
  .tuple(patterns, fc.option(fc.integer({ min: 0, max: 11_000 })), fc.option(fc.integer({ min: 1, max: 300 })))
  .map(([pattern, until, count]) => rule(pattern, { until: until === null ? null : CALENDAR[until]!.iso, count }))

describe('a rule over thirty years', () => {
  it('falls on the days that a walk over every day finds', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: 0, max: 800 }), fc.nat(10_900), fc.nat(2000), (r, start, from, length) => {
        const wanted = walked(r, start)
        const day = (i: number) => CALENDAR[Math.min(i, CALENDAR.length - 32)]!.iso
        expect(occurrences(r, day(start), day(0), day(99_999)).join()).toBe(wanted.join())
        const [a, b] = [day(from), day(from + length)]
        expect(occurrences(r, day(start), a, b).join()).toBe(wanted.filter((d) => d >= a && d <= b).join())
        const next = nextAfter(r, day(start), a)
        const later = wanted.find((d) => d > a) ?? null
        // what lies beyond the walk is not known to it
        if (later !== null || r.until !== null || wanted.length === r.count) expect(next).toBe(later)
        else if (next !== null) expect(next > day(99_999)).toBe(true)
      }),
      { numRuns: 250 },
    )
  })

  it('is walked from day to day as it is listed', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: 0, max: 800 }), (r, start) => {
        const wanted = walked(r, start).slice(0, 50)
        const got: string[] = []
        let at: string | null = addDays(CALENDAR[start]!.iso, -1)
        while (got.length < wanted.length && at !== null) {
          at = nextAfter(r, CALENDAR[start]!.iso, at)
          if (at !== null) got.push(at)
        }
        expect(got).toEqual(wanted)
      }),
      { numRuns: 60 },
    )
  })

  it('is the same after it was stored', () => {
    fc.assert(fc.property(rules, (r) => void expect(parseRule(ruleText(r))).toEqual(r)))
  })
})

describe('known rules', () => {
  it.each([
    [rule({ kind: 'monthDay', n: 1, day: 31 }), j(1405, 6, 1), [j(1405, 6, 31), j(1405, 7, 30), j(1405, 8, 30)]],
    [rule({ kind: 'monthDay', n: 6, day: 31 }), j(1405, 6, 1), [j(1405, 6, 31), j(1405, 12, 29), j(1406, 6, 31)]],
    [rule({ kind: 'monthDay', n: 1, day: 5 }), j(1405, 9, 6), [j(1405, 10, 5), j(1405, 11, 5), j(1405, 12, 5)]],
    [
      rule({ kind: 'monthWeekday', n: 1, nth: -1, weekday: 5 }),
      j(1405, 9, 1),
      [j(1405, 9, 26), j(1405, 10, 24), j(1405, 11, 29)],
    ],
    [rule({ kind: 'weeks', n: 3, weekdays: [0] }), j(1405, 9, 1), [j(1405, 9, 21), j(1405, 10, 12), j(1405, 11, 3)]],
    [rule({ kind: 'yearDay', n: 1, month: 1, day: 1 }), j(1405, 9, 1), [j(1406, 1, 1), j(1407, 1, 1), j(1408, 1, 1)]],
    [
      rule({ kind: 'yearDay', n: 1, month: 12, day: 30 }),
      j(1406, 1, 1),
      [j(1406, 12, 29), j(1407, 12, 29), j(1408, 12, 30)],
    ],
    [rule({ kind: 'days', n: 10 }), j(1405, 9, 1), [j(1405, 9, 1), j(1405, 9, 11), j(1405, 9, 21)]],
  ])('%j', (r, start, wanted) => {
    const got: string[] = []
    let at = addDays(start, -1)
    while (got.length < 3) {
      at = nextAfter(r, start, at)!
      got.push(at)
    }
    expect(got).toEqual(wanted)
  })

  it('after it was done: so many days from that day, once only', () => {
    const r = rule({ kind: 'afterDone', n: 10 }, { until: j(1405, 10, 1) })
    expect(nextAfter(r, j(1405, 9, 1), j(1405, 8, 20))).toBe(j(1405, 9, 1))
    expect(nextAfter(r, j(1405, 9, 1), j(1405, 9, 4))).toBe(j(1405, 9, 14))
    expect(nextAfter(r, j(1405, 9, 1), j(1405, 9, 22))).toBeNull()
    expect(occurrences(r, j(1405, 9, 1), j(1405, 1, 1), j(1405, 12, 1))).toEqual([j(1405, 9, 1)])
  })

  it('end with the supported years', () => {
    const last = j(1498, 12, 30)
    expect(nextAfter(rule({ kind: 'days', n: 7 }), j(1498, 12, 28), j(1498, 12, 28))).toBeNull()
    expect(nextAfter(rule({ kind: 'yearDay', n: 1, month: 1, day: 1 }), j(1405, 1, 1), j(1498, 1, 1))).toBeNull()
    expect(
      nextAfter(rule({ kind: 'monthWeekday', n: 12, nth: 5, weekday: 2 }), j(1498, 7, 1), j(1498, 7, 1)),
    ).toBeNull()
    expect(
      nextAfter(rule({ kind: 'weeks', n: 1, weekdays: [0, 1, 2, 3, 4, 5, 6] }), j(1498, 1, 1), addDays(last, -1)),
    ).toBe(last)
    expect(nextAfter(rule({ kind: 'weeks', n: 1, weekdays: [0, 1, 2, 3, 4, 5, 6] }), j(1498, 1, 1), last)).toBeNull()
    expect(nextAfter(rule({ kind: 'weeks', n: 1, weekdays: [6] }), j(1206, 1, 1), j(1206, 1, 1)) !== null).toBe(true)
    expect(nextAfter(rule({ kind: 'afterDone', n: 5 }), j(1405, 1, 1), last)).toBeNull()
    expect(() => nextAfter(rule({ kind: 'days', n: 1 }), '2200-01-01', '2200-01-01')).toThrow(RangeError)
  })
})

describe('what is impossible', () => {
  it.each([
    [rule({ kind: 'days', n: 0 }), 'every'],
    [rule({ kind: 'days', n: 1.5 }), 'every'],
    [rule({ kind: 'afterDone', n: 1000 }), 'every'],
    [rule({ kind: 'weeks', n: 1, weekdays: [] }), 'weekdays'],
    [rule({ kind: 'weeks', n: 1, weekdays: [7] }), 'weekdays'],
    [rule({ kind: 'weeks', n: 1, weekdays: [1, 1] }), 'weekdays'],
    [rule({ kind: 'monthDay', n: 1, day: 32 }), 'day'],
    [rule({ kind: 'monthDay', n: 1, day: 0 }), 'day'],
    [rule({ kind: 'monthWeekday', n: 1, nth: 6, weekday: 0 }), 'nth'],
    [rule({ kind: 'monthWeekday', n: 1, nth: 0, weekday: 0 }), 'nth'],
    [rule({ kind: 'monthWeekday', n: 1, nth: 1, weekday: 9 }), 'weekdays'],
    [rule({ kind: 'yearDay', n: 1, month: 13, day: 1 }), 'month'],
    [rule({ kind: 'yearDay', n: 1, month: 7, day: 31 }), 'day'],
    [rule({ kind: 'days', n: 1 }, { until: '1405-09-01' }), 'until'],
    [rule({ kind: 'days', n: 1 }, { until: '2026-02-30' }), 'until'],
    [rule({ kind: 'days', n: 1 }, { until: '2121-01-01' }), 'until'],
    [rule({ kind: 'days', n: 1 }, { count: 0 }), 'count'],
    [rule({ kind: 'days', n: 1 }, { count: 1001 }), 'count'],
    [rule({ kind: 'afterDone', n: 1 }, { count: 3 }), 'countAfterDone'],
    [rule({ kind: 'days', n: 1 }, { until: j(1405, 8, 30) }), 'untilBeforeStart'],
    [rule({ kind: 'days', n: 1 }, { until: j(1405, 9, 1) }), null],
  ])('%j: %s', (r, problem) => expect(ruleProblem(r, j(1405, 9, 1))).toBe(problem))
  it('a start outside 1206..1498', () => expect(ruleProblem(rule({ kind: 'days', n: 1 }), '2121-01-01')).toBe('start'))

  it.each([
    '',
    '1',
    'nonsense',
    '2;D;n=1',
    '1;X;n=1',
    '1;D',
    '1;D;n=',
    '1;D;n=1.5',
    '1;D;n=01',
    '1;D;n=1;n=2',
    '1;D;n=1;x=2',
    '1;W;n=1',
    '1;W;n=1;w=',
    '1;W;n=1;w=3,1',
    '1;M;n=1;d=32',
    '1;N;n=1;k=6;w=0',
    '1;Y;n=1;m=12;d=31',
    '1;D;n=1;u=never',
    '1;D;n=1;c=0',
    '1;D;c=5;n=1',
  ])('%j is no rule', (text) => expect(parseRule(text)).toBeNull())
  it('is written in one way', () => {
    expect(ruleText(rule({ kind: 'weeks', n: 2, weekdays: [0, 3] }, { until: '2027-03-20', count: 10 }))).toBe(
      '1;W;n=2;w=0,3;u=2027-03-20;c=10',
    )
    expect(ruleText(rule({ kind: 'monthWeekday', n: 1, nth: -1, weekday: 5 }))).toBe('1;N;n=1;k=-1;w=5')
    expect(ruleText(rule({ kind: 'yearDay', n: 1, month: 1, day: 1 }))).toBe('1;Y;n=1;m=1;d=1')
    expect(ruleText(rule({ kind: 'monthDay', n: 1, day: 5 }))).toBe('1;M;n=1;d=5')
    expect(ruleText(rule({ kind: 'afterDone', n: 5 }))).toBe('1;A;n=5')
  })
})

describe('what is explained', () => {
  const last = rule({ kind: 'monthDay', n: 1, day: 31 })
  const esfand = rule({ kind: 'yearDay', n: 1, month: 12, day: 30 })
  it('days that some months lack', () => {
    expect(ruleNote(last)).toEqual({ code: 'shortMonth', wanted: 31 })
    expect(ruleNote(rule({ kind: 'monthDay', n: 1, day: 30 }))).toEqual({ code: 'shortMonth', wanted: 30 })
    expect(ruleNote(rule({ kind: 'monthDay', n: 1, day: 29 }))).toBeNull()
    expect(ruleNote(esfand)).toEqual({ code: 'leapDay', wanted: 30 })
    expect(ruleNote(rule({ kind: 'yearDay', n: 1, month: 12, day: 29 }))).toBeNull()
    expect(ruleNote(rule({ kind: 'monthWeekday', n: 1, nth: 5, weekday: 0 }))).toEqual({ code: 'noFifth', wanted: 5 })
    expect(ruleNote(rule({ kind: 'monthWeekday', n: 1, nth: -1, weekday: 0 }))).toBeNull()
  })
  it('the day that was moved, and only that one', () => {
    expect(movedNote(last, j(1405, 7, 30))).toEqual({ code: 'shortMonth', wanted: 31 })
    expect(movedNote(last, j(1405, 6, 31))).toBeNull()
    expect(movedNote(esfand, j(1405, 12, 29))).toEqual({ code: 'leapDay', wanted: 30 })
    expect(movedNote(esfand, j(1408, 12, 30))).toBeNull()
    expect(movedNote(rule({ kind: 'days', n: 1 }), j(1405, 12, 29))).toBeNull()
  })
  it('on the calendar that the tests walk', () => {
    expect(toJalali(CALENDAR[0]!.iso)).toEqual({ jy: CALENDAR[0]!.jy, jm: CALENDAR[0]!.jm, jd: CALENDAR[0]!.jd })
    expect(weekday(CALENDAR[0]!.iso)).toBe(0)
  })
})
