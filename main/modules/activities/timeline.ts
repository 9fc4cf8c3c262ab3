import type { z } from 'zod'
import type { activities, TimelineEntry } from '../../../shared/contract/activities.ts'
import { KIND, tableByName } from '../../../shared/sync/manifest.ts'
import type { Ctx } from '../../engine/context.ts'
import type { Service } from '../../rpc/service.ts'
import { partyOf } from '../customers/record.ts'
import { changesOfParty } from '../history/party-changes.ts'

type Timeline = Service<typeof activities>['timeline']
type Entry = z.input<typeof TimelineEntry>

/** Fields of one change an entry carries: an import or a full form writes dozens, the history page has them all. */
const FIELDS = 40

const ACTIVITY = tableByName('activity')!
const BODY = ACTIVITY.fields.find((f) => f.name === 'body')!.id

/** Where the page before ended, for each kind by itself; undefined: not begun, null: at its end. */
interface Position {
  /** at and pk of the last note. */
  note?: [at: number, pk: number]
  /** Number of the last change. */
  change?: number
}

/** Notes and changes of a party as one list, newest first; both are read by key, so the tenth page costs what the first did. */
export const timeline: Timeline = (ctx, { party_id, kinds = ['note', 'change'], after, limit = 30 }) => {
  const party = partyOf(ctx.db, party_id)
  const position = readPosition(after)
  const notes = kinds.includes('note') ? notesOf(ctx, party.id, position.note, limit + 1) : []
  const changes = kinds.includes('change') ? changesAsEntries(ctx, party.id, position.change, limit + 1) : []
  const shown = merge(notes, changes, limit)
  for (const { note, change } of shown) {
    if (note) position.note = note
    if (change !== undefined) position.change = change
  }
  const more = notes.length + changes.length > shown.length
  return { entries: shown.map((m) => m.entry), next: more ? JSON.stringify(position) : null }
}

interface Placed extends Position {
  entry: Entry
}

/**
 * The first of both lists, newest first; at the same instant a note stands above the change that came with it. Each list keeps its own
 * order even where a wrong clock has mixed up the times, or paging by key would lose entries.
 */
function merge(notes: readonly Placed[], changes: readonly Placed[], limit: number): Placed[] {
  const out: Placed[] = []
  for (let n = 0, c = 0; out.length < limit; ) {
    const note = notes[n]
    const change = changes[c]
    if (!note && !change) break
    if (note && (!change || note.entry.at >= change.entry.at)) {
      out.push(note)
      n++
    } else if (change) {
      out.push(change)
      c++
    }
  }
  return out
}

function notesOf(ctx: Ctx, partyId: string, after: Position['note'], limit: number): Placed[] {
  const rows = ctx.db
    .prepare(
      `SELECT x.pk AS place, x.at, a.id, a.body, a.user_id, a.pinned,
         EXISTS (SELECT 1 FROM change c WHERE c.tbl = ${ACTIVITY.id} AND c.row = a.pk AND c.kind = ${KIND.patch}
           AND json_extract(c.f, '$."${BODY}"') IS NOT NULL) AS edited
       FROM activity_party x INDEXED BY activity_party_timeline CROSS JOIN activity a ON a.id = x.activity_id
       WHERE x.party_id = ? AND (x.at, x.pk) < (?, ?) AND x.deleted = 0 AND a.deleted = 0 AND a.kind = 'note'
       ORDER BY x.at DESC, x.pk DESC LIMIT ?`,
    )
    .all(partyId, after?.[0] ?? Number.MAX_SAFE_INTEGER, after?.[1] ?? 0, limit) as Array<{
    place: number
    at: number
    id: string
    body: string | null
    user_id: string | null
    pinned: number
    edited: number
  }>
  return rows.map(({ place, at, id, body, user_id, pinned, edited }) => ({
    note: [at, place],
    entry: {
      kind: 'note',
      key: `note:${id}`,
      at,
      user_id,
      note: { id, body: body ?? '', at, user_id, pinned: pinned === 1, edited: edited === 1 },
    },
  }))
}

function changesAsEntries(ctx: Ctx, partyId: string, before: number | undefined, limit: number): Placed[] {
  return changesOfParty(ctx, partyId, { ...(before !== undefined && { before }), limit }).map((c) => ({
    change: c.change,
    entry: {
      kind: 'change',
      key: `change:${c.change}`,
      at: c.at,
      user_id: c.user_id,
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
}

function readPosition(text: string | undefined): Position {
  if (text === undefined) return {}
  try {
    const value = JSON.parse(text) as Position
    const out: Position = {}
    if (Array.isArray(value.note) && value.note.every(Number.isSafeInteger)) out.note = [value.note[0], value.note[1]]
    if (Number.isSafeInteger(value.change)) out.change = value.change as number
    return out
  } catch {
    return {}
  }
}
