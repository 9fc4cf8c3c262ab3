import { ACTIVITY_KINDS } from '../../../shared/domain/activity.ts'
import { textAnswers } from '../../../shared/domain/search-tokens.ts'
import type { Ctx } from '../../engine/context.ts'
import type { TimelineAsk, TimelineSource } from '../module.ts'
import { readActivities } from './read.ts'

/** Where it stands in activity_party_timeline. */
type Place = [at: number, pk: number]
interface Row {
  at: number
  place: number
  pk: number
  body: string | null
}

/** Rows looked through at a time for words. */
const CHUNK = 500

const isPlace = (value: unknown): value is Place =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isSafeInteger)

/** Walks the activities of one customer by index, newest first. */
export const activityTimeline: TimelineSource = {
  kinds: ACTIVITY_KINDS,
  page(ctx, ask) {
    const rows = found(ctx, ask)
    const activities = readActivities(
      ctx.db,
      rows.map((row) => row.pk),
    )
    return rows.map((row, i) => {
      const activity = activities[i]!
      const { id, kind, user_id } = activity
      return {
        place: [row.at, row.place],
        entry: { kind, key: `activity:${id}`, at: row.at, user_id, activity },
      }
    })
  },
}

/**
 * Words are looked for in the texts themselves and not in the search index: that would gather every note of the book that has a word beginning
 * so, for each of the few this customer has.
 */
function found(ctx: Ctx, ask: TimelineAsk): Row[] {
  const start: Place = isPlace(ask.after) ? ask.after : [Number.MAX_SAFE_INTEGER, 0]
  if (!ask.search) return walk(ctx, ask, start, ask.limit)
  const answers = textAnswers(ask.search)
  const out: Row[] = []
  for (let from = start; out.length < ask.limit; ) {
    const rows = walk(ctx, ask, from, CHUNK)
    out.push(...rows.filter((row) => row.body !== null && answers(row.body)))
    const last = rows.at(-1)
    if (!last || rows.length < CHUNK) break
    from = [last.at, last.place]
  }
  return out.slice(0, ask.limit)
}

function walk(ctx: Ctx, { partyId, kinds }: TimelineAsk, [at, pk]: Place, limit: number): Row[] {
  const some = kinds.length < ACTIVITY_KINDS.length
  return ctx.db
    .prepare(
      `SELECT x.at, x.pk AS place, a.pk, a.body FROM activity_party x INDEXED BY activity_party_timeline CROSS JOIN activity a ON a.id = x.activity_id
       WHERE x.party_id = ? AND (x.at, x.pk) < (?, ?) AND x.deleted = 0 AND a.deleted = 0
       ${some ? 'AND a.kind IN (SELECT value FROM json_each(?))' : ''}
       ORDER BY x.at DESC, x.pk DESC LIMIT ?`,
    )
    .all(partyId, at, pk, ...(some ? [JSON.stringify(kinds)] : []), limit) as Row[]
}
