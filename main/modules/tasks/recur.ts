import { addDays, dayOf, type IsoDay } from '../../../shared/domain/jalali.ts'
import { nextAfter, parseRule, type Rule, ruleProblem } from '../../../shared/domain/recurrence.ts'
import { fail } from '../../rpc/errors.ts'

/** Fails with RULE_NOT_UNDERSTOOD, and with RULE_NEVER for a rule that no day from `start` on keeps. */
export function checkRule(text: string, start: IsoDay | null, now: number): void {
  const rule = parseRule(text)
  const begins = start ?? dayOf(now)
  if (!rule) fail('RULE_NOT_UNDERSTOOD')
  if (ruleProblem(rule, begins) !== null || nextAfter(rule, begins, addDays(begins, -1)) === null) fail('RULE_NEVER')
}

/** The first day of a rule, from today on. Fails as checkRule. */
export function firstDay(text: string, now: number): IsoDay {
  checkRule(text, null, now)
  const today = dayOf(now)
  return nextAfter(parseRule(text)!, today, addDays(today, -1))!
}

/**
 * The day on which a task comes again: the next of its rule that is not in the past. Moved to another day it still stands for the day of the rule
 * that it was made for. Null when the rule has ended, or is of a newer version.
 * @param start the first day of the series
 * @param now epoch ms, when it was done
 */
export function nextDay(
  text: string,
  start: IsoDay | null,
  of: { due_date: IsoDay | null; rule_date: IsoDay | null },
  now: number,
): IsoDay | null {
  const rule: Rule | null = parseRule(text)
  if (!rule) return null
  const today = dayOf(now)
  if (rule.kind === 'afterDone') return nextAfter(rule, start !== null && start < today ? start : today, today)
  const passed = [of.rule_date ?? of.due_date, of.due_date, addDays(today, -1)].flatMap((day) => day ?? [])
  return nextAfter(rule, start ?? today, passed.sort().at(-1)!)
}
