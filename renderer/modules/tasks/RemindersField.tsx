import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { DEFAULT_DAY_BEGINS } from '../../../shared/domain/working-week.ts'
import { useBusiness } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Menu } from '../../ui/Menu.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { formatMinute } from '../../ui/when-text.ts'
import { REMIND_BEFORE, spanOf } from './tasks-model.ts'

/** When the bell rings, counted back from the task. */
export function RemindersField(props: {
  value: readonly number[]
  hasTime: boolean
  hasDay: boolean
  onChange: (value: number[]) => void
}) {
  const { value, hasTime, hasDay, onChange } = props
  const { t } = useTranslation('tasks')
  const language = useLanguage()
  const time = formatMinute(useBusiness()?.day_begins ?? DEFAULT_DAY_BEGINS, language)
  const words = (minutes: number) => {
    const { unit, n } = spanOf(minutes)
    if (minutes === 0) return hasTime ? t('before.atTime') : t('before.atBegin', { time })
    const span = t(`before.${unit}`, { count: n, n: formatNumber(n, language) })
    return hasTime ? span : t('before.fromBegin', { span, time })
  }
  const left = REMIND_BEFORE.filter((minutes) => !value.includes(minutes))
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-[0.8125rem] text-muted">{t('form.reminders')}</legend>
      <div className="flex flex-wrap items-center gap-1.5">
        {value.map((minutes) => (
          <Tag
            key={minutes}
            label={words(minutes)}
            onRemove={() => onChange(value.filter((other) => other !== minutes))}
          />
        ))}
        <Menu
          label={t('form.addReminder')}
          trigger={
            <Button size="sm" icon={<Plus className="size-3.5" />} isDisabled={!hasDay || left.length === 0}>
              {t('form.addReminder')}
            </Button>
          }
          items={left.map((minutes) => ({
            id: String(minutes),
            label: words(minutes),
            onAction: () => onChange([...value, minutes].sort((a, b) => a - b)),
          }))}
        />
      </div>
      <p className="text-xs text-muted">{hasDay ? t('form.remindersNote', { time }) : t('form.remindersNoDay')}</p>
    </fieldset>
  )
}
