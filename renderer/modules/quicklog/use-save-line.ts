import { useTranslation } from 'react-i18next'
import { formatDay } from '../../../shared/domain/format.ts'
import { addDays } from '../../../shared/domain/jalali.ts'
import type { When } from '../../../shared/domain/parse-when.ts'
import { parseRule } from '../../../shared/domain/recurrence.ts'
import { api } from '../../api/client.ts'
import { type Undoable, undoableOf, useUndo } from '../../api/command.ts'
import { errorText } from '../../api/errors.ts'
import { useApp } from '../../app/app-context.ts'
import { useToday } from '../../app/today.ts'
import { useLanguage } from '../../ui/locale.ts'
import { useToast } from '../../ui/Toast.tsx'
import { formatWhen, formatWholeWhen } from '../../ui/when-text.ts'
import { useNameText } from '../customers/use-name-text.ts'
import { ruleWords } from '../tasks/rule-words.ts'
import { type Entry, inputOf, leadInputOf, taskOf } from './line-model.ts'

/** Gives `save(entry, text)`, which saves what a line came to, in one transaction, and says so: with a way back (of the call and its follow-up together) and to the customer. */
export function useSaveLine() {
  const { t } = useTranslation('quicklog')
  const app = useApp()
  const toast = useToast()
  const undo = useUndo()
  const language = useLanguage()
  const today = useToday()
  const nameText = useNameText()
  // «فردا ۱۰:۰۰» needs no date; of another day it is the weekday that was said.
  const said = (when: When) =>
    when.day <= addDays(today, 1) ? formatWhen(when, today, language) : formatWholeWhen(when, language)
  const sentence = ({ happened, form, parties, lead }: Entry, title: string): string => {
    const rule = form.next?.rule ? parseRule(form.next.rule) : null
    const day = form.next?.when ? said(form.next.when) : null
    const when = rule && day ? t('said.again', { rule: ruleWords(rule, t, language), day }) : day
    if (!happened) return when ? t('said.task', { title, when }) : t('said.taskSomeday', { title })
    const who = (lead ? [lead] : parties).map(({ label }) => nameText(label)).join(t('and'))
    const what = t(`said.${form.kind}`, { who })
    if (!form.next) return what
    return t('said.both', { what, next: when ?? t('said.someday') })
  }
  const leadWords = ({ form: { kind, when }, lead }: Entry) => ({
    day: formatDay(when?.day ?? today, language, 'short'),
    what: kind === 'note' ? null : t(`activities:kind.${kind}`),
    titled: (title: string) => t('taskOfLead', { title, name: lead?.label }),
  })
  return async (entry: Entry, text: string): Promise<boolean> => {
    try {
      const task = taskOf(entry, text)
      const output: unknown = entry.lead
        ? await api.leads.log(leadInputOf(entry, entry.lead, text, leadWords(entry)))
        : entry.happened
          ? await api.activities.log(inputOf(entry, Date.now(), (kind) => t(`activities:next.named.${kind}`)))
          : await api.tasks.add(task)
      const target: Undoable | null = undoableOf(output)
      const [party] = entry.parties
      toast({
        message: sentence(entry, task.title),
        tone: 'ok',
        ...(target && { action: { label: t('common:undo'), onAction: () => void undo(target) } }),
        ...(party && { second: { label: t('openCustomer'), onAction: () => app.go(`/customers/${party.id}`) } }),
      })
      return true
    } catch (error) {
      toast({ message: errorText(t, error), tone: 'bad' })
      return false
    }
  }
}
