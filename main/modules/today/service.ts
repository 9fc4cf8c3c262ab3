import type { today } from '../../../shared/contract/today.ts'
import { writeChanged } from '../../db/write.ts'
import type { Service } from '../../rpc/service.ts'
import { addActivityTx } from '../activities/write.ts'
import { putOffTx } from '../customers/quiet.ts'
import { doneSince, dueOf, hasCustomers, lateOf, nextPlanned, sectionsAt, todayAt } from './page.ts'

/** A greeting is something that was said: where a message went is not asked. */
const WAYS = {
  call: { direction: 'out' },
  message: { direction: 'out' },
  in_person: { direction: 'out', channel: 'in_person' },
} as const

export const todayService: Service<typeof today> = {
  page(ctx, { day, limit }) {
    const at = todayAt(ctx, day, limit)
    const sections = sectionsAt(ctx, at)
    const due = dueOf(sections)
    return {
      day: at.day,
      sections,
      due,
      late: lateOf(sections),
      done: doneSince(ctx, at),
      next: due.n === 0 ? nextPlanned(ctx, at) : null,
      has_customers: hasCustomers(ctx),
    }
  },
  greet(ctx, { party_id, how }) {
    const { change } = writeChanged(ctx, 'today.greet', (tx) => {
      addActivityTx(tx, {
        kind: how === 'call' ? 'call' : 'message',
        party_ids: [party_id],
        occasion: 'birthday',
        ...WAYS[how],
      })
    })
    return { change }
  },
  putOff(ctx, { party_id, until }) {
    const { change } = writeChanged(ctx, 'today.putOff', (tx) => putOffTx(tx, party_id, until))
    return { change }
  },
}
