import { CircleAlert, CircleCheck, CloudOff, Hourglass, RefreshCw, TriangleAlert } from 'lucide-react'
import { cx } from '../../ui/cx.ts'
import { type Look, lookOf, type SyncStatus } from './sync-model.ts'

const ICONS = { calm: CircleCheck, busy: RefreshCw, away: CloudOff, warn: TriangleAlert, bad: CircleAlert }
const TONES: Record<Look, string> = {
  calm: 'text-ok',
  busy: 'text-accent',
  away: 'text-muted',
  warn: 'text-warn',
  bad: 'text-bad',
}

/** The state in one sign; the words stand beside it. */
export function StateIcon({ status, className }: { status: SyncStatus; className?: string }) {
  const look = lookOf(status)
  const Icon = status.state === 'waiting' ? Hourglass : ICONS[look]
  return <Icon className={cx('shrink-0', TONES[look], className)} aria-hidden="true" />
}
