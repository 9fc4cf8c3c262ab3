import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskRow } from '../../../shared/contract/tasks.ts'
import { useToast } from '../../ui/Toast.tsx'
import { HandOverDialog } from './HandOverDialog.tsx'
import { ResultDialog } from './ResultDialog.tsx'
import { SnoozeDialog } from './SnoozeDialog.tsx'
import { TaskDialog } from './TaskDialog.tsx'
import type { LineActions } from './TaskLine.tsx'
import { isTalk } from './tasks-model.ts'
import { useTaskCommands } from './use-task-commands.ts'

type Opened = { kind: 'edit' | 'snooze' | 'log' | 'hand'; task: TaskRow }

/** What lines of tasks can do, and the dialogs that belong to it (put `dialogs` anywhere on the page). */
export function useLineActions(options: { onOpen?: (id: string) => void } = {}): {
  actions: LineActions
  dialogs: ReactNode
} {
  const { t } = useTranslation('tasks')
  const toast = useToast()
  const commands = useTaskCommands()
  const [opened, setOpened] = useState<Opened | null>(null)
  const latest = useRef({ commands, options })
  latest.current = { commands, options }
  const actions = useMemo<LineActions>(() => {
    const run = () => latest.current.commands
    return {
      async toggle(task) {
        if (task.status !== 'open') return void run().reopen.run({ id: task.id })
        const done = await run().complete.run({ id: task.id })
        if (done?.change == null || !isTalk(task)) return
        // What was said is worth a line, but nobody is held up for it.
        toast({
          message: t('offerLog', { name: task.party?.name ?? '' }),
          tone: 'neutral',
          action: { label: t('log'), onAction: () => setOpened({ kind: 'log', task }) },
        })
      },
      open(task) {
        const { onOpen } = latest.current.options
        if (onOpen) onOpen(task.id)
        else setOpened({ kind: 'edit', task })
      },
      snooze: (task) => task.status === 'open' && setOpened({ kind: 'snooze', task }),
      log: (task) => isTalk(task) && setOpened({ kind: 'log', task }),
      handOver: (task) => task.status === 'open' && setOpened({ kind: 'hand', task }),
      take: (task) => void run().take.run({ ids: [task.id] }),
      giveParty: (task) =>
        task.party &&
        task.owner_id &&
        void run().giveParty.run({ id: task.party.id, patch: { owner_id: task.owner_id } }),
      drop: (task) => void run().drop.run({ id: task.id }),
      remove: (task) => void run().remove.run({ ids: [task.id] }),
    }
  }, [t, toast])
  const close = () => setOpened(null)
  const dialogs = opened ? (
    <>
      {opened.kind === 'edit' ? <TaskDialog id={opened.task.id} onClose={close} /> : null}
      {opened.kind === 'snooze' ? <SnoozeDialog task={opened.task} onClose={close} /> : null}
      {opened.kind === 'log' ? <ResultDialog task={opened.task} onClose={close} /> : null}
      {opened.kind === 'hand' ? <HandOverDialog task={opened.task} onClose={close} /> : null}
    </>
  ) : null
  return { actions, dialogs }
}
