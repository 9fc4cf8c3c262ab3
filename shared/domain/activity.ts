/** What an activity can be. A note is kept in the book; the others are contacts with the customer. */
export const ACTIVITY_KINDS = ['note', 'call', 'meeting', 'visit', 'message'] as const
export type ActivityKind = (typeof ACTIVITY_KINDS)[number]

/** Who began; `missed` only of a call. */
export const DIRECTIONS = ['out', 'in', 'missed'] as const
export type Direction = (typeof DIRECTIONS)[number]
export const DIRECTIONS_OF: Readonly<Record<ActivityKind, readonly Direction[]>> = {
  note: [],
  call: ['out', 'in', 'missed'],
  meeting: [],
  visit: [],
  message: ['out', 'in'],
}

/** Of a message. */
export const CHANNELS = [
  'sms',
  'whatsapp',
  'telegram',
  'bale',
  'eitaa',
  'rubika',
  'instagram',
  'email',
  'letter',
  'in_person',
] as const
export type Channel = (typeof CHANNELS)[number]

/** How long it took can be said of these. */
export const HAS_MINUTES: ReadonlySet<ActivityKind> = new Set<ActivityKind>(['call', 'meeting', 'visit'])

/** The longest anything takes: a day. */
export const MOST_MINUTES = 1440

/** Columns that only some kinds have, without what does not belong to this kind: a note that was a call has no direction left. */
export function fitting<T extends { direction?: Direction | null; channel?: Channel | null; minutes?: number | null }>(
  kind: ActivityKind,
  values: T,
): { direction: Direction | null; channel: Channel | null; minutes: number | null } {
  const [usual = null] = DIRECTIONS_OF[kind]
  const direction = values.direction && DIRECTIONS_OF[kind].includes(values.direction) ? values.direction : usual
  return {
    direction,
    channel: kind === 'message' ? (values.channel ?? null) : null,
    minutes: HAS_MINUTES.has(kind) && direction !== 'missed' ? (values.minutes ?? null) : null,
  }
}
