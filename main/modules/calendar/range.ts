import type { z } from 'zod'
import { type CalendarDay, type CalendarEntry, type calendar, RANGE_MOST } from '../../../shared/contract/calendar.ts'
import { addDays, dayOf, daysBetween, type IsoDay } from '../../../shared/domain/jalali.ts'
import type { Db } from '../../db/open.ts'
import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'
import type { Service } from '../../rpc/service.ts'
import { checkDay } from '../tasks/due.ts'
import { birthdaysOn } from './birthdays.ts'
import { comingAgain, type Found, type Owners, SOURCES } from './entries.ts'
import { holidaysIn } from './holidays.ts'

type Ask = z.output<NonNullable<(typeof calendar.range)['~orpc']['inputSchema']>>

/** Fails with DATE_OUT_OF_RANGE for days outside 1206–1498, with BAD_REQUEST for a range that is turned round or too long. */
export function checkRange(from: IsoDay, to: IsoDay, most: number): void {
  checkDay(from)
  checkDay(to)
  const length = daysBetween(from, to) + 1
  if (length < 1 || length > most) fail('BAD_REQUEST')
}

/**
 * Everything of some days. Counts walk covering indexes of the range; entries are read day by day only as many as are shown, so a day with
 * thousands costs what one with ten does.
 */
export const range: Service<typeof calendar>['range'] = (ctx, ask) => {
  checkRange(ask.from, ask.to, RANGE_MOST)
  const owners = ownersOf(ctx, ask.owner)
  const counts = countsOf(ctx.db, owners, ask)
  const again = comingAgain(ctx, owners, ask)
  const holidays = Map.groupBy(holidaysIn(ctx.db, ask.from, ask.to), ({ day }) => day)
  const found = new Map<IsoDay, Found[]>()
  const days: IsoDay[] = []
  for (let day = ask.from; day <= ask.to; day = addDays(day, 1)) {
    days.push(day)
    const here = counts.map((byDay) => byDay.get(day) ?? 0)
    found.set(day, entriesOf(ctx.db, owners, day, here, again.get(day) ?? [], ask.per_day))
  }
  const parties = partyNames(ctx.db, [...found.values()].flat())
  return {
    today: dayOf(ctx.clock.now()),
    days: days.map(
      (day): CalendarDay => ({
        day,
        entries: (found.get(day) ?? []).map((entry) => named(entry, parties)),
        total: counts.reduce((sum, byDay) => sum + (byDay.get(day) ?? 0), again.get(day)?.length ?? 0),
        holidays: holidays.get(day) ?? [],
        birthdays: birthdaysOn(ctx.db, day, owners, ask.names),
      }),
    ),
  }
}

function ownersOf(ctx: Ctx, owner: Ask['owner']): Owners {
  if (owner === 'all') return [undefined]
  if (owner !== 'me') return [owner.id]
  const gone = ctx.db.prepare('SELECT id FROM user WHERE deleted = 1').all() as Array<{ id: string }>
  return [ctx.user?.id ?? null, null, ...gone.map(({ id }) => id)]
}

/** How many by day, of each source. */
function countsOf(db: Db, owners: Owners, days: Pick<Ask, 'from' | 'to'>): Array<Map<IsoDay, number>> {
  return SOURCES.map((source) => {
    const byDay = new Map<IsoDay, number>()
    for (const owner of owners)
      for (const { day, n } of source.count(db, owner, days)) byDay.set(day, (byDay.get(day) ?? 0) + n)
    return byDay
  })
}

/** The first entries of a day: by their time, then those without, then those done without. */
function entriesOf(db: Db, owners: Owners, day: IsoDay, counts: number[], again: Found[], limit: number): Found[] {
  if (limit === 0) return []
  const read = (timed: boolean) =>
    SOURCES.flatMap((source, i) =>
      counts[i] === 0 ? [] : owners.flatMap((owner) => source.ofDay(db, owner, day, timed, limit)),
    )
  const timed = [...read(true), ...again.filter(({ minute }) => minute !== null)]
  timed.sort((a, b) => a.minute! - b.minute!)
  if (timed.length >= limit) return timed.slice(0, limit)
  const rest = [...read(false), ...again.filter(({ minute }) => minute === null)]
  rest.sort((a, b) => rank(a) - rank(b))
  return [...timed, ...rest].slice(0, limit)
}

const rank = ({ status, type, priority }: Found) => (status === 'done' ? 9 : type === 'again' ? 5 : 2 - priority)

function partyNames(db: Db, entries: readonly Found[]): Map<string, { id: string; name: string }> {
  const ids = new Set(entries.flatMap(({ party_id }) => party_id ?? []))
  const rows = db
    // The plus: without statistics SQLite would rather walk all customers that are not deleted.
    .prepare('SELECT id, name FROM party WHERE id IN (SELECT value FROM json_each(?)) AND +deleted = 0')
    .all(JSON.stringify([...ids])) as Array<{ id: string; name: string }>
  return new Map(rows.map((row) => [row.id, row]))
}

function named({ party_id, ...entry }: Found, parties: Map<string, { id: string; name: string }>): CalendarEntry {
  return { ...entry, party: (party_id !== null && parties.get(party_id)) || null }
}
