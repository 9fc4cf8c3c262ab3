import { useNavigate, useSearch } from '@tanstack/react-router'
import { CircleCheckBig, Search, UserRoundX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { COUNT_MOST, TASK_GROUPS, TASK_KINDS, type TaskGroup } from '../../../shared/contract/tasks.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { errorText } from '../../api/errors.ts'
import { useCan, useUser } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FilterChips } from '../../ui/FilterChips.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Select } from '../../ui/Select.tsx'
import { useColleagues } from '../users/use-colleagues.ts'
import { QuickRow } from './QuickRow.tsx'
import { TaskDialog } from './TaskDialog.tsx'
import { TaskList } from './TaskList.tsx'
import type { TaskForm } from './task-form.ts'
import { EMPTY_PLACE, isNarrowed, type ListPlace } from './tasks-model.ts'
import { useLineActions } from './use-line-actions.tsx'
import { useTaskList } from './use-task-list.ts'

const OPEN = 'open'

/** Everything to be done, by day; a new one in one line. */
export function TasksPage() {
  const { t } = useTranslation('tasks')
  const language = useLanguage()
  const navigate = useNavigate()
  const canWrite = useCan('tasks.write')
  const search = useSearch({ strict: false }) as { open?: string; group?: string; owner?: string }
  const [place, setPlace] = useState<ListPlace>({ ...EMPTY_PLACE, ...(search.owner && { owner: search.owner }) })
  const only = TASK_GROUPS.find((group) => group === search.group) ?? null
  const [fresh, setFresh] = useState<Partial<TaskForm> | null>(null)
  const list = useTaskList(place, only)
  const go = (change: Record<string, string | undefined>) =>
    void navigate({ to: '/tasks', search: { ...search, ...change }, replace: true } as never)
  const { actions, dialogs } = useLineActions({ onOpen: (id) => go({ open: id }) })
  const focusQuick = () => document.getElementById('tasks-quick')?.focus()
  const focusList = () => document.querySelector<HTMLElement>('[role=grid] [role=row]')?.focus()
  const n = (count: number) => formatNumber(count, language) + (count >= COUNT_MOST ? '+' : '')
  const count = (group: TaskGroup) => {
    const found = list.counts.get(group)
    return found ? n(found) : undefined
  }
  const total = [...list.counts.values()].reduce((sum, each) => sum + each, 0)
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-4 pb-8">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="me-auto text-xl font-bold">{t('title')}</h1>
        {list.nobodys > 0 && place.owner !== 'nobody' ? (
          <Button
            size="sm"
            icon={<UserRoundX className="size-3.5" />}
            onPress={() => setPlace({ ...place, owner: 'nobody' })}
          >
            {t('nobodys', { count: list.nobodys, n: n(list.nobodys) })}
          </Button>
        ) : null}
      </header>
      {canWrite ? <QuickRow onMore={setFresh} onDown={focusList} /> : null}
      <Filters place={place} onChange={setPlace} />
      <FilterChips<TaskGroup | typeof OPEN>
        label={t('groups')}
        value={only ?? OPEN}
        onChange={(group) => go({ group: group === OPEN ? undefined : group })}
        chips={[
          { id: OPEN, label: t('allOpen'), count: total > 0 ? n(Math.min(total, COUNT_MOST)) : undefined },
          ...TASK_GROUPS.map((id) => ({
            id,
            label: t(`group.${id}`),
            count: count(id),
            ...(id === 'overdue' && count(id) && { tone: 'bad' as const }),
          })),
        ]}
      />
      {list.error ? <ErrorState title={errorText(t, list.error)} /> : null}
      {list.groups.length > 0 ? (
        <TaskList
          groups={list.groups}
          actions={actions}
          onMore={(group) => (only === null ? go({ group }) : list.fetchMore())}
          onUp={focusQuick}
        />
      ) : list.isPending || list.error ? null : (
        <EmptyState
          icon={<CircleCheckBig />}
          action={
            isNarrowed(place) ? (
              <Button onPress={() => setPlace({ ...EMPTY_PLACE, owner: place.owner })}>{t('clearFilter')}</Button>
            ) : canWrite && only !== 'done' ? (
              <Button variant="primary" onPress={focusQuick}>
                {t('first')}
              </Button>
            ) : undefined
          }
        >
          {t(isNarrowed(place) ? 'noMatch' : only === 'done' ? 'noneDone' : only ? 'noneHere' : 'none')}
        </EmptyState>
      )}
      {dialogs}
      {search.open ? <TaskDialog key={search.open} id={search.open} onClose={() => go({ open: undefined })} /> : null}
      {fresh ? (
        <TaskDialog initial={Object.keys(fresh).length > 0 ? fresh : undefined} onClose={() => setFresh(null)} />
      ) : null}
    </div>
  )
}

function Filters({ place, onChange }: { place: ListPlace; onChange: (place: ListPlace) => void }) {
  const { t } = useTranslation('tasks')
  const me = useUser()
  const { list } = useColleagues()
  const owners = [
    { id: 'mine', label: t('owner.mine') },
    { id: 'all', label: t('owner.all') },
    { id: 'nobody', label: t('owner.nobody') },
    ...list.filter(({ id }) => id !== me?.id).map(({ id, name }) => ({ id, label: name })),
  ]
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label={t('owner.label')}
        labelHidden
        value={place.owner}
        onChange={(owner) => onChange({ ...place, owner: owner ?? 'mine' })}
        options={owners}
        className="w-40"
      />
      <Select
        label={t('form.kind')}
        labelHidden
        placeholder={t('anyKind')}
        value={place.kind}
        onChange={(kind) => onChange({ ...place, kind })}
        options={TASK_KINDS.map((id) => ({ id, label: t(`kind.${id}`) }))}
        isClearable
        className="w-36"
      />
      <Select
        label={t('form.priority')}
        labelHidden
        placeholder={t('anyPriority')}
        value={place.priority === null ? null : String(place.priority)}
        onChange={(priority) =>
          onChange({ ...place, priority: priority === null ? null : (Number(priority) as 0 | 1 | 2) })
        }
        options={(['2', '1', '0'] as const).map((id) => ({ id, label: t(`priority.${id}`) }))}
        isClearable
        className="w-36"
      />
      <SearchBox text={place.text} onText={(text) => onChange({ ...place, text })} />
    </div>
  )
}

/** Long enough for a fast typist's next key: each search walks the open tasks. */
const REST_MS = 200

function SearchBox({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { t } = useTranslation('tasks')
  const [typed, setTyped] = useState(text)
  const latest = useRef(onText)
  latest.current = onText
  useEffect(() => setTyped(text), [text])
  useEffect(() => {
    if (typed === text) return
    const timer = setTimeout(() => latest.current(typed), REST_MS)
    return () => clearTimeout(timer)
  }, [typed, text])
  return (
    <span className="relative flex w-56 min-w-0 items-center">
      <Search className="pointer-events-none absolute start-2.5 size-4 text-muted" aria-hidden="true" />
      <input
        type="search"
        dir={typed ? 'auto' : undefined}
        aria-label={t('search')}
        placeholder={t('search')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !typed) return
          event.preventDefault()
          setTyped('')
          onText('')
        }}
        className="h-field w-full min-w-0 rounded-lg border border-line-strong bg-surface ps-8.5 pe-3 text-sm outline-none [&::-webkit-search-cancel-button]:hidden placeholder:text-muted focus:border-accent focus:ring-2 focus:ring-accent/25"
      />
    </span>
  )
}
