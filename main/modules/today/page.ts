import { type Tally, TODAY_SECTIONS, type TodaySection } from '../../../shared/contract/today.ts'
import { dayOf, type IsoDay } from '../../../shared/domain/jalali.ts'
import type { Ctx } from '../../engine/context.ts'
import { startOfDay } from '../customers/business-day.ts'
import type { TodayAt } from '../module.ts'
import { sum, tallyOf } from './tally.ts'

/** What asks to be done today; birthdays and slipped customers are chances, no duties. */
const DUE: ReadonlySet<TodaySection['name']> = new Set(['handed', 'followups', 'calls', 'leads'])

export function todayAt(ctx: Ctx, day: IsoDay | undefined, limit: number): TodayAt {
  const on = day ?? dayOf(ctx.clock.now())
  const user = ctx.user?.id ?? ''
  const gone = ctx.db.prepare('SELECT id FROM user WHERE deleted = 1').all() as Array<{ id: string }>
  return { day: on, from: startOfDay(on), user, owners: [user, null, ...gone.map(({ id }) => id)], limit }
}

/** What all modules give, one section a name, in the order of the page; empty ones are left out. */
export function sectionsAt(ctx: Ctx, at: TodayAt): TodaySection[] {
  const given = ctx.modules.flatMap((module) => module.today?.(ctx, at) ?? [])
  return TODAY_SECTIONS.flatMap((name) => {
    const parts = given.filter((section) => section.name === name && section.count.n > 0)
    return parts.length === 0 ? [] : [joined(name, parts, at.limit)]
  })
}

/** Two modules may have lines for one section: what was handed over stands beside where one was named, the newest first. */
function joined(name: TodaySection['name'], parts: readonly TodaySection[], limit: number): TodaySection {
  const [first, ...others] = parts
  if (first && others.length === 0) return first
  const lines = parts.flatMap((part) => part.lines)
  const late = parts.flatMap((part) => part.late ?? [])
  return {
    name,
    lines: lines.sort((a, b) => instant(b) - instant(a)).slice(0, limit),
    count: sum(parts.map((part) => part.count)),
    ...(late.length > 0 && { late: sum(late) }),
  }
}

const instant = (line: TodaySection['lines'][number]) => ('at' in line ? line.at : 0)

export const dueOf = (sections: readonly TodaySection[]): Tally =>
  sum(sections.filter((section) => DUE.has(section.name)).map((section) => section.count))

export const lateOf = (sections: readonly TodaySection[]): Tally =>
  sum(sections.flatMap((section) => section.late ?? []))

/** The next day after this one on which something is planned, and how much. */
export function nextPlanned(ctx: Ctx, at: TodayAt): { day: IsoDay; count: Tally } | null {
  const mine = `task INDEXED BY task_mine WHERE owner_id IS ? AND status = 'open' AND deleted = 0`
  const days = at.owners.flatMap((owner) => {
    const sql = `SELECT due_date AS day FROM ${mine} AND due_date > ? ORDER BY due_date LIMIT 1`
    return (ctx.db.prepare(sql).all(owner, at.day) as Array<{ day: IsoDay }>).map(({ day }) => day)
  })
  const [day] = days.sort()
  if (day === undefined) return null
  return { day, count: sum(at.owners.map((owner) => tallyOf(ctx.db, `${mine} AND due_date = ?`, [owner, day]))) }
}

/** Tasks that the user closed since midnight. */
export function doneSince(ctx: Ctx, at: TodayAt): number {
  const { n } = ctx.db
    .prepare(
      `SELECT count(*) AS n FROM (SELECT 1 FROM task INDEXED BY task_closed
         WHERE closed_at >= ? AND deleted = 0 AND closed_by = ? AND status = 'done' LIMIT 999)`,
    )
    .get(at.from, at.user) as { n: number }
  return n
}

export const hasCustomers = (ctx: Ctx): boolean =>
  ctx.db.prepare('SELECT 1 FROM party WHERE deleted = 0 LIMIT 1').get() !== undefined
