import { z } from 'zod'
import { TRADES } from '../domain/party.ts'
import { Changed, Id, line, procedure } from './base.ts'

export const setup = {
  /** The first run: the business, its owner and the lists of the trade. */
  start: procedure('open')
    .input(
      z.object({
        business_name: line(200),
        owner_name: line(100),
        trade: z.enum(TRADES),
        money_unit: z.enum(['toman', 'rial']),
      }),
    )
    .errors({ ALREADY_SET_UP: { status: 409 } })
    .output(z.object({ user_id: Id })),
  /** Is the sample business in, and how many of its customers are left? */
  sample: procedure('settings.read').output(z.object({ batch: Id.nullable(), customers: z.int() })),
  addSample: procedure('settings.write').output(Changed.extend({ batch: Id, customers: z.int() })),
  /** Takes back all that the sample brought, edited or not; what the user added stays. */
  removeSample: procedure('settings.write').output(Changed),
}
