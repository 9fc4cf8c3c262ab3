import { useTranslation } from 'react-i18next'
import { formatNamedDay, formatRelativeDay, formatTime } from '../../../shared/domain/format.ts'
import { dayOf } from '../../../shared/domain/jalali.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useToday } from '../../app/today.ts'
import { useLanguage } from '../../ui/locale.ts'
import { formatNamedWhen } from '../../ui/when-text.ts'

/** What can be done with a task from any list, each with its notice and undo. */
export function useTaskCommands() {
  const { t } = useTranslation('tasks')
  const language = useLanguage()
  const today = useToday()
  const said = (key: string) => (output: { next: { due_date: string } | null }) =>
    output.next ? t(`${key}Next`, { day: formatRelativeDay(output.next.due_date, today, language) }) : t(key)
  const complete = useCommand(api.tasks.complete, { message: said('said.done') })
  const drop = useCommand(api.tasks.drop, { message: said('said.dropped') })
  const reopen = useCommand(api.tasks.reopen, { message: () => t('said.reopened') })
  const remove = useCommand(api.tasks.remove, { message: () => t('said.removed') })
  const take = useCommand(api.tasks.take, { message: () => t('said.taken') })
  const giveParty = useCommand(api.customers.update, { message: () => t('users:share.given') })
  const seen = useCommand(api.tasks.seen)
  const snooze = useCommand(api.tasks.snooze, {
    message: ({ at }, { until }) => {
      const when =
        'date' in until
          ? formatNamedWhen({ day: until.date, minute: until.minute }, today, language)
          : `${formatNamedDay(dayOf(at), today, language)} ${formatTime(at, language)}`
      return t('said.snoozed', { when })
    },
  })
  return { complete, drop, reopen, remove, take, giveParty, seen, snooze }
}
export type TaskCommands = ReturnType<typeof useTaskCommands>
