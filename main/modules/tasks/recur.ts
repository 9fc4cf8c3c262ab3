import type { IsoDay } from '../../../shared/domain/jalali.ts'
import { fail } from '../../rpc/errors.ts'

/** Fails with RULE_NOT_UNDERSTOOD, and with RULE_NEVER for a rule that no day follows. */
export function checkRule(_rule: string): void {
  fail('RULE_NOT_UNDERSTOOD')
}

/** The first day of a rule, from today on. */
export function firstDay(_rule: string, _now: number): IsoDay {
  return fail('RULE_NEVER')
}

/** The day after `from` that is not in the past; null when the rule has ended. @param now epoch ms */
export function nextDay(_rule: string, _from: IsoDay | null, _now: number): IsoDay | null {
  return null
}
