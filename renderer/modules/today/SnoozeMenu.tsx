import { CalendarClock, CalendarSearch, Clock3 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatRelativeDay } from '../../../shared/domain/format.ts'
import { useLanguage } from '../../ui/locale.ts'
import { SnoozeDialog } from '../tasks/SnoozeDialog.tsx'
import { useTaskCommands } from '../tasks/use-task-commands.ts'
import { LineMenu } from './LineButton.tsx'
import { snoozeDays } from './today-model.ts'
import type { Line } from './use-today-page.ts'

type Task = Extract<Line, { type: 'task' }>['task']

/** Puts a task off: by an hour where it has one, to tomorrow, Saturday, a week from now, or whenever is typed. */
export function SnoozeMenu({ task, today }: { task: Task; today: string }) {
  const { t } = useTranslation('today')
  const language = useLanguage()
  const { id, due_minute } = task
  const [isAsking, setAsking] = useState(false)
  const { snooze: move } = useTaskCommands()
  const anHour = {
    id: 'hour',
    label: t('snooze.hour'),
    icon: <Clock3 />,
    onAction: () => void move.run({ id, until: { minutes: 60 } }),
  }
  const days = () => [
    ...snoozeDays(today).map((choice) => ({
      id: choice.id,
      label: choice.id === 'tomorrow' ? formatRelativeDay(choice.day, today, language) : t(`snooze.${choice.id}`),
      icon: <CalendarClock />,
      onAction: () => void move.run({ id, until: { date: choice.day, minute: due_minute } }),
    })),
    { id: 'other', label: t('snooze.other'), icon: <CalendarSearch />, onAction: () => setAsking(true) },
  ]
  return (
    <>
      <LineMenu
        by="S"
        isIcon
        icon={<CalendarClock />}
        label={t('snooze.label')}
        isDisabled={move.isRunning}
        items={() => (task.due_date === today && due_minute !== null ? [anHour, ...days()] : days())}
      />
      {isAsking ? (
        <SnoozeDialog
          task={task}
          onClose={() => {
            setAsking(false)
            // Where it was asked, if the line still stands there.
            requestAnimationFrame(() =>
              document.querySelector<HTMLElement>(`[data-line="${CSS.escape(`task:${id}`)}"]`)?.focus(),
            )
          }}
        />
      ) : null}
    </>
  )
}
