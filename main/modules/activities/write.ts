import { type ActivityKind, type Channel, type Direction, fitting } from '../../../shared/domain/activity.ts'
import { dayOf } from '../../../shared/domain/jalali.ts'
import { byId, insert, patch, type Row, remove } from '../../db/rows.ts'
import type { Tx } from '../../db/write.ts'
import { fail } from '../../rpc/errors.ts'
import { refreshContactDatesTx } from '../customers/contact-dates.ts'
import { partyIdOf } from '../customers/record.ts'
import { setMentions } from './mentions.ts'
import { deriveNote, indexNewNote } from './note-index.ts'
import { activity, activityParty } from './table.ts'

/** What happened. Columns that the kind does not have are passed over. */
export interface NewActivity {
  kind: ActivityKind
  /** With whom, the first the one it is about; at least one. */
  party_ids: readonly string[]
  direction?: Direction | null | undefined
  channel?: Channel | null | undefined
  /** list_item of the list 'outcome'. */
  outcome_id?: string | null | undefined
  minutes?: number | null | undefined
  /** Tidied; only a note must have some. */
  body?: string | undefined
  /** Epoch ms; now when absent. */
  at?: number | undefined
  /** Colleagues to be told besides those whom the text names with @. */
  mentions?: readonly string[] | undefined
  /** The task that it did. */
  task_id?: string | null | undefined
  /** What it was for, where that is asked for later. */
  occasion?: 'birthday' | undefined
  /** Who did it; whoever writes it when absent. */
  user_id?: string | null | undefined
}

/** Writes down what happened; the way in for other modules and the import. Fails with NOT_FOUND, NOTHING_WRITTEN. */
export function addActivityTx(tx: Tx, given: NewActivity): { pk: number; id: string } {
  const { kind, body = '', at = tx.now, outcome_id, task_id } = given
  if (kind === 'note' && body === '') fail('NOTHING_WRITTEN')
  const parties = partiesOf(tx, given.party_ids)
  if (outcome_id) mustBeOutcome(tx, outcome_id)
  const row = insert(tx, activity, {
    kind,
    body: body === '' ? undefined : body,
    at,
    local_date: dayOf(at),
    user_id: given.user_id === undefined ? (tx.ctx.user?.id ?? null) : given.user_id,
    outcome_id: outcome_id ?? undefined,
    task_id: task_id ?? undefined,
    occasion: given.occasion,
    ...withoutNulls(fitting(kind, stated(given))),
  })
  for (const party_id of parties) insert(tx, activityParty, { activity_id: row.id, party_id, at })
  if (body.includes('@') || given.mentions?.length) setMentions(tx, row.id, body, given.mentions)
  indexNewNote(tx, row.pk, body)
  if (kind !== 'note') refreshContactDatesTx(tx, parties)
  return row
}

export interface NewNote {
  party_id: string
  /** Tidied, not empty. */
  body: string
  /** Epoch ms; now when absent. */
  at?: number | undefined
}

/** A note about one customer. Fails with NOT_FOUND. */
export function addNoteTx(tx: Tx, { party_id, ...note }: NewNote): string {
  return addActivityTx(tx, { kind: 'note', party_ids: [party_id], ...note }).id
}

export type ActivityPatch = {
  [K in keyof Omit<NewActivity, 'mentions' | 'user_id' | 'occasion'>]?: NewActivity[K] | undefined
} & { pinned?: boolean | undefined }

/** Writes what was given; what belongs to another kind goes when the kind changes. False when nothing differed. Fails with NOT_FOUND, NOTHING_WRITTEN. */
export function updateActivityTx(tx: Tx, id: string, given: ActivityPatch): boolean {
  const before = living(tx, id)
  const kind = given.kind ?? (before.kind as ActivityKind)
  const body = given.body ?? before.body ?? ''
  if (kind === 'note' && body === '') fail('NOTHING_WRITTEN')
  if (given.outcome_id && given.outcome_id !== before.outcome_id) mustBeOutcome(tx, given.outcome_id)
  const was = partyIdsOf(tx, id)
  let changed = patch(tx, activity, id, {
    kind,
    body: given.body === undefined ? undefined : given.body || null,
    at: given.at,
    local_date: given.at === undefined ? undefined : dayOf(given.at),
    outcome_id: given.outcome_id,
    task_id: given.task_id,
    pinned: given.pinned === undefined ? undefined : given.pinned ? 1 : 0,
    ...fitting(kind, {
      ...(before as { direction: Direction | null; channel: Channel | null; minutes: number | null }),
      ...stated(given),
    }),
  })
  if (given.party_ids) changed = setParties(tx, id, given.at ?? before.at, given.party_ids, was) || changed
  if (!changed) return false
  if (given.body !== undefined) setMentions(tx, id, body)
  deriveNote(tx, before.pk)
  refreshContactDatesTx(tx, [...was, ...partyIdsOf(tx, id)])
  return true
}

/** Fails with NOT_FOUND. */
export function removeActivityTx(tx: Tx, id: string): void {
  const row = living(tx, id)
  remove(tx, activity, id)
  deriveNote(tx, row.pk)
  refreshContactDatesTx(tx, partyIdsOf(tx, id))
}

function living(tx: Tx, id: string): Row<typeof activity> {
  const row = byId(tx.db, activity, id)
  return row === undefined || row.deleted === 1 ? fail('NOT_FOUND', { kind: 'activity' }) : row
}

/** Ids of the customers meant, each once; merged ones by the one they went into. */
const partiesOf = (tx: Tx, ids: readonly string[]) => [...new Set(ids.map((id) => partyIdOf(tx.db, id)))]

function partyIdsOf(tx: Tx, id: string): string[] {
  const rows = tx.db
    .prepare('SELECT party_id FROM activity_party WHERE activity_id = ? AND deleted = 0 ORDER BY pk')
    .all(id)
  return (rows as Array<{ party_id: string }>).map((row) => row.party_id)
}

function setParties(tx: Tx, id: string, at: number, given: readonly string[], was: readonly string[]): boolean {
  const wanted = partiesOf(tx, given)
  let changed = false
  const find = tx.db.prepare('SELECT id FROM activity_party WHERE activity_id = ? AND party_id = ? AND deleted = 0')
  for (const party_id of was) {
    if (wanted.includes(party_id)) continue
    for (const row of find.all(id, party_id) as Array<{ id: string }>)
      changed = remove(tx, activityParty, row.id) || changed
  }
  for (const party_id of wanted) {
    if (was.includes(party_id)) continue
    insert(tx, activityParty, { activity_id: id, party_id, at })
    changed = true
  }
  return changed
}

function mustBeOutcome(tx: Tx, id: string): void {
  const found = tx.db.prepare("SELECT 1 FROM list_item WHERE id = ? AND list = 'outcome' AND deleted = 0").get(id)
  if (!found) fail('NOT_FOUND', { kind: 'list_item' })
}

/** Only what was given: undefined leaves alone. */
const stated = ({ direction, channel, minutes }: Pick<ActivityPatch, 'direction' | 'channel' | 'minutes'>) => ({
  ...(direction !== undefined && { direction }),
  ...(channel !== undefined && { channel }),
  ...(minutes !== undefined && { minutes }),
})

/** A column left to its default is not written to the log. */
const withoutNulls = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as {
    [K in keyof T]?: NonNullable<T[K]>
  }
