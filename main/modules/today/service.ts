import type { today } from '../../../shared/contract/today.ts'
import { dayOf } from '../../../shared/domain/jalali.ts'
import { insert } from '../../db/rows.ts'
import { writeChanged } from '../../db/write.ts'
import type { Service } from '../../rpc/service.ts'
import { activity, activityParty } from '../activities/table.ts'
import { refreshContactDatesTx } from '../customers/contact-dates.ts'
import { putOffTx } from '../customers/quiet.ts'
import { partyOf } from '../customers/record.ts'
import { doneSince, dueOf, hasCustomers, lateOf, nextPlanned, sectionsAt, todayAt } from './page.ts'

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
  due(ctx, { day }) {
    return dueOf(sectionsAt(ctx, todayAt(ctx, day, 0)))
  },
  greet(ctx, { party_id, how }) {
    const { change } = writeChanged(ctx, 'today.greet', (tx) => {
      const about = partyOf(tx.db, party_id)
      const { id } = insert(tx, activity, {
        kind: how === 'call' ? 'call' : 'message',
        direction: 'out',
        channel: how === 'in_person' ? 'in_person' : how === 'message' ? 'sms' : null,
        occasion: 'birthday',
        at: tx.now,
        local_date: dayOf(tx.now),
        user_id: ctx.user?.id ?? null,
      })
      insert(tx, activityParty, { activity_id: id, party_id: about.id, at: tx.now })
      refreshContactDatesTx(tx, [about.id])
    })
    return { change }
  },
  putOff(ctx, { party_id, until }) {
    const { change } = writeChanged(ctx, 'today.putOff', (tx) => putOffTx(tx, party_id, until))
    return { change }
  },
}
