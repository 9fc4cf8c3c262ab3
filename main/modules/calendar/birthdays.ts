import type { CalendarDay } from '../../../shared/contract/calendar.ts'
import { daysInJalaliMonth, type IsoDay, toJalali } from '../../../shared/domain/jalali.ts'
import type { Db } from '../../db/open.ts'
import { sum, tallyOf } from '../today/tally.ts'
import type { Owners } from './entries.ts'

/** Whose birthday is kept on a day. In a common year the 30th of Esfand is kept on the 29th. */
export function birthdaysOn(db: Db, day: IsoDay, owners: Owners, names: number): CalendarDay['birthdays'] {
  const { jy, jm, jd } = toJalali(day)
  const days = jm === 12 && jd === 29 && daysInJalaliMonth(jy, 12) === 29 ? [29, 30] : [jd]
  const all = days.flatMap((d) =>
    owners.map((owner) => ({
      from: `party INDEXED BY party_birth WHERE birth_jm = ? AND birth_jd = ? AND deleted = 0${owner === undefined ? '' : ' AND owner_id IS ?'}`,
      params: [jm, d, ...(owner === undefined ? [] : [owner])],
    })),
  )
  const count = sum(all.map(({ from, params }) => tallyOf(db, from, params)))
  if (count.n === 0 || names === 0) return { count, parties: [] }
  const parties = all.flatMap(
    ({ from, params }) =>
      db.prepare(`SELECT id, name FROM ${from} LIMIT ?`).all(...params, names) as Array<{ id: string; name: string }>,
  )
  return { count, parties: parties.slice(0, names) }
}
