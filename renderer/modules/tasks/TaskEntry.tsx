import { useTranslation } from 'react-i18next'
import type { TimelineEntryProps } from '../../app/module.ts'
import { EntryWhen } from '../activities/EntryWhen.tsx'
import { kindIcon } from './kind-icons.tsx'

/** A task that was done or dropped, on a timeline. */
export function TaskEntry({ entry }: TimelineEntryProps) {
  const { t } = useTranslation('tasks')
  if (entry.kind !== 'task') return null
  const { task, at, user_id } = entry
  return (
    <article className="flex flex-col gap-1">
      <header className="flex items-center gap-2">
        <span className="shrink-0 text-muted [&>svg]:size-4" aria-hidden="true">
          {kindIcon(task.kind)}
        </span>
        <span className="font-semibold">{t(`entry.${task.status === 'dropped' ? 'dropped' : 'done'}`)}</span>
        <EntryWhen at={at} userId={user_id} />
      </header>
      <p dir="auto" className="private-text">
        {task.title}
      </p>
    </article>
  )
}
