import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useToday } from '../../app/today.ts'
import { useLanguage } from '../../ui/locale.ts'
import { formatWhen } from '../../ui/when-text.ts'
import { useColleagues } from '../users/use-colleagues.ts'
import type { TaskForm } from './task-form.ts'
import { taskValue } from './value-text.ts'

const LABEL = { rule: 'repeat', owner_id: 'owner' } as const

/** Tells which fields changed elsewhere while they were written here, with both values; `base` is the task as it is by now. */
export function Clash({ fields, base, form }: { fields: readonly (keyof TaskForm)[]; base: TaskForm; form: TaskForm }) {
  const { t } = useTranslation('tasks')
  const language = useLanguage()
  const today = useToday()
  const { list } = useColleagues()
  const text = ({ party, when, minutes, owner_id, ...rest }: TaskForm, field: keyof TaskForm): string => {
    switch (field) {
      case 'party':
        return party?.label ?? ''
      case 'when':
        return when ? formatWhen(when, today, language) : ''
      case 'minutes':
        return minutes === null ? '' : formatNumber(minutes, language)
      case 'owner_id':
        return owner_id === null ? t('nobody') : (list.find(({ id }) => id === owner_id)?.name ?? '')
      default: {
        const value = rest[field as 'title']
        return value ? (taskValue('task', field, value, t, language) ?? String(value)) : ''
      }
    }
  }
  const open = fields.filter((field) => JSON.stringify(base[field]) !== JSON.stringify(form[field]))
  return (
    <ul aria-live="polite" className="rounded-card bg-warn-soft px-3.5 py-2 text-warn-ink empty:hidden">
      {open.map((field) => (
        <li key={field} className="break-words">
          {t('form.clash', {
            field: t(`form.${field in LABEL ? LABEL[field as 'rule'] : (field as 'title')}`),
            theirs: text(base, field) || t('form.empty'),
            mine: text(form, field) || t('form.empty'),
          })}
        </li>
      ))}
    </ul>
  )
}
