import { useQuery } from '@tanstack/react-query'
import { Plus, Repeat, UserRound } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ruleText } from '../../../shared/domain/recurrence.ts'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useDraft } from '../../api/draft.ts'
import { useMinute, useToday } from '../../app/today.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { noDayText } from '../../ui/no-day-text.ts'
import { formatWholeWhen } from '../../ui/when-text.ts'
import { kindIcon } from './kind-icons.tsx'
import { quickTask } from './quick-task.ts'
import { ruleWords } from './rule-words.ts'
import type { TaskForm } from './task-form.ts'

/** Matches that are offered; more are a reason to type more of the name. */
const OFFERED = 5

/**
 * A task in one line. What was understood stands below while one types; of several customers of a name one is chosen (Enter goes there, Enter
 * again takes it)
 */
export function QuickRow(props: { onMore: (initial: Partial<TaskForm>) => void; onDown: () => void }) {
  const { t } = useTranslation('tasks')
  const language = useLanguage()
  const now = { day: useToday(), minute: useMinute() }
  const draft = useDraft<string>('tasks.quick')
  const [text, setText] = useState('')
  const isRtl = language === 'fa'
  const touched = useRef(false)
  const box = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (draft.restored && !touched.current) setText(draft.restored)
  }, [draft.restored])
  const task = quickTask(text, now)
  const who = task?.who ?? null
  const noDay = task?.noDay ?? null
  const whyNoDay = noDay && noDayText(noDay, now.day, t, language)
  const { data: found } = useQuery({
    ...rpc.search.all.queryOptions({ input: { text: who ?? '', limit: OFFERED } }),
    enabled: who !== null,
  })
  const matches = who === null ? [] : (found?.customers ?? []).map(({ customer }) => customer)
  // Of several of one name nobody is taken for another.
  const only = matches.length === 1 ? matches[0]! : null
  const add = useCommand(api.tasks.add, { message: (_, { title }) => t('said.addedNamed', { title }) })
  const set = (next: string) => {
    touched.current = true
    setText(next)
    if (next.trim() === '') draft.clear()
    else draft.save(next)
  }
  const save = async (party: string | null) => {
    if (!task) return
    const { title, kind, when, rule } = task
    const said = text
    // At once: a fast hand writes the next one while this one is being saved.
    set('')
    input.current?.focus()
    const done = await add.run({
      ...{ title, kind },
      due_date: when?.day ?? null,
      due_minute: when?.minute ?? null,
      party_id: party,
      ...(rule && { rule: ruleText(rule) }),
    })
    if (!done && input.current?.value === '') set(said)
  }
  const more = () => {
    if (!task) return props.onMore({})
    const { title, kind, when, rule } = task
    props.onMore({ title, kind, when, rule: rule && ruleText(rule), party: only && { id: only.id, label: only.name } })
    set('')
  }
  return (
    <div ref={box} className="flex flex-col gap-2 rounded-card border border-line bg-surface p-2">
      <form
        className="flex items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (matches.length > 1) box.current?.querySelector<HTMLElement>('[data-choices] button')?.focus()
          else void save(only?.id ?? null)
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
            else if (event.key === 'ArrowDown') props.onDown()
            else if (event.key === 'F2' || (event.key === 'Enter' && event.ctrlKey)) more()
            else return
            event.preventDefault()
            event.stopPropagation()
          }}
          className="h-field min-w-0 flex-1 rounded-lg bg-transparent px-1 outline-none placeholder:text-muted focus-visible:outline-none"
        />
        {task ? (
          <Button type="submit" size="sm" variant="primary" kbd="Enter">
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
          {whyNoDay ? (
            <Badge tone="warn">
              <bdi>{t('quicklog:impossible', { text: noDay, why: whyNoDay })}</bdi>
            </Badge>
          ) : null}
          {task.rule ? (
            <Badge tone="violet" icon={<Repeat />}>
              {ruleWords(task.rule, t, language)}
            </Badge>
          ) : null}
          {task.tooOften ? (
            <span className="order-last w-full text-xs text-warn">{t(`rule.tooOften.${task.tooOften}`)}</span>
          ) : null}
          <bdi className="min-w-0 truncate text-muted">{task.title}</bdi>
          {only ? (
            <Badge tone="ok" icon={<UserRound />}>
              <bdi>{only.name}</bdi>
            </Badge>
          ) : null}
          {matches.length > 1 ? (
            // biome-ignore lint/a11y/useSemanticElements: buttons beside the line, no part of a form
            <div
              role="group"
              aria-label={t('quick.which', { name: who })}
              data-choices
              className="flex basis-full flex-wrap items-center gap-2"
              onKeyDown={(event) => {
                const step = { ArrowDown: 1, ArrowUp: -1, ArrowLeft: isRtl ? 1 : -1, ArrowRight: isRtl ? -1 : 1 }[
                  event.key
                ]
                const all = [...event.currentTarget.querySelectorAll('button')]
                const at = all.indexOf(document.activeElement as HTMLButtonElement)
                if (event.key === 'Escape') input.current?.focus()
                else if (step) all[(at + step + all.length) % all.length]?.focus()
                else return
                event.preventDefault()
                event.stopPropagation()
              }}
            >
              <span className="text-muted" aria-hidden="true">
                {t('quick.which', { name: who })}
              </span>
              {matches.map(({ id, name, city }) => (
                <Button key={id} size="sm" onPress={() => void save(id)}>
                  <bdi>{[name, city].filter(Boolean).join(t('customers:comma'))}</bdi>
                </Button>
              ))}
              <Button size="sm" variant="ghost" onPress={() => void save(null)}>
                {t('quick.noParty')}
              </Button>
            </div>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
