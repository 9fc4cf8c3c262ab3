import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { CHANNELS, DIRECTIONS_OF, HAS_MINUTES, MOST_MINUTES } from '../../../shared/domain/activity.ts'
import { ComboBox } from '../../ui/ComboBox.tsx'
import { cx } from '../../ui/cx.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { TagInput } from '../../ui/TagInput.tsx'
import { WhenField } from '../../ui/WhenField.tsx'
import { isYetToCome, type LogForm, usualDirection } from './log-model.ts'
import { partyChoices } from './party-choices.ts'
import { useOutcomes } from './use-outcomes.ts'

/** What is known of an activity besides its words: which way, what came of it, how long, when, who else. Only what the kind has. */
export function LogFields(props: {
  form: LogForm
  partyId: string
  isBrief?: boolean
  onChange: (part: Partial<LogForm>) => void
  /** A moment that could not be read, or null. */
  onBadWhen: (text: string | null) => void
  /** Minutes that could not be read, or null: what was written must not be dropped unsaid. */
  onBadMinutes: (text: string | null) => void
}) {
  const { form, partyId, isBrief, onChange, onBadWhen, onBadMinutes } = props
  const { t } = useTranslation('activities')
  const { outcomes, add } = useOutcomes()
  const directions = DIRECTIONS_OF[form.kind]
  const direction = form.direction ?? usualDirection(form.kind)
  const others = useCallback(
    async (text: string, signal: AbortSignal) => (await partyChoices(text, signal)).filter((c) => c.id !== partyId),
    [partyId],
  )
  return (
    <>
      {directions.length > 0 ? (
        <SegmentedControl
          label={t('direction.label')}
          value={direction ?? 'out'}
          onChange={(next) => {
            // A missed call has no minutes to be wrong about.
            if (next === 'missed') onBadMinutes(null)
            onChange({ direction: next })
          }}
          options={directions.map((id) => ({ id, label: t(`direction.${id}`) }))}
        />
      ) : null}
      <div className={cx('grid items-start gap-x-3 gap-y-2', isBrief ? 'grid-cols-1' : 'grid-cols-2')}>
        {form.kind === 'message' ? (
          <Select
            label={t('channel.label')}
            isClearable
            value={form.channel}
            onChange={(channel) => onChange({ channel })}
            options={CHANNELS.map((id) => ({ id, label: t(`channel.${id}`) }))}
          />
        ) : null}
        {form.kind === 'note' ? null : (
          <ComboBox
            label={t('outcome')}
            placeholder={t('outcomePlaceholder')}
            choices={outcomes}
            value={form.outcome}
            onChange={(value) => onChange({ outcome: value?.id ? { id: value.id, label: value.label } : null })}
            onCreate={add && ((name) => void add(name).then((made) => made && onChange({ outcome: made })))}
          />
        )}
        {HAS_MINUTES.has(form.kind) && direction !== 'missed' ? (
          <NumberField
            label={t('minutes')}
            min={1}
            max={MOST_MINUTES}
            step={5}
            suffix={t('minuteUnit')}
            value={form.minutes}
            onChange={(minutes) => onChange({ minutes })}
            onInvalidText={onBadMinutes}
          />
        ) : null}
        <WhenField
          label={t('when')}
          placeholder={t('now')}
          value={form.when}
          onChange={(when) => onChange({ when })}
          onInvalidText={onBadWhen}
          error={isYetToCome(form.when, Date.now()) ? t('errors:NOT_YET') : undefined}
        />
        <TagInput
          label={t('others')}
          placeholder={t('othersPlaceholder')}
          choices={others}
          value={form.others}
          onChange={(list) => onChange({ others: list })}
        />
      </div>
    </>
  )
}
