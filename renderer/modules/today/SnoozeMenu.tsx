import { CalendarClock, Clock3 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatRelativeDay } from '../../../shared/domain/format.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Menu } from '../../ui/Menu.tsx'
import { Keyed } from './LineRow.tsx'
import { snoozeDays } from './today-model.ts'
import type { Line } from './use-today-page.ts'

type Task = Extract<Line, { type: 'task' }>['task']

/** Puts a task off: by an hour where it has one, to tomorrow, Saturday or a week from now. */
export function SnoozeMenu({ task, today }: { task: Task; today: string }) {
  const { t } = useTranslation('today')
  const language = useLanguage()
  const { due_minute } = task
  const move = useCommand(api.tasks.snooze, { message: () => t('snoozed') })
  const isToday = task.due_date === today && due_minute !== null
  const items = [
    ...(isToday
      ? [
          {
            id: 'hour',
            label: t('snooze.hour'),
            icon: <Clock3 />,
            onAction: () => void move.run({ id: task.id, until: { minutes: 60 } }),
          },
        ]
      : []),
    ...snoozeDays(today).map(({ id, day }) => ({
      id,
      label: id === 'tomorrow' ? formatRelativeDay(day, today, language) : t(`snooze.${id}`),
      icon: <CalendarClock />,
      onAction: () => void move.run({ id: task.id, until: { date: day, minute: due_minute } }),
    })),
  ]
  return (
    <Keyed by="S">
      <Menu
        label={t('snooze.label')}
        trigger={<IconButton size="sm" label={t('snooze.label')} kbd="S" icon={<CalendarClock className="size-4" />} />}
        items={items}
      />
    </Keyed>
  )
}
