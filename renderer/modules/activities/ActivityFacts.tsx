import { Link } from '@tanstack/react-router'
import { Clock, Pin } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Activity } from '../../../shared/contract/activities.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Badge } from '../../ui/Badge.tsx'
import { useLanguage } from '../../ui/locale.ts'
import type { Tone } from '../../ui/tones.ts'
import { activityIcon } from './kind-icons.tsx'

const TONES: Record<Activity['kind'], Tone> = {
  note: 'neutral',
  call: 'accent',
  meeting: 'violet',
  visit: 'ok',
  message: 'accent',
}

/** What it was, in one badge: «تماس ورودی», «پیام واتساپ». */
export function ActivityHead({ activity }: { activity: Activity }) {
  const { t } = useTranslation('activities')
  const { kind, direction, channel, pinned } = activity
  const name =
    kind === 'message' && channel
      ? t(`channelMessage.${channel}`)
      : kind === 'call' && direction
        ? t(`callName.${direction}`)
        : t(`kind.${kind}`)
  return (
    <>
      <Badge tone={direction === 'missed' ? 'warn' : TONES[kind]} icon={activityIcon(kind, direction)}>
        {name}
      </Badge>
      {kind === 'message' && direction === 'in' ? <span className="text-xs text-muted">{t('received')}</span> : null}
      {pinned ? <Pin className="size-3.5 shrink-0 text-accent" role="img" aria-label={t('pinned')} /> : null}
    </>
  )
}

/** What came of it, how long it took and who else was there; nothing where none of it is known. */
export function ActivityFacts({ activity, partyId }: { activity: Activity; partyId: string }) {
  const { t } = useTranslation('activities')
  const language = useLanguage()
  const { outcome, minutes, parties } = activity
  const others = parties.filter((party) => party.id !== partyId)
  if (!outcome && minutes === null && others.length === 0) return null
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.8125rem] text-muted">
      {outcome ? (
        <Badge tone="ok">
          <bdi className="private-text">{outcome.name}</bdi>
        </Badge>
      ) : null}
      {minutes === null ? null : (
        <span className="inline-flex items-center gap-1">
          <Clock className="size-3.5" aria-hidden="true" />
          {t('took', { count: minutes, n: formatNumber(minutes, language) })}
        </span>
      )}
      {others.length > 0 ? (
        <span>
          {t('with')}{' '}
          {others.map((party, i) => (
            <span key={party.id}>
              {i > 0 ? t('comma') : null}
              <Link
                {...({ to: '/customers/$id', params: { id: party.id } } as unknown as { to: '/' })}
                className="text-accent hover:underline"
              >
                <bdi>{party.name || t('nameless')}</bdi>
              </Link>
            </span>
          ))}
        </span>
      ) : null}
    </p>
  )
}
