import {
  Ban,
  CalendarClock,
  Contact,
  EllipsisVertical,
  Forward,
  NotebookPen,
  Pencil,
  Trash2,
  UserRoundCheck,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { TaskRow } from '../../../shared/contract/tasks.ts'
import { useCan } from '../../api/session.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { useColleagues } from '../users/use-colleagues.ts'
import { DueBadge, TaskWords } from './TaskWords.tsx'
import { Tick } from './Tick.tsx'
import { isTalk } from './tasks-model.ts'

/** What a line does; each also has a key in the list. */
export interface LineActions {
  toggle(task: TaskRow): void
  open(task: TaskRow): void
  snooze(task: TaskRow): void
  log(task: TaskRow): void
  handOver(task: TaskRow): void
  take(task: TaskRow): void
  /** Makes who has the task the owner of its customer too. */
  giveParty(task: TaskRow): void
  drop(task: TaskRow): void
  remove(task: TaskRow): void
}

/** A task in a list. `isActive`: which one the Tab key comes to; absent where every line has its own buttons to tab through. */
export function TaskLine(props: {
  task: TaskRow
  actions: LineActions
  isActive?: boolean
  onFocus?: () => void
  withoutParty?: boolean
}) {
  const { task, actions, isActive, onFocus, withoutParty } = props
  const { t } = useTranslation('tasks')
  const canWrite = useCan('tasks.write')
  const { nameOf } = useColleagues()
  const isOpen = task.status === 'open'
  const isRow = isActive !== undefined
  // Its button has a tooltip.
  const { on: isCounter } = useCounterMode()
  const menuLabel = t('actions', { title: isCounter ? t(`kind.${task.kind}`) : task.title })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: in a list it is a row that takes the focus
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: row or group, both have a name
    <div
      role={isRow ? 'row' : 'group'}
      data-task={task.id}
      tabIndex={isRow ? (isActive ? 0 : -1) : undefined}
      aria-label={t('lineLabel', { title: task.title, name: task.party?.name ?? '' })}
      onFocus={onFocus}
      className="flex items-center gap-2.5 border-b border-line px-3.5 py-2 outline-offset-[-2px] last:border-b-0 focus-visible:bg-surface-2 focus-visible:outline-2 focus-visible:outline-accent"
    >
      <div role={isRow ? 'gridcell' : undefined} className="flex min-w-0 flex-1 items-center gap-2.5">
        {canWrite ? <Tick isDone={!isOpen} onPress={() => actions.toggle(task)} isTabStop={!isRow} /> : null}
        <TaskWords task={task} withoutParty={withoutParty} />
        <DueBadge task={task} />
      </div>
      {canWrite ? (
        <div role={isRow ? 'gridcell' : undefined} className="flex shrink-0 items-center gap-1">
          {isOpen && task.owner_id === null && !withoutParty ? (
            <Button size="sm" icon={<UserRoundCheck className="size-3.5" />} onPress={() => actions.take(task)}>
              {t('take')}
            </Button>
          ) : null}
          {isOpen ? (
            <IconButton
              size="sm"
              label={t('snooze.label')}
              kbd={isRow ? 'S' : undefined}
              icon={<CalendarClock />}
              onPress={() => actions.snooze(task)}
            />
          ) : null}
          <Menu
            label={menuLabel}
            trigger={<IconButton size="sm" label={menuLabel} icon={<EllipsisVertical />} />}
            items={[
              {
                id: 'edit',
                label: t('edit'),
                icon: <Pencil />,
                kbd: 'E',
                onAction: () => actions.open(task),
              },
              ...(isOpen && isTalk(task)
                ? [
                    {
                      id: 'log',
                      label: t('log'),
                      icon: <NotebookPen />,
                      kbd: 'L',
                      onAction: () => actions.log(task),
                    },
                  ]
                : []),
              ...(isOpen
                ? [
                    {
                      id: 'hand',
                      label: t('handOver.label'),
                      icon: <Forward className="rtl:-scale-x-100" />,
                      kbd: 'H',
                      onAction: () => actions.handOver(task),
                    },
                    {
                      id: 'take',
                      label: t('take'),
                      icon: <UserRoundCheck />,
                      kbd: 'O',
                      onAction: () => actions.take(task),
                    },
                    ...(task.unseen
                      ? [
                          {
                            id: 'give',
                            label: t('users:share.give', { name: nameOf(task.owner_id) ?? '' }),
                            icon: <Contact />,
                            onAction: () => actions.giveParty(task),
                          },
                        ]
                      : []),
                    { id: 'drop', label: t('drop'), icon: <Ban />, onAction: () => actions.drop(task) },
                  ]
                : []),
              'separator',
              {
                id: 'remove',
                label: t('remove'),
                icon: <Trash2 />,
                kbd: 'Delete',
                tone: 'danger',
                onAction: () => actions.remove(task),
              },
            ]}
          />
        </div>
      ) : null}
    </div>
  )
}
