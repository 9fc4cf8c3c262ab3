import { ACTIVITY_KINDS } from '../../../shared/domain/activity.ts'
import { textFtsQuery } from '../../../shared/domain/search-tokens.ts'
import type { TimelineSource } from '../module.ts'
import { readActivities } from './read.ts'

/** Where it stands in activity_party_timeline. */
type Place = [at: number, pk: number]

const isPlace = (value: unknown): value is Place =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isSafeInteger)

/**
 * Walks the activities of one customer by index, newest first. Words are looked up in the search index for each of them: a customer has few
 * activities, a common word is in a million.
 */
export const activityTimeline: TimelineSource = {
  kinds: ACTIVITY_KINDS,
  page(ctx, { partyId, kinds, search, after, limit }) {
    const [at, pk] = isPlace(after) ? after : [Number.MAX_SAFE_INTEGER, 0]
    const match = search && textFtsQuery(search)
    const rows = ctx.db
      .prepare(
        `SELECT x.at, x.pk AS place, a.pk FROM activity_party x INDEXED BY activity_party_timeline CROSS JOIN activity a ON a.id = x.activity_id
         WHERE x.party_id = ? AND (x.at, x.pk) < (?, ?) AND x.deleted = 0 AND a.deleted = 0
         ${kinds.length < ACTIVITY_KINDS.length ? 'AND a.kind IN (SELECT value FROM json_each(?))' : ''}
         ${match ? 'AND EXISTS (SELECT 1 FROM note_fts WHERE note_fts MATCH ? AND rowid = a.pk)' : ''}
         ORDER BY x.at DESC, x.pk DESC LIMIT ?`,
      )
      .all(
        partyId,
        at,
        pk,
        ...(kinds.length < ACTIVITY_KINDS.length ? [JSON.stringify(kinds)] : []),
        ...(match ? [match] : []),
        limit,
      ) as Array<{ at: number; place: number; pk: number }>
    const activities = readActivities(
      ctx.db,
      rows.map((row) => row.pk),
    )
    return rows.map((row, i) => {
      const activity = activities[i]!
      return {
        place: [row.at, row.place],
        entry: {
          kind: activity.kind,
          key: `activity:${activity.id}`,
          at: row.at,
          user_id: activity.user_id,
          activity,
        },
      }
    })
  },
}
