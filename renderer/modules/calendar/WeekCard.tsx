import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { WEEKDAY_NAMES } from '../../../shared/domain/calendar-names.ts'
import { allHours, areHours, type Hours, type WorkDay, type WorkingWeek } from '../../../shared/domain/working-week.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { useLanguage } from '../../ui/locale.ts'
import { Select } from '../../ui/Select.tsx'
import { DayHours } from './DayHours.tsx'
import { TimeField } from './TimeField.tsx'

const withHours = ([first, ...more]: readonly Hours[]): Partial<WorkDay> => ({ ...first, more })

const KINDS = ['working', 'half', 'off'] as const

/** When the business works: what the calendar shades, and what is said beside a day off. */
export function WeekCard({ week, dayBegins }: { week: WorkingWeek; dayBegins: number }) {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const canWrite = useCan('settings.write')
  const [edits, setEdits] = useState<Readonly<Record<number, Partial<WorkDay>>>>({})
  const [bad, setBad] = useState<Readonly<Record<string, boolean>>>({})
  const [begins, setBegins] = useState<number | null>(null)
  const save = useCommand(api.settings.updateBusiness, {
    message: () => t('week.saved'),
    onDone: () => {
      setEdits({})
      setBegins(null)
    },
  })
  const form = week.map((day, i) => ({ ...day, ...edits[i] }))
  const isWrong = (day: WorkDay) => day.kind !== 'off' && !areHours(allHours(day))
  /** Two PCs that change one of the two each do not collide. */
  const changed = () => ({ ...(isOtherWeek && { week: form }), ...(begins !== null && { day_begins: begins }) })
  const [first] = form
  /** Most shops keep the same hours every day but Thursday. */
  const likeFirst = () => {
    if (!first) return
    for (const [i, { kind }] of form.entries()) if (kind === 'working') set(i, withHours(allHours(first)))
  }
  const isOtherWeek = JSON.stringify(form) !== JSON.stringify(week)
  const canSave =
    canWrite &&
    (isOtherWeek || (begins ?? dayBegins) !== dayBegins) &&
    !form.some(isWrong) &&
    !Object.values(bad).some(Boolean) &&
    !save.isRunning
  const keys = useFormKeys({ onSave: () => canSave && void save.run(changed()) })
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
              {day.kind === 'off' ? null : (
                <DayHours
                  day={day}
                  name={name}
                  isDisabled={!canWrite}
                  onChange={(hours) => set(i, withHours(hours))}
                  onBad={(field, isBad) => setBad((before) => ({ ...before, [`${i} ${field}`]: isBad }))}
                />
              )}
            </div>
          )
        })}
        <TimeField
          label={t('week.dayBegins')}
          description={t('week.dayBeginsNote')}
          className="mt-2 w-72 max-w-full"
          value={begins ?? dayBegins}
          isDisabled={!canWrite}
          onChange={(minute) => minute !== null && setBegins(Math.min(minute, 1439))}
          onInvalidText={(text) => setBad((before) => ({ ...before, begins: text !== null }))}
        />
        {canWrite ? (
          <div className="mt-2 flex flex-wrap gap-2">
            <Button type="submit" variant="primary" kbd="F2" isDefault isDisabled={!canSave}>
              {t('common:save')}
            </Button>
            {first && first.kind !== 'off' ? <Button onPress={likeFirst}>{t('week.likeFirst')}</Button> : null}
          </div>
        ) : null}
      </form>
    </Card>
  )
}
