import type { z } from 'zod'
import { type activities, TIMELINE_KINDS, type TimelineEntry } from '../../../shared/contract/activities.ts'
import { parseQuery, textFtsQuery } from '../../../shared/domain/search-tokens.ts'
import type { Service } from '../../rpc/service.ts'
import { partyOf } from '../customers/record.ts'

type Timeline = Service<typeof activities>['timeline']

/** Where the page before ended, for each module by itself: the `place` of its last entry that was shown. */
type Position = Record<string, unknown>

interface Placed {
  module: string
  place: unknown
  entry: z.input<typeof TimelineEntry>
}

/** What all modules have of a party as one list, newest first; each is read by key, so the tenth page costs what the first did. */
export const timeline: Timeline = (ctx, { party_id, kinds = TIMELINE_KINDS, search, after, limit = 30 }) => {
  const party = partyOf(ctx.db, party_id)
  const query = search === undefined ? null : parseQuery(search)
  const asked = query && textFtsQuery(query) !== null ? query : null
  const position = readPosition(after)
  const lists = ctx.modules.flatMap(({ name, timeline: source }) => {
    const wanted = source?.kinds.filter((kind) => kinds.includes(kind)) ?? []
    if (!source || wanted.length === 0) return []
    const ask = { partyId: party.id, kinds: wanted, search: asked, after: position[name] ?? null, limit: limit + 1 }
    return [source.page(ctx, ask).map((one): Placed => ({ module: name, ...one }))]
  })
  const shown = merge(lists, limit)
  for (const { module, place } of shown) position[module] = place
  const more = lists.reduce((sum, list) => sum + list.length, 0) > shown.length
  return { entries: shown.map((one) => one.entry), next: more ? JSON.stringify(position) : null }
}

/**
 * The first of all lists, newest first; at the same instant an earlier list comes first: a note stands above the change that came with it.
 * Each list keeps its own order even where a wrong clock has mixed up the times, or paging by key would lose entries.
 */
function merge(lists: readonly Placed[][], limit: number): Placed[] {
  const out: Placed[] = []
  const heads = lists.map(() => 0)
  while (out.length < limit) {
    let best = -1
    lists.forEach((list, i) => {
      const one = list[heads[i]!]
      if (one && (best < 0 || one.entry.at > lists[best]![heads[best]!]!.entry.at)) best = i
    })
    if (best < 0) break
    out.push(lists[best]![heads[best]!]!)
    heads[best]!++
  }
  return out
}

function readPosition(text: string | undefined): Position {
  if (text === undefined) return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
  } catch {
    return {}
  }
}
