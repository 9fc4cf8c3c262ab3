import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { WEEKDAY_NAMES } from '../../../shared/domain/calendar-names.ts'
import type { WorkDay, WorkingWeek } from '../../../shared/domain/working-week.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { useLanguage } from '../../ui/locale.ts'
import { Select } from '../../ui/Select.tsx'
import { TimeField } from './TimeField.tsx'

const KINDS = ['working', 'half', 'off'] as const

/** When the business works: what the calendar shades, and what is said beside a day off. */
export function WeekCard({ week }: { week: WorkingWeek }) {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const canWrite = useCan('settings.write')
  const [edits, setEdits] = useState<Readonly<Record<number, Partial<WorkDay>>>>({})
  const [bad, setBad] = useState<Readonly<Record<string, boolean>>>({})
  const save = useCommand(api.settings.updateBusiness, {
    message: () => t('week.saved'),
    onDone: () => setEdits({}),
  })
  const form = week.map((day, i) => ({ ...day, ...edits[i] }))
  const isWrong = ({ kind, from, to }: WorkDay) => kind !== 'off' && from >= to
  const canSave =
    canWrite &&
    JSON.stringify(form) !== JSON.stringify(week) &&
    !form.some(isWrong) &&
    !Object.values(bad).some(Boolean) &&
    !save.isRunning
  const keys = useFormKeys({ onSave: () => canSave && void save.run({ week: form }) })
  const set = (i: number, part: Partial<WorkDay>) =>
    setEdits((before) => ({ ...before, [i]: { ...before[i], ...part } }))
  return (
    <Card title={t('week.title')}>
      <p className="mb-3 text-muted">{t('week.lead')}</p>
      <form {...keys} className="flex flex-col gap-2">
        {form.map((day, i) => {
          const name = WEEKDAY_NAMES[language][i] ?? ''
          return (
            // biome-ignore lint/a11y/useSemanticElements: a row of fields, which a fieldset would box in
            <div key={name} role="group" aria-label={name} className="flex flex-wrap items-start gap-3">
              <span className="w-24 shrink-0 pt-1.5 font-semibold">{name}</span>
              <Select
                label={t('week.kindOf', { day: name })}
                labelHidden
                className="w-36"
                value={day.kind}
                onChange={(kind) => kind && set(i, { kind })}
                isDisabled={!canWrite}
                options={KINDS.map((id) => ({ id, label: t(`week.${id}`) }))}
              />
              {day.kind === 'off'
                ? null
                : (['from', 'to'] as const).map((end) => (
                    <TimeField
                      key={end}
                      label={t(`week.${end}Of`, { day: name })}
                      labelHidden
                      className="w-28"
                      value={day[end]}
                      isDisabled={!canWrite}
                      onChange={(minute) => minute !== null && set(i, { [end]: minute })}
                      onInvalidText={(text) => setBad((before) => ({ ...before, [`${i} ${end}`]: text !== null }))}
                      error={end === 'to' && isWrong(day) ? t('week.backwards') : undefined}
                    />
                  ))}
            </div>
          )
        })}
        {canWrite ? (
          <div className="mt-2">
            <Button type="submit" variant="primary" kbd="F2" isDefault isDisabled={!canSave}>
              {t('common:save')}
            </Button>
          </div>
        ) : null}
      </form>
    </Card>
  )
}
