import { ChevronLeft, ChevronRight, Plus, Printer } from 'lucide-react'
import { type MouseEvent, useRef, useState } from 'react'
import { useLocale } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { weekday } from '../../../shared/domain/jalali.ts'
import { DEFAULT_WEEK } from '../../../shared/domain/working-week.ts'
import { errorText } from '../../api/errors.ts'
import { useBusiness, useUser } from '../../api/session.ts'
import { useApp } from '../../app/app-context.ts'
import { useMinute, useToday } from '../../app/today.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { formatWholeWhen } from '../../ui/when-text.ts'
import { TaskDialog } from '../tasks/TaskDialog.tsx'
import { useColleagues } from '../users/use-colleagues.ts'
import { AgendaView } from './AgendaView.tsx'
import {
  canMove,
  type Day,
  type Entry,
  gregorianOf,
  type Move,
  spanOf,
  stepped,
  titleOf,
  VIEWS,
} from './calendar-model.ts'
import { EntryTextContext, useMakeEntryText } from './entry-text.ts'
import { MonthView } from './MonthView.tsx'
import { PrintSheet } from './PrintSheet.tsx'
import { TimeGrid } from './TimeGrid.tsx'
import { useDays, useMove, usePlace } from './use-calendar.ts'
import { useCalendarKeys } from './use-calendar-keys.ts'
import { placeAt, useDrag } from './use-drag.ts'
import type { ViewProps } from './view-props.ts'

const SHOWS = { month: MonthView, week: TimeGrid, day: TimeGrid, agenda: AgendaView } as const
type Form = { at: Move } | { id: string }

/** The days: month, week, day or list, with what is to be done on them. */
export function CalendarPage() {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const app = useApp()
  const today = useToday()
  const minute = useMinute()
  const week = useBusiness()?.week ?? DEFAULT_WEEK
  const [place, go] = usePlace()
  const { days, error } = useDays(place)
  const [form, setForm] = useState<Form | null>(null)
  const [slot, setSlot] = useState(9 * 60)
  const root = useRef<HTMLDivElement>(null)
  const moveTask = useMove()
  const title = titleOf(place, language, t('to'))
  const opens = week[weekday(place.day)]?.from ?? 9 * 60

  const find = (key: string): Entry | null =>
    days.flatMap(({ entries }) => entries).find((entry) => entry.key === key) ?? null
  const isVisible = (day: string) => day >= spanOf(place).from && day <= spanOf(place).to
  const move = (entry: Entry, to: Move) => {
    const from = days.find(({ entries }) => entries.includes(entry))?.day
    if (!canMove(entry) || (to.day === from && to.minute === entry.minute)) return
    void moveTask(entry, to)
  }
  const open = (entry: Entry) => {
    if (entry.type !== 'happened') setForm({ id: entry.id })
    else if (entry.party) app.go(`/customers/${entry.party.id}`)
  }
  const keys = useCalendarKeys(
    root,
    place,
    { today, slot, opens },
    {
      go,
      setSlot,
      find,
      step: (by) => go({ day: stepped(place, by) }),
      add: (at) => setForm({ at }),
      move: (entry, to) => {
        move(entry, to)
        go({ day: to.day })
      },
    },
  )
  const { drag, begin, wasDrag } = useDrag(
    (key) => {
      const entry = find(key)
      return entry && canMove(entry) ? entry : null
    },
    (entry, to) => {
      move(entry, to)
      if (!isVisible(to.day)) go({ day: to.day })
    },
  )
  const click = (event: MouseEvent) => {
    if (wasDrag.current) return
    const target = event.target as Element
    const mark = (name: string) => target.closest<HTMLElement>(`[data-${name}]`)?.dataset[name]
    const entry = find(mark('entry') ?? '')
    if (entry) return open(entry)
    const day = mark('goto')
    if (day) return go({ view: 'day', day })
    const list = mark('list')
    if (list) return go({ view: 'agenda', day: list })
    const slotAt = target.closest<HTMLElement>('[data-hour-slot]')?.dataset['hourSlot']
    if (slotAt && event.detail === 0) return setForm({ at: { day: place.day, minute: Number(slotAt) } })
    if (place.view === 'agenda') return
    const at = placeAt(event.clientX, event.clientY, null)
    if (!at) return
    setForm({ at: { ...at, minute: at.minute === null ? null : Math.floor(at.minute / 30) * 30 } })
  }

  const text = useMakeEntryText()
  const View = SHOWS[place.view]
  const props: ViewProps = {
    ...{ days, place, title, today, minute, drag, week, slot },
    isOff: ({ day, holidays }: Day) => week[weekday(day)]?.kind === 'off' || holidays.some(({ off }) => off),
  }
  return (
    <div className="flex h-full min-h-128 flex-col gap-3 max-sm:min-h-0">
      <Head title={title} place={place} go={go} onAdd={() => setForm({ at: { day: place.day, minute: null } })} />
      {error ? <ErrorState title={errorText(t, error)} /> : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: clicks and keys of the parts inside */}
      <div
        ref={root}
        onClick={click}
        onKeyDown={keys.onKeyDown}
        onPointerDown={begin}
        data-calendar={place.view}
        className={drag ? 'flex min-h-0 flex-1 cursor-grabbing flex-col select-none' : 'flex min-h-0 flex-1 flex-col'}
      >
        <EntryTextContext value={text}>
          <View {...props} />
        </EntryTextContext>
      </div>
      <EntryTextContext value={text}>
        <PrintSheet {...props} />
      </EntryTextContext>
      {drag ? <DragNote drag={drag} /> : null}
      {form ? <EntryForm form={form} owner={place.owner} onClose={() => setForm(null)} /> : null}
    </div>
  )
}

