import { Clock, ListTodo } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import {
  ACTIVITY_KINDS,
  type ActivityKind,
  CHANNELS,
  DIRECTIONS_OF,
  HAS_MINUTES,
  MOST_MINUTES,
} from '../../../shared/domain/activity.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Badge } from '../../ui/Badge.tsx'
import { ComboBox } from '../../ui/ComboBox.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { activityIcon, kindIcon } from '../activities/kind-icons.tsx'
import { usualDirection } from '../activities/log-model.ts'
import { useOutcomes } from '../activities/use-outcomes.ts'
import type { Entry, Fixes } from './line-model.ts'

const PLAN = 'plan'

/** What it was, which way, how long and what came of it: «تماس ما»، «۱۰ دقیقه»، «جواب نداد». */
export function WhatValue({ entry: { happened, form } }: { entry: Entry }) {
  const { t } = useTranslation('activities')
  const language = useLanguage()
  const { kind, direction, channel, minutes, outcome } = form
  if (!happened) return <Badge icon={<ListTodo />}>{t('quicklog:plan')}</Badge>
  const name =
    kind === 'message' && channel
      ? t(`channelMessage.${channel}`)
      : kind === 'call' && direction
        ? t(`callName.${direction}`)
        : t(`kind.${kind}`)
  return (
    <>
      <Badge
        tone={direction === 'missed' ? 'warn' : kind === 'note' ? 'neutral' : 'accent'}
        icon={activityIcon(kind, direction)}
      >
        {name}
      </Badge>
      {kind === 'message' && direction === 'in' ? <span className="text-xs text-muted">{t('received')}</span> : null}
      {minutes === null ? null : (
        <span className="inline-flex items-center gap-1 text-[0.8125rem] text-muted">
          <Clock className="size-3.5" aria-hidden="true" />
          {t('took', { count: minutes, n: formatNumber(minutes, language) })}
        </span>
      )}
      {outcome ? <Badge tone="ok">{outcome.label}</Badge> : null}
    </>
  )
}

export function WhatFields({ entry, onFix }: { entry: Entry; onFix: (part: Fixes) => void }) {
  const { t } = useTranslation('activities')
  const { outcomes, add } = useOutcomes()
  const { happened, form } = entry
  const { kind } = form
  const directions = DIRECTIONS_OF[kind]
  const direction = form.direction ?? usualDirection(kind)
  const choose = (id: ActivityKind | typeof PLAN) =>
    onFix(id === PLAN ? { happened: false } : { happened: true, kind: id })
  return (
    <>
      <SegmentedControl
        label={t('kindLabel')}
        value={happened ? kind : PLAN}
        onChange={choose}
        options={[
          ...ACTIVITY_KINDS.map((id) => ({ id, label: t(`kind.${id}`), icon: kindIcon(id) })),
          { id: PLAN, label: t('quicklog:plan'), icon: <ListTodo /> },
        ]}
      />
      {happened && directions.length > 0 ? (
        <SegmentedControl
          label={t('direction.label')}
          value={direction ?? 'out'}
          onChange={(next) => onFix({ direction: next })}
          options={directions.map((id) => ({ id, label: t(`direction.${id}`) }))}
        />
      ) : null}
      {happened && kind !== 'note' ? (
        <div className="grid grid-cols-2 items-start gap-x-3 gap-y-2">
          {kind === 'message' ? (
            <Select
              label={t('channel.label')}
              isClearable
              value={form.channel}
              onChange={(channel) => onFix({ channel })}
              options={CHANNELS.map((id) => ({ id, label: t(`channel.${id}`) }))}
            />
          ) : null}
          <ComboBox
            label={t('outcome')}
            placeholder={t('outcomePlaceholder')}
            choices={outcomes}
            value={form.outcome}
            onChange={(value) => onFix({ outcome: value?.id ? { id: value.id, label: value.label } : null })}
            onCreate={
              add &&
              ((name) => void add(name).then((made) => made && onFix({ outcome: { id: made.id, label: made.label } })))
            }
          />
          {HAS_MINUTES.has(kind) && direction !== 'missed' ? (
            <NumberField
              label={t('minutes')}
              min={1}
              max={MOST_MINUTES}
              step={5}
              suffix={t('minuteUnit')}
              value={form.minutes}
              onChange={(minutes) => onFix({ minutes })}
            />
          ) : null}
        </div>
      ) : null}
    </>
  )
}
