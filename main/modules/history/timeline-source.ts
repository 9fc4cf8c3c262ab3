import type { TimelineSource } from '../module.ts'
import { changesOfParty } from './party-changes.ts'

/** Fields of one change an entry carries: an import or a full form writes dozens, the history page has them all. */
const FIELDS = 40

/** What was changed about a customer. */
export const changeTimeline: TimelineSource = {
  kinds: ['change'],
  page(ctx, { partyId, search, after, limit }) {
    if (search) return []
    const before = Number.isSafeInteger(after) ? { before: after as number } : {}
    return changesOfParty(ctx, partyId, { ...before, limit }).map((c) => ({
      place: c.change,
      entry: {
        kind: 'change',
        key: `change:${c.change}`,
        at: c.at,
        user_id: c.user_id,
        device_name: c.device_name,
        change: c.change,
        verb: c.verb,
        fields: c.fields.slice(0, FIELDS).map(({ table, field, from, to, from_name, to_name }) => ({
          table,
          field,
          from,
          to,
          from_name,
          to_name,
        })),
      },
    }))
  },
}
