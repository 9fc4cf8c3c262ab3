import type { Ctx } from '../../engine/context.ts'
import { fail } from '../../rpc/errors.ts'

/** A form that was filled in a minute ago, on a clock that is a little fast. */
const SLACK_MS = 5 * 60_000

/** What happened has happened; what is to come is a task. Fails with NOT_YET. */
export function mustBePast(ctx: Ctx, at: number | undefined): void {
  if (at !== undefined && at > ctx.clock.now() + SLACK_MS) fail('NOT_YET')
}
