import { parsePhone } from '../../../shared/domain/phone.ts'
import type { Ctx } from '../../engine/context.ts'
import { businessOf } from '../settings/service.ts'

/** A number as it is kept: E.164 when it could be read, with the area code the business has now; else as it was typed. */
export function readPhone(ctx: Ctx, typed: string | null): { phone: string | null; e164: string | null } {
  if (!typed) return { phone: null, e164: null }
  let read = parsePhone(typed)
  if (!read.ok && read.reason === 'needs_area_code')
    read = parsePhone(typed, { areaCode: businessOf(ctx).area_code ?? undefined })
  return { phone: typed, e164: read.ok ? read.e164 : null }
}
