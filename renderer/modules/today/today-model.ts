import type { Tally, TodayLine, TodaySection } from '../../../shared/contract/today.ts'
import { type Lang, localDigits } from '../../../shared/domain/format.ts'
import { addDays, type IsoDay, weekday } from '../../../shared/domain/jalali.ts'
import type { Tone } from '../../ui/tones.ts'

/** Lines of a section at first, and after «more». */
export const FEW = 8
export const MANY = 50

/** The two columns of the page: what is to be done, and whom to think of. */
const DUTIES: ReadonlySet<TodaySection['name']> = new Set(['handed', 'followups', 'calls'])

export function columnsOf(sections: readonly TodaySection[]): TodaySection[][] {
  const duties = sections.filter(({ name }) => DUTIES.has(name))
  const others = sections.filter(({ name }) => !DUTIES.has(name))
  return [duties, others].filter((column) => column.length > 0)
}

/** Heights in pixels: what stands above the lines, and less than a line has. */
const ABOVE = 100
const LINE = 54

/** As much of the columns as a window of this height shows, the rest left out; what is whole stays the same object. */
export function firstScreen(columns: readonly TodaySection[][], height: number): TodaySection[][] {
  return columns.map((column) => {
    let room = Math.max(FEW, Math.ceil((height - ABOVE) / LINE))
    return column.flatMap((section) => {
      const lines = section.lines.slice(0, room)
      // Its head is nearly as high as a line.
      room -= lines.length + 1
      return lines.length === 0 ? [] : lines.length === section.lines.length ? [section] : [{ ...section, lines }]
    })
  })
}

/** «۷», «۹۹+». */
export const tallyText = ({ n, more }: Tally, lang: Lang): string => localDigits(more ? `${n}+` : String(n), lang)

/** How pressing a task is: missed (an earlier day, or an hour that went by), at an hour still to come, or any time today. */
export function urgencyOf(
  task: { due_date: string | null; due_minute: number | null },
  now: { day: IsoDay; minute: number },
): { tone: Tone; shows: 'day' | 'time' } {
  if (task.due_date !== null && task.due_date < now.day) return { tone: 'bad', shows: 'day' }
  if (task.due_minute === null) return { tone: 'neutral', shows: 'day' }
  return { tone: task.due_minute < now.minute ? 'warn' : 'accent', shows: 'time' }
}

/** «۱۰:۰۰» of a minute of the day. */
export function hourText(minute: number, lang: Lang): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return localDigits(`${two(Math.floor(minute / 60))}:${two(minute % 60)}`, lang)
}

/** Morning to night, for the greeting: key of `today:greeting`. */
export function partOfDay(minute: number): 'morning' | 'noon' | 'afternoon' | 'night' {
  const hour = Math.floor(minute / 60)
  if (hour >= 4 && hour < 11) return 'morning'
  if (hour >= 11 && hour < 15) return 'noon'
  return hour >= 15 && hour < 20 ? 'afternoon' : 'night'
}

/** Where a task can be put off to in one press: tomorrow, the next beginning of a week (Saturday), a week from now. */
export function snoozeDays(today: IsoDay): Array<{ id: 'tomorrow' | 'saturday' | 'week'; day: IsoDay }> {
  const ahead = 7 - weekday(today)
  return [
    { id: 'tomorrow', day: addDays(today, 1) },
    // Tomorrow may be Saturday itself.
    ...(ahead > 1 ? [{ id: 'saturday' as const, day: addDays(today, ahead) }] : []),
    ...(ahead < 7 ? [{ id: 'week' as const, day: addDays(today, 7) }] : []),
  ]
}

/** «Not now» for a slipped customer, in days. */
export const PUT_OFF_DAYS = 14

/** The customer a line is about, for Enter. */
export function partyOf(line: TodayLine): { id: string; name: string; phone: string | null } | null {
  if ('party' in line) return line.party
  return 'task' in line ? line.task.party : null
}

/** Where the keys go from a line: one up or down through the columns, or to the first line of the section before or after. */
export function nextLine(
  sections: readonly { keys: readonly string[] }[],
  at: string | null,
  press: 'ArrowDown' | 'ArrowUp' | 'PageDown' | 'PageUp' | 'Home' | 'End',
): string | null {
  const all = sections.flatMap(({ keys }) => keys)
  const index = at === null ? -1 : all.indexOf(at)
  if (all.length === 0) return null
  if (press === 'Home') return all[0] ?? null
  if (press === 'End') return all.at(-1) ?? null
  if (press === 'ArrowDown') return all[Math.min(all.length - 1, index + 1)] ?? null
  if (press === 'ArrowUp') return all[Math.max(0, index - 1)] ?? null
  const here = sections.findIndex(({ keys }) => at !== null && keys.includes(at))
  const first = sections[here]?.keys[0]
  // Up goes to the head of this section first, as in a text.
  if (press === 'PageUp' && at !== first) return first ?? all[0] ?? null
  const to = Math.max(0, Math.min(sections.length - 1, here + (press === 'PageDown' ? 1 : -1)))
  return sections[to]?.keys[0] ?? null
}

export const leadPath = (id: string) => `/leads?open=${id}`

/** Where Enter goes: to the customer, or to the thing itself. */
export function pathOf(line: TodayLine): string {
  const party = partyOf(line)
  if (party) return `/customers/${party.id}`
  if (line.type === 'lead') return leadPath(line.id)
  return line.type === 'task' || line.type === 'handed' ? `/tasks?open=${line.task.id}` : '/customers'
}
