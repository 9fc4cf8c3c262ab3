import { useQuery } from '@tanstack/react-query'
import { Plus, UserRound } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useDraft } from '../../api/draft.ts'
import { useMinute, useToday } from '../../app/today.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { OneOf } from '../../ui/OneOf.tsx'
import { formatWholeWhen } from '../../ui/when-text.ts'
import { kindIcon } from './kind-icons.tsx'
import { quickTask } from './quick-task.ts'
import type { TaskForm } from './task-form.ts'

const NONE = 'none'
/** Matches that are offered; more are a reason to type more of the name. */
const OFFERED = 5

/**
 * A task in one line. What was understood stands below while one types; of several customers of a name one is chosen (Enter goes there, Enter
 * again takes it).
 */
export function QuickRow(props: { onMore: (initial: Partial<TaskForm>) => void; onDown: () => void }) {
  const { t } = useTranslation('tasks')
  const language = useLanguage()
  const now = { day: useToday(), minute: useMinute() }
  const draft = useDraft<string>('tasks.quick')
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const touched = useRef(false)
  const box = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (draft.restored && !touched.current) setText(draft.restored)
  }, [draft.restored])
  const task = quickTask(text, now)
  const who = task?.who ?? null
  const { data: found } = useQuery({
    ...rpc.search.all.queryOptions({ input: { text: who ?? '', limit: OFFERED } }),
    enabled: who !== null,
  })
  const matches = who === null ? [] : (found?.customers ?? []).map(({ customer }) => customer)
  // The first choice of one is the only one there is; of several nobody is taken for another.
  const partyId = chosen === NONE ? null : (chosen ?? (matches.length === 1 ? matches[0]!.id : null))
  const mustChoose = matches.length > 1 && chosen === null
  const add = useCommand(api.tasks.add, { message: (_, { title }) => t('said.addedNamed', { title }) })
  const set = (next: string) => {
    touched.current = true
    setText(next)
    setChosen(null)
    if (next.trim() === '') draft.clear()
    else draft.save(next)
  }
  const save = async (party = partyId) => {
    if (!task || add.isRunning) return
    if (mustChoose && party === null && chosen === null) {
      box.current?.querySelector<HTMLElement>('[role=radio], input[type=radio]')?.focus()
      return
    }
    const { title, kind, when } = task
    const done = await add.run({
      ...{ title, kind },
      due_date: when?.day ?? null,
      due_minute: when?.minute ?? null,
      party_id: party,
    })
    if (!done) return
    set('')
    input.current?.focus()
  }
  const more = () => {
    if (!task) return props.onMore({})
    const { title, kind, when } = task
    const party = matches.find(({ id }) => id === partyId)
    props.onMore({ title, kind, when, party: party ? { id: party.id, label: party.name } : null })
    set('')
  }
  return (
    <div ref={box} className="flex flex-col gap-2 rounded-card border border-line bg-surface p-2">
      <form
        className="flex items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Plus className="ms-1.5 size-4.5 shrink-0 text-muted" aria-hidden="true" />
        <input
          ref={input}
          id="tasks-quick"
          dir={text ? 'auto' : undefined}
          aria-label={t('quick.label')}
          placeholder={t('quick.hint')}
          value={text}
          maxLength={500}
          autoComplete="off"
          onChange={(event) => set(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Escape' && text) set('')
            else if (event.key === 'ArrowDown' && !mustChoose) props.onDown()
            else if (event.key === 'F2' || (event.key === 'Enter' && event.ctrlKey)) more()
            else return
            event.preventDefault()
            event.stopPropagation()
          }}
          className="h-field min-w-0 flex-1 rounded-lg bg-transparent px-1 outline-none placeholder:text-muted focus-visible:outline-none"
        />
        {task ? (
          <Button type="submit" size="sm" variant="primary" kbd="Enter" isDisabled={add.isRunning}>
            {t('quick.add')}
          </Button>
        ) : null}
        <Button size="sm" kbd={task ? 'F2' : undefined} onPress={more}>
          {t(task ? 'quick.more' : 'quick.form')}
        </Button>
      </form>
      {task ? (
        <div className="flex flex-wrap items-center gap-2 px-1.5 pb-0.5 text-[0.8125rem]" aria-live="polite">
          <Badge icon={kindIcon(task.kind)}>{t(`kind.${task.kind}`)}</Badge>
          <Badge tone={task.when ? 'accent' : 'neutral'}>
            {task.when ? formatWholeWhen(task.when, language) : t('quick.noDay')}
          </Badge>
          <bdi className="min-w-0 truncate text-muted">{task.title}</bdi>
          {matches.length === 1 && partyId ? (
            <Badge tone="ok" icon={<UserRound />}>
              <bdi>{matches[0]!.name}</bdi>
            </Badge>
          ) : null}
          {matches.length > 1 ? (
            // biome-ignore lint/a11y/noStaticElementInteractions: Enter on a choice takes it
            <div
              className="flex basis-full flex-wrap items-center gap-2"
              onKeyDown={(event) => {
                if (event.key === 'Escape') input.current?.focus()
                else if (event.key === 'Enter') void save(chosen === NONE ? null : (chosen ?? matches[0]!.id))
                else return
                event.preventDefault()
                event.stopPropagation()
              }}
            >
              <span className="text-muted">{t('quick.which', { name: who })}</span>
              <OneOf
                label={t('quick.which', { name: who })}
                value={chosen ?? ''}
                onChange={setChosen}
                options={[...matches.map(({ id }) => ({ id })), { id: NONE }]}
                className="flex flex-wrap gap-1.5"
                optionClassName="h-7.5 rounded-lg bg-surface-2 px-2.5 text-xs font-semibold data-selected:bg-accent-soft data-selected:text-accent-ink"
              >
                {({ id }) => {
                  const match = matches.find((one) => one.id === id)
                  return match ? (
                    <bdi>{[match.name, match.city].filter(Boolean).join(t('customers:comma'))}</bdi>
                  ) : (
                    t('quick.noParty')
                  )
                }}
              </OneOf>
            </div>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
