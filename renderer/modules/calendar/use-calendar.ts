import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useToday } from '../../app/today.ts'
import { useLanguage } from '../../ui/locale.ts'
import { formatNamedWhen } from '../../ui/when-text.ts'
import {
  type Day,
  daysBetween,
  type Entry,
  type Move,
  type Place,
  placeOf,
  spanOf,
  type View,
} from './calendar-model.ts'

/** Entries of a day that are read: a cell of the month has few lines, a column of hours many. */
const PER_DAY: Readonly<Record<View, number>> = { month: 8, week: 120, day: 300, agenda: 60 }
/** Below this height a cell of the month has no room for more than six. */
const TALL = 1000

/** What a view of the calendar asks. */
export function rangeOf(place: Place) {
  const { view, owner } = place
  return rpc.calendar.range.queryOptions({
    input: {
      ...spanOf(place),
      owner: owner === 'me' || owner === 'all' ? owner : { id: owner },
      per_day: view === 'month' && innerHeight < TALL ? 6 : PER_DAY[view],
      names: view === 'month' ? 2 : 10,
    },
  })
}

/** View, day and owner, as the address has them. */
export function usePlace(): [place: Place, go: (to: Partial<Place>) => void] {
  const today = useToday()
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const place = placeOf(search, today)
  const go = (to: Partial<Place>) => {
    const { view, day, owner } = { ...place, ...to }
    // A day that is only where the keys are is no step back; another view or page is.
    const isSame = view === place.view && owner === place.owner && spanOf({ view, day }).from === spanOf(place).from
    void navigate({
      to: '/calendar',
      search: { view, day, ...(owner !== 'me' && { owner }) } as never,
      replace: isSame,
    })
  }
  return [place, go]
}

/** The days of a view, each there from the first moment; asked anew when the book changes and when the day does. */
export function useDays(place: Place): { days: readonly Day[]; isReady: boolean; error: unknown } {
  const { from, to } = spanOf(place)
  const today = useToday()
  const { data, error, isPlaceholderData } = useQuery({ ...rangeOf(place), placeholderData: keepPreviousData })
  const client = useQueryClient()
  // Which days a recurring task still comes on depends on today.
  const asked = useRef(today)
  useEffect(() => {
    if (asked.current !== today) void client.invalidateQueries({ queryKey: rpc.calendar.range.key() })
    asked.current = today
  }, [today, client])
  const days = useMemo(() => {
    const known = new Map((data?.days ?? []).map((day) => [day.day, day]))
    return daysBetween({ from, to }).map((day) => known.get(day) ?? emptyDay(day))
  }, [data, from, to])
  return { days, isReady: data !== undefined && !isPlaceholderData, error }
}

const emptyDay = (day: string): Day => ({
  day,
  entries: [],
  total: 0,
  holidays: [],
  birthdays: { count: { n: 0, more: false }, parties: [] },
})

/** Moves a task, with its notice and undo. */
export function useMove() {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const today = useToday()
  const move = useCommand(api.tasks.move, {
    message: (output, { due_date, due_minute }) =>
      output.change === null || due_date == null
        ? null
        : t('moved', { when: formatNamedWhen({ day: due_date, minute: due_minute ?? null }, today, language) }),
  })
  return (entry: Entry, to: Move) => move.run({ id: entry.id, due_date: to.day, due_minute: to.minute })
}
