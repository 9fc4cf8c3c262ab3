import type { TodayLine, TodaySection } from '../../../shared/contract/today.ts'
import { addDays, daysInJalaliMonth, type IsoDay, toJalali } from '../../../shared/domain/jalali.ts'
import { usualDays } from '../../../shared/domain/rhythm.ts'
import type { Ctx } from '../../engine/context.ts'
import type { TodayAt } from '../module.ts'
import { partiesOf } from '../today/party.ts'
import { capped, sum, TODAY_MOST, tallyOf } from '../today/tally.ts'
import { contactsOf } from './contact-dates.ts'

/** Days ahead that a birthday is told. */
const AHEAD = 3

export const today = (ctx: Ctx, at: TodayAt): TodaySection[] => [birthdays(ctx, at), slipped(ctx, at)]

interface Born {
  id: string
  day: IsoDay
  birth_jy: number | null
}

function birthdays(ctx: Ctx, at: TodayAt): TodaySection {
  const greeted = new Set(
    (
      ctx.db
        .prepare(
          `SELECT x.party_id AS id FROM activity a INDEXED BY activity_occasion CROSS JOIN activity_party x ON x.activity_id = a.id
           WHERE a.occasion = 'birthday' AND a.at >= ? AND a.deleted = 0 AND x.deleted = 0`,
        )
        .all(at.from - AHEAD * 86_400_000) as Array<{ id: string }>
    ).map(({ id }) => id),
  )
  const most = TODAY_MOST + 1
  const found: Born[] = []
  for (let ahead = 0; ahead <= AHEAD && found.length < most; ahead++) {
    const day = addDays(at.day, ahead)
    const born = bornOn(ctx, day, at.owners, most + greeted.size).filter(({ id }) => !greeted.has(id))
    found.push(...born.map((row) => ({ ...row, day })))
  }
  const shown = found.slice(0, at.limit)
  const parties = partiesOf(
    ctx.db,
    shown.map(({ id }) => id),
  )
  return {
    name: 'birthdays',
    lines: shown.flatMap(({ id, day, birth_jy }): TodayLine[] => {
      const party = parties.get(id)
      if (!party) return []
      const age = birth_jy === null ? null : toJalali(day).jy - birth_jy
      return [{ type: 'birthday', key: `birthday:${id}`, party, day, age }]
    }),
    count: capped(found.length),
  }
}

/** Whose birthday is kept on that day, those spoken with last first. In a common year the 30th of Esfand is kept on the 29th. */
function bornOn(ctx: Ctx, day: IsoDay, owners: readonly (string | null)[], limit: number) {
  const { jy, jm, jd } = toJalali(day)
  const days = [jd]
  if (jm === 12 && jd === 29 && daysInJalaliMonth(jy, 12) === 29) days.push(30)
  const born = ctx.db.prepare(
    `SELECT id, birth_jy, last_contact FROM party INDEXED BY party_birth
     WHERE birth_jm = ? AND birth_jd = ? AND deleted = 0 AND owner_id IS ? ORDER BY last_contact DESC LIMIT ?`,
  )
  const rows = days.flatMap((d) =>
    owners.flatMap((owner) => born.all(jm, d, owner, limit) as Array<Born & { last_contact: number | null }>),
  )
  return rows.sort((a, b) => (b.last_contact ?? 0) - (a.last_contact ?? 0)).slice(0, limit)
}

function slipped(ctx: Ctx, at: TodayAt): TodaySection {
  const late = 'party INDEXED BY party_slips WHERE owner_id IS ? AND slips_on <= ? AND deleted = 0'
  const some = ctx.db.prepare(
    `SELECT id, slips_on, last_contact, owner_id FROM ${late} ORDER BY slips_on DESC, pk DESC LIMIT ?`,
  )
  const rows = at.owners
    .flatMap(
      (owner) =>
        some.all(owner, at.day, at.limit) as Array<{
          id: string
          slips_on: IsoDay
          last_contact: number | null
          owner_id: string | null
        }>,
    )
    .sort((a, b) => (a.slips_on < b.slips_on ? 1 : a.slips_on > b.slips_on ? -1 : 0))
    .slice(0, at.limit)
  const parties = partiesOf(
    ctx.db,
    rows.map(({ id }) => id),
  )
  return {
    name: 'slipped',
    lines: rows.flatMap(({ id, slips_on, last_contact, owner_id }): TodayLine[] => {
      const party = parties.get(id)
      if (!party) return []
      const every = usualDays(contactsOf(ctx.db, id))
      return [{ type: 'slipped', key: `slipped:${id}`, party, since: slips_on, last_contact, every, owner_id }]
    }),
    count: sum(at.owners.map((owner) => tallyOf(ctx.db, late, [owner, at.day]))),
  }
}
