import type { TFunction } from 'i18next'
import { formatDateTime, formatNumber, type Lang } from '../../../shared/domain/format.ts'
import type { Inputs, Outputs } from '../../api/client.ts'

export type SyncStatus = Outputs['sync']['status']
export type Conflict = Outputs['sync']['conflicts']['list']['items'][number]
export type Side = Conflict['win']
export type Parked = Outputs['sync']['parked']['list']['items'][number]
export type Opened = Outputs['sync']['sealed']['opened']['items'][number]
export type Met = Outputs['sync']['met']['items'][number]
export type Device = Outputs['sync']['devices']['list'][number]

export type Member = Outputs['sync']['members']['list']['members'][number]
/** What an owner chooses from. */
export type Share = Inputs['sync']['members']['share']['share']

export const whenText = (at: number, language: Lang): string => formatDateTime(at, Date.now(), language)

/** What somebody has to look at in the tray. */
export const toChoose = (status: SyncStatus): number => status.conflicts + status.parked + status.met

/** These go on only with a new code. */
const LOST = new Set<SyncStatus['code']>(['no_keys', 'unknown_device', 'revoked', 'reuse'])
export const isCutOff = ({ code }: SyncStatus): boolean => LOST.has(code)

export type Look = 'calm' | 'busy' | 'away' | 'warn' | 'bad'
const LOOK: Record<SyncStatus['state'], Look> = {
  off: 'calm',
  sent: 'calm',
  waiting: 'busy',
  sending: 'busy',
  receiving: 'busy',
  offline: 'away',
  clock: 'warn',
  attention: 'warn',
  revoked: 'bad',
}
export const lookOf = ({ state }: SyncStatus): Look => LOOK[state]

/** The state in a few words, as the chip has room for. */
export function stateText(t: TFunction, status: SyncStatus, language: Lang): string {
  const n = (value: number) => formatNumber(value, language)
  const { state, waiting, offline_since } = status
  if (state === 'waiting') return t('sync:state.waiting', { count: waiting, n: n(waiting) })
  if (state === 'offline') return t('sync:state.offline', { at: whenText(offline_since ?? Date.now(), language) })
  const choices = toChoose(status)
  // A trouble has a code, and goes before what can wait.
  if (state === 'attention' && choices > 0 && status.code === null)
    return t('sync:state.choose', { count: choices, n: n(choices) })
  return t(`sync:state.${state}`)
}

/** How wrong this PC's clock is, in the largest unit that fits. @param offset ms to add to it */
export function clockText(t: TFunction, offset: number, language: Lang): string {
  const minutes = Math.round(Math.abs(offset) / 60_000)
  const [unit, count] =
    minutes < 120
      ? (['minutes', minutes] as const)
      : minutes < 2_880
        ? (['hours', Math.round(minutes / 60)] as const)
        : (['days', Math.round(minutes / 1_440)] as const)
  const span = t(`sync:panel.${unit}`, { count, n: formatNumber(count, language) })
  return t(offset > 0 ? 'sync:panel.clockBehind' : 'sync:panel.clockAhead', { span })
}

/** Columns that only hold rows together: nobody chooses between two of them. */
const SILENT = new Set([
  'id',
  'created_at',
  'party_id',
  'activity_id',
  'task_id',
  'series_id',
  'from_id',
  'a_id',
  'position',
  'e164',
  'key',
  'local_date',
  'rule_date',
])
export const isTold = ({ field }: { field: string }): boolean => !SILENT.has(field)

const LONG = 60
/** Two versions of one writing, to be shown with their lines and differences; a rewind does not say of what kind its field is. */
export function isLongText({ class: of, win, lose }: Conflict): boolean {
  const isLong = ({ value }: Side) => typeof value === 'string' && (value.length > LONG || value.includes('\n'))
  return of === 'text' || (of === 'rewind' && (isLong(win) || isLong(lose)))
}

/** What is chosen at once: fields that belong together, or all the edits of something that was deleted meanwhile, once or again and again. */
export interface Choice {
  key: string
  first: Conflict
  all: readonly Conflict[]
  /** The values that lost, each with the fields it was written to: one for each who wrote apart. */
  others: readonly (readonly Conflict[])[]
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const isRow = ({ class: of }: Conflict) => of === 'set' || of === 'edited_deleted'

/** Somebody wrote there again since, or chose a third value: what stands now is none of the two. */
export const isLater = (c: Conflict): boolean => !isRow(c) && !same(c.now, c.win.value)

function othersOf(all: readonly Conflict[]): Conflict[][] {
  if (isRow(all[0]!)) return [[...all]]
  const writers = Map.groupBy(all, ({ lose }) => `${lose.at} ${lose.user_id} ${lose.device_name} ${lose.here}`)
  const told = new Set<string>()
  return [...writers.values()].filter((one) => {
    // The same value once, and not what stands there anyway.
    const values = JSON.stringify(one.map(({ field, lose }) => [field, lose.value]))
    const isNew = !told.has(values) && one.some((c) => !same(c.now, c.lose.value))
    told.add(values)
    return isNew
  })
}

export function choicesOf(conflicts: readonly Conflict[]): Choice[] {
  const choices = Map.groupBy(conflicts, ({ choice }) => choice)
  return [...choices].map(([key, all]) => {
    const sorted = all.sort((a, b) => (a.field < b.field ? -1 : 1))
    return { key, all: sorted, first: (sorted.find(isTold) ?? sorted[0])!, others: othersOf(sorted) }
  })
}
