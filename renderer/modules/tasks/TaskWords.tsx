import { Link } from '@tanstack/react-router'
import { Bell, Flag, ListChecks, NotebookText, Repeat } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { TaskRow } from '../../../shared/contract/tasks.ts'
import { formatNumber, formatRelativeDay } from '../../../shared/domain/format.ts'
import { whenOf } from '../../../shared/domain/instants.ts'
import { useUser } from '../../api/session.ts'
import { useMinute, useToday } from '../../app/today.ts'
import { Badge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/cx.ts'
import { useLanguage } from '../../ui/locale.ts'
import { formatWhen } from '../../ui/when-text.ts'
import { useColleagues } from '../users/use-colleagues.ts'
import { kindIcon } from './kind-icons.tsx'
import { toneOf, whenOfTask } from './tasks-model.ts'

/** When it is due, in the colour of its urgency; of a closed one when it was closed. */
export function DueBadge({ task }: { task: TaskRow }) {
  const { t } = useTranslation('tasks')
  const language = useLanguage()
  const now = { day: useToday(), minute: useMinute() }
  const when = whenOfTask(task)
  if (!when) return null
  return (
    <Badge tone={toneOf(task, now)}>
      <span className="sr-only">{t('due')} </span>
      {formatWhen(when, now.day, language)}
    </Badge>
  )
}

/** What a task is, in two lines: its title with its marks; customer, owner, checklist. */
export function TaskWords({ task, withoutParty }: { task: TaskRow; withoutParty?: boolean }) {
  const { t } = useTranslation('tasks')
  const language = useLanguage()
  const me = useUser()
  const { nameOf } = useColleagues()
  const n = (value: number) => formatNumber(value, language)
  const owner =
    task.owner_was !== null
      ? t('ownerGone', { name: task.owner_was })
      : task.owner_id === null
        ? t('nobody')
        : task.owner_id === me?.id
          ? null
          : nameOf(task.owner_id)
  const handed = task.handed_by !== null && task.handed_by !== me?.id && task.owner_id === me?.id
  return (
    <span className="flex min-w-0 flex-1 flex-col">
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="shrink-0 text-muted [&>svg]:size-4" title={t(`kind.${task.kind}`)}>
          {kindIcon(task.kind)}
        </span>
        <bdi
          className={cx('private-text truncate', task.status === 'open' ? 'font-semibold' : 'text-muted line-through')}
        >
          {task.title}
        </bdi>
        <span className="flex shrink-0 items-center gap-1.5 text-muted [&>svg]:size-3.5">
          {task.priority === 2 ? <Flag className="text-bad" aria-label={t('priority.2')} /> : null}
          {task.priority === 0 ? <Flag className="opacity-50" aria-label={t('priority.0')} /> : null}
          {task.rule !== null ? <Repeat aria-label={t('repeats')} /> : null}
          {task.rings_at !== null && task.status === 'open' ? <Bell aria-label={t('rings')} /> : null}
          {task.has_body ? <NotebookText aria-label={t('hasNote')} /> : null}
        </span>
      </span>
      <span className="flex min-w-0 flex-wrap items-center gap-x-3 text-[0.8125rem] text-muted">
        {task.party && !withoutParty ? (
          <Link
            {...({ to: '/customers/$id', params: { id: task.party.id } } as unknown as { to: '/' })}
            tabIndex={-1}
            className="truncate hover:text-accent-ink hover:underline"
          >
            <bdi>{task.party.name || t('customers:nameless')}</bdi>
          </Link>
        ) : null}
        {owner ? <span className={task.owner_id === null ? 'font-semibold text-warn' : ''}>{owner}</span> : null}
        {task.unseen && task.status === 'open' ? (
          <span className="text-warn" title={t('users:share.unseenWhy', { name: nameOf(task.owner_id) ?? '' })}>
            {t('users:share.unseen')}
          </span>
        ) : null}
        {handed ? (
          <span>
            {t('handedBy', { name: nameOf(task.handed_by) ?? '' })}
            {task.handed_note ? (
              <>
                {': '}
                <bdi className="private-text">{task.handed_note}</bdi>
              </>
            ) : null}
          </span>
        ) : null}
        {task.checks > 0 ? (
          <span className="flex items-center gap-1">
            <ListChecks className="size-3.5" aria-hidden="true" />
            {t('checksDone', { done: n(task.checks_done), n: n(task.checks) })}
          </span>
        ) : null}
        {task.closed_at !== null ? <ClosedAt task={task} /> : null}
      </span>
    </span>
  )
}

function ClosedAt({ task }: { task: TaskRow }) {
  const { t } = useTranslation('tasks')
  const language = useLanguage()
  const today = useToday()
  const { day } = whenOf(task.closed_at ?? 0)
  return (
    <span>
      {t(`closed.${task.status === 'dropped' ? 'dropped' : 'done'}`, { when: formatRelativeDay(day, today, language) })}
    </span>
  )
}
