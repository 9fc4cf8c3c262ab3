import { useQuery } from '@tanstack/react-query'
import { BellRing, CalendarClock, Check, ExternalLink, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskRow } from '../../../shared/contract/tasks.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { rpc } from '../../api/client.ts'
import { useDevice } from '../../api/session.ts'
import { useApp } from '../../app/app-context.ts'
import { useToday } from '../../app/today.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { formatWhen } from '../../ui/when-text.ts'
import { SnoozeDialog } from './SnoozeDialog.tsx'
import { whenOfTask } from './tasks-model.ts'
import { tellOutside } from './tell-outside.ts'
import { useRings } from './use-rings.ts'
import { useTaskCommands } from './use-task-commands.ts'

const SHOWN = 4
const MISSED_SHOWN = 5

/** The bell: what rings now stays in the corner until something is done about it; what was missed comes as one card. */
export function RingCenter() {
  const { t } = useTranslation('tasks')
  const language = useLanguage()
  const app = useApp()
  const today = useToday()
  const isCounter = useDevice().counter_mode
  const commands = useTaskCommands()
  const [snoozing, setSnoozing] = useState<TaskRow | null>(null)
  const n = (count: number) => formatNumber(count, language)
  const { shown, missed, dismiss, dismissMissed } = useRings((rings, late) => {
    if (document.hasFocus()) return
    for (const ring of rings) {
      const when = whenOfTask(ring)
      const parts = [isCounter ? null : ring.party?.name, when && formatWhen(when, today, language)]
      const title = isCounter ? t('ring.title') : ring.title
      void tellOutside({ title, body: parts.filter(Boolean).join(' · '), task_id: ring.task_id }, () =>
        app.go(`/tasks?open=${ring.task_id}`),
      )
    }
    if (late) {
      const body = isCounter
        ? ''
        : late.rings
            .slice(0, MISSED_SHOWN)
            .map((ring) => ring.title)
            .join(' · ')
      const title = t('ring.missed', { count: late.total, n: n(late.total) })
      void tellOutside({ title, body, task_id: null }, () => app.go('/tasks'))
    }
  })
  const ids = shown.map(({ task_id }) => task_id)
  const { data } = useQuery({ ...rpc.tasks.rows.queryOptions({ input: { ids } }), enabled: ids.length > 0 })
  // Done or taken away elsewhere: nothing to ring for any more.
  const rows = (data ?? []).filter((task) => task.status === 'open' && ids.includes(task.id))
  const gone = data ? ids.filter((id) => !rows.some((row) => row.id === id)).join() : ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another one has gone
  useEffect(() => {
    if (gone) for (const id of gone.split(',')) dismiss(id)
  }, [gone])
  const missedRows = missed?.rings.slice(0, MISSED_SHOWN) ?? []
  if (rows.length === 0 && !missed) return null
  return (
    <section
      aria-label={t('ring.title')}
      aria-live="assertive"
      data-rings
      className="fixed end-4 bottom-4 z-30 flex max-h-[80vh] w-90 max-w-[92vw] flex-col gap-2 overflow-y-auto rounded-card"
    >
      {missed ? (
        <article className="rounded-card border border-line bg-surface p-3 shadow-md">
          <header className="mb-1.5 flex items-center gap-2">
            <BellRing className="size-4.5 shrink-0 text-warn" aria-hidden="true" />
            <h2 className="min-w-0 flex-1 font-bold">
              {t('ring.missed', { count: missed.total, n: n(missed.total) })}
            </h2>
            <IconButton size="sm" label={t('ring.dismiss')} icon={<X />} onPress={dismissMissed} />
          </header>
          {isCounter ? null : (
            <ul className="mb-2 flex flex-col gap-0.5 text-[0.8125rem]">
              {missedRows.map((ring) => {
                const when = whenOfTask(ring)
                return (
                  <li key={ring.reminder_id} className="flex gap-2">
                    <bdi className="min-w-0 flex-1 truncate">{ring.title}</bdi>
                    {when ? <span className="shrink-0 text-muted">{formatWhen(when, today, language)}</span> : null}
                  </li>
                )
              })}
              {missed.total > missedRows.length ? (
                <li className="text-muted">{t('ring.andMore', { n: n(missed.total - missedRows.length) })}</li>
              ) : null}
            </ul>
          )}
          <Button
            size="sm"
            onPress={() => {
              dismissMissed()
              app.go('/tasks')
            }}
          >
            {t('ring.seeAll')}
          </Button>
        </article>
      ) : null}
      {rows.slice(0, SHOWN).map((task, at) => {
        const when = whenOfTask(task)
        return (
          <article
            key={task.id}
            data-ring={task.id}
            className="rounded-card border border-accent bg-surface p-3 shadow-md"
          >
            <header className="flex items-start gap-2">
              <BellRing className="mt-0.5 size-4.5 shrink-0 text-accent-ink" aria-hidden="true" />
              <div className="min-w-0 flex-1">
                <p className="truncate font-bold">{isCounter ? t('ring.title') : <bdi>{task.title}</bdi>}</p>
                <p className="truncate text-[0.8125rem] text-muted">
                  {when ? formatWhen(when, today, language) : null}
                  {task.party && !isCounter ? (
                    <>
                      {when ? ' · ' : null}
                      <bdi>{task.party.name}</bdi>
                    </>
                  ) : null}
                </p>
              </div>
              {at === 0 ? <Kbd>F7</Kbd> : null}
              <IconButton size="sm" label={t('ring.dismiss')} icon={<X />} onPress={() => dismiss(task.id)} />
            </header>
            <div className="ring-actions mt-2 flex flex-wrap gap-1.5">
              <Button
                size="sm"
                variant="primary"
                icon={<Check className="size-3.5" />}
                onPress={() => void commands.complete.run({ id: task.id })}
              >
                {t('ring.done')}
              </Button>
              <Button size="sm" icon={<CalendarClock className="size-3.5" />} onPress={() => setSnoozing(task)}>
                {t('snooze.label')}
              </Button>
              <Button
                size="sm"
                icon={<ExternalLink className="size-3.5" />}
                onPress={() => {
                  dismiss(task.id)
                  app.go(`/tasks?open=${task.id}`)
                }}
              >
                {t('ring.open')}
              </Button>
            </div>
          </article>
        )
      })}
      {rows.length > SHOWN ? (
        <p className="rounded-card border border-line bg-surface px-3 py-2 text-[0.8125rem] text-muted">
          {t('ring.andMore', { n: n(rows.length - SHOWN) })}
        </p>
      ) : null}
      {snoozing ? (
        <SnoozeDialog task={snoozing} onClose={() => setSnoozing(null)} onDone={() => dismiss(snoozing.id)} />
      ) : null}
    </section>
  )
}
