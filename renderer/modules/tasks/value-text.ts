import type { TFunction } from 'i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { parseRule } from '../../../shared/domain/recurrence.ts'
import type { Language } from '../../ui/locale.ts'
import { storedWhen } from '../../ui/when-text.ts'
import { ruleWords } from './rule-words.ts'
import { spanOf } from './tasks-model.ts'

/** A stored value of a task, its checklist or its reminders as people read it; undefined for what needs no words of its own. */
export function taskValue(
  table: string,
  field: string,
  value: unknown,
  t: TFunction,
  language: Language,
): string | undefined {
  if (table === 'reminder' && field === 'before') {
    const { unit, n } = spanOf(Number(value))
    return Number(value) === 0
      ? t('tasks:before.atTime')
      : t(`tasks:before.${unit}`, { count: n, n: formatNumber(n, language) })
  }
  if (table === 'task_check' && field === 'done') return t(value ? 'customers:timeline.yes' : 'customers:timeline.no')
  if (table !== 'task' && table !== 'reminder') return undefined
  switch (field) {
    case 'kind':
      return t(`tasks:kind.${value}`)
    case 'status':
      return t(`tasks:status.${value}`)
    case 'priority':
      return t(`tasks:priority.${value}`)
    case 'rule': {
      const rule = parseRule(String(value))
      return rule ? ruleWords(rule, t, language) : t('tasks:rule.unknown')
    }
    default:
      return storedWhen(field, value, language)
  }
}