function Head(props: {
  title: string
  place: ReturnType<typeof usePlace>[0]
  go: ReturnType<typeof usePlace>[1]
  onAdd: () => void
}) {
  const { title, place, go, onAdd } = props
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const isRtl = useLocale().direction === 'rtl'
  const today = useToday()
  const me = useUser()
  const { list } = useColleagues()
  const [Back, Ahead] = isRtl ? [ChevronRight, ChevronLeft] : [ChevronLeft, ChevronRight]
  const owners = [
    { id: 'me', label: t('owner.me') },
    { id: 'all', label: t('owner.all') },
    ...list.filter(({ id }) => id !== me?.id).map(({ id, name }) => ({ id, label: name })),
  ]
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <span className="flex items-center gap-1">
        <Button size="sm" onPress={() => go({ day: today })}>
          {t('today')}
        </Button>
        <IconButton
          size="sm"
          label={t(`previous.${place.view}`)}
          kbd="PgUp"
          icon={<Back />}
          onPress={() => go({ day: stepped(place, -1) })}
        />
        <IconButton
          size="sm"
          label={t(`next.${place.view}`)}
          kbd="PgDn"
          icon={<Ahead />}
          onPress={() => go({ day: stepped(place, 1) })}
        />
      </span>
      <h1 className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2" aria-live="polite">
        <span className="text-lg font-bold">{title}</span>
        <span className="text-xs font-normal text-muted">{gregorianOf(place, language)}</span>
      </h1>
      {owners.length > 2 || place.owner !== 'me' ? (
        <Select
          label={t('owner.label')}
          labelHidden
          value={place.owner}
          onChange={(owner) => go({ owner: owner ?? 'me' })}
          options={owners}
          className="w-40"
        />
      ) : null}
      <SegmentedControl
        label={t('view')}
        value={place.view}
        onChange={(view) => go({ view })}
        options={VIEWS.map((id) => ({ id, label: t(`views.${id}`) }))}
      />
      <IconButton label={t('print')} icon={<Printer />} onPress={() => window.print()} />
      <Button icon={<Plus />} onPress={onAdd}>
        {t('add')}
      </Button>
    </header>
  )
}

/** Follows the pointer and says where it would be let down. */
function DragNote({ drag }: { drag: NonNullable<ViewProps['drag']> }) {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const isRtl = useLocale().direction === 'rtl'
  const { entry, target, x, y } = drag
  return (
    <div
      className="pointer-events-none fixed top-0 z-50 flex max-w-72 flex-col rounded-md bg-text px-2 py-1 text-xs text-bg"
      style={{ insetInlineStart: (isRtl ? innerWidth - x : x) + 12, insetBlockStart: y + 12 }}
    >
      <bdi className="truncate font-semibold">{entry.title || t(`kind.${entry.kind}`)}</bdi>
      <span>{target ? formatWholeWhen(target, language) : t('dropNowhere')}</span>
    </div>
  )
}

function EntryForm({ form, owner, onClose }: { form: Form; owner: string; onClose: () => void }) {
  if ('id' in form) return <TaskDialog id={form.id} onClose={onClose} />
  const { at } = form
  return (
    <TaskDialog
      initial={{ when: at, ...(owner !== 'me' && owner !== 'all' && { owner_id: owner }) }}
      onClose={onClose}
    />
  )
}
