import { LUNAR_HOLIDAYS } from '../data/lunar-holidays.ts'
import { HOLIDAY_NAMES, type HolidayKey } from './holiday-names.ts'
import { daysInJalaliMonth, FIRST_YEAR, fromJalali, type IsoDay, LAST_YEAR, toJalali } from './jalali-calendar.ts'
import { fold, ZWNJ } from './persian-text.ts'

export { HOLIDAY_NAMES, type HolidayKey } from './holiday-names.ts'

/** What the business says of a day. off: nobody works; day: only named; hidden: the computed holiday of this name (key, Persian or English; '' all) is wrong. */
export type HolidayEdit = { date: IsoDay; name: string; kind: 'off' | 'day' | 'hidden' }

/** `key`: one of the official days, else it is the business's own. `approximate`: of the moon and not announced. `off`: nobody works. */
export type Holiday = {
  day: IsoDay
  key: HolidayKey | null
  name: { fa: string; en: string }
  approximate: boolean
  off: boolean
  /** The business wrote it. */
  own: boolean
}

const SOLAR: readonly (readonly [HolidayKey, number, number])[] = [
  ['nowruz', 1, 1],
  ['nowruzDays', 1, 2],
  ['nowruzDays', 1, 3],
  ['nowruzDays', 1, 4],
  ['republic', 1, 12],
  ['nature', 1, 13],
  ['khomeiniDeath', 3, 14],
  ['khordad15', 3, 15],
  ['revolution', 11, 22],
  ['oil', 12, 29],
]

/** The years with holidays of the moon; before and after them only those of the sun are known. */
export const LUNAR_YEARS = {
  first: Math.min(...Object.keys(LUNAR_HOLIDAYS).map(Number)),
  last: Math.max(...Object.keys(LUNAR_HOLIDAYS).map(Number)),
} as const

/**
 * The holidays of a Jalali year in the order of days, as the official calendar has them and the business mends them. Several may be on one day.
 * @throws RangeError outside 1206..1498
 */
export function holidaysOf(jy: number, edits: readonly HolidayEdit[] = []): Holiday[] {
  const last = daysInJalaliMonth(jy, 12)
  const solar = last === 30 ? [...SOLAR, ['lastDay', 12, 30] as const] : SOLAR
  const lunar = LUNAR_HOLIDAYS[jy]
  const official = [
    ...solar.map(([key, jm, jd]) => officialDay(jy, key, jm, jd, false)),
    ...readDays(lunar?.announced).map(([key, jm, jd]) => officialDay(jy, key, jm, jd, false)),
    ...readDays(lunar?.estimated).map(([key, jm, jd]) => officialDay(jy, key, jm, jd, true)),
  ]
  const [from, to] = [fromJalali(jy, 1, 1), fromJalali(jy, 12, last)]
  const here = edits.filter((e) => e.date >= from && e.date <= to)
  const shown = official.filter((h) => !here.some((e) => e.kind === 'hidden' && e.date === h.day && isNamed(h, e.name)))
  const written = here.filter((e) => e.kind !== 'hidden')
  // the business's word for an official day («off» of the same name) takes its place: then it is no estimate any more
  const kept = shown.filter((h) => !written.some((e) => e.date === h.day && e.name !== '' && isNamed(h, e.name)))
  return [...kept, ...written.map(ownDay)].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

/** The holidays from a day to a day, both included; days outside 1206..1498 have none. */
export function holidaysBetween(from: IsoDay, to: IsoDay, edits: readonly HolidayEdit[] = []): Holiday[] {
  const first = fromJalali(FIRST_YEAR, 1, 1)
  const last = fromJalali(LAST_YEAR, 12, daysInJalaliMonth(LAST_YEAR, 12))
  const [a, b] = [from < first ? first : from, to > last ? last : to]
  const out: Holiday[] = []
  if (a > b) return out
  for (let jy = toJalali(a).jy; jy <= toJalali(b).jy; jy++) out.push(...holidaysOf(jy, edits))
  return out.filter((h) => h.day >= a && h.day <= b)
}

/** The rows that move a holiday to another day, as when the moon was seen a day later. */
export function holidayMove(holiday: Holiday, to: IsoDay): HolidayEdit[] {
  return [
    { date: holiday.day, name: holiday.key ?? holiday.name.fa, kind: 'hidden' },
    { date: to, name: holiday.key ?? holiday.name.fa, kind: holiday.off ? 'off' : 'day' },
  ]
}

function officialDay(jy: number, key: HolidayKey, jm: number, jd: number, approximate: boolean): Holiday {
  return { day: fromJalali(jy, jm, jd), key, name: HOLIDAY_NAMES[key], approximate, off: true, own: false }
}

function ownDay({ date, name, kind }: HolidayEdit): Holiday {
  const key =
    (Object.keys(HOLIDAY_NAMES) as HolidayKey[]).find((k) => isNamed({ key: k, name: HOLIDAY_NAMES[k] }, name)) ?? null
  const names = key ? HOLIDAY_NAMES[key] : { fa: name, en: name }
  return { day: date, key, name: names, approximate: false, off: kind === 'off', own: true }
}

const same = (text: string) => fold(text).replaceAll(ZWNJ, ' ').replace(/\s+/g, ' ').trim()

function isNamed(holiday: Pick<Holiday, 'key' | 'name'>, name: string): boolean {
  const wanted = same(name)
  return (
    wanted === '' || [holiday.key ?? '', holiday.name.fa, holiday.name.en].some((n) => n !== '' && same(n) === wanted)
  )
}

/** 'fitr 2/2, adha 4/8' as it stands in the data. */
function readDays(text = ''): [HolidayKey, number, number][] {
  return text === ''
    ? []
    : text.split(', ').map((entry) => {
        const [key, jm, jd] = entry.split(/[ /]/)
        return [key as HolidayKey, Number(jm), Number(jd)]
      })
}
