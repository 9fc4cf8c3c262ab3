import {
  CalendarClock,
  MapPin,
  MessageSquareText,
  NotebookPen,
  Phone,
  PhoneIncoming,
  PhoneMissed,
  PhoneOutgoing,
  Users,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { ActivityKind, Direction } from '../../../shared/domain/activity.ts'

const ICONS: Record<ActivityKind, ReactNode> = {
  note: <NotebookPen />,
  call: <Phone />,
  meeting: <Users />,
  visit: <MapPin />,
  message: <MessageSquareText />,
}

export const kindIcon = (kind: ActivityKind): ReactNode => ICONS[kind]

/** A call shows which way it went. */
export function activityIcon(kind: ActivityKind, direction: Direction | null): ReactNode {
  if (kind !== 'call' || direction === null) return ICONS[kind]
  return { in: <PhoneIncoming />, out: <PhoneOutgoing />, missed: <PhoneMissed /> }[direction]
}

export const NextIcon = CalendarClock
