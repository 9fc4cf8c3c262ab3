import { type KeyboardEvent as ReactKeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { useLocale } from 'react-aria-components'
import { addDays, type IsoDay } from '../../../shared/domain/jalali.ts'
import { keyName } from '../../app/keys.ts'
import { OPEN_DIALOG } from '../../ui/overlay.ts'
import { canMove, dayByKey, type Entry, type Move, movedBy, type Place, STEP, VIEWS, within } from './calendar-model.ts'

const ARROWS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']
const TYPING = 'input, textarea, select, [contenteditable=true], [role=menu], [role=listbox], [role=spinbutton]'

export interface KeyActions {
  go: (to: Partial<Place>) => void
  setSlot: (minute: number) => void
  step: (by: 1 | -1) => void
  add: (at: Move) => void
  move: (entry: Entry, to: Move) => void
  find: (key: string) => Entry | null
}

/**
 * The keys of the calendar. On a day or a slot of hours: arrows go about, Enter goes into the day (or adds where there is nothing), N adds. On an
 * entry: arrows go from one to the next, Alt and an arrow moves it, Enter opens it (the button's own). From anywhere on the page: 1 to 4 are the
 * views, 0 is today, PgUp and PgDn turn the page.
 */
export function useCalendarKeys(
  root: RefObject<HTMLDivElement | null>,
  place: Place,
  { today, slot, opens }: { today: IsoDay; slot: number; opens: number },
  actions: KeyActions,
) {
  const isRtl = useLocale().direction === 'rtl'
  const isHours = place.view === 'week' || place.view === 'day'
  /** What shall have the focus as soon as it is drawn: an entry on a day, or the day itself. */
  const wanted = useRef<{ day: IsoDay; entry: string | null; minute?: number | null } | null>(null)
  const spot = () =>
    root.current?.querySelector<HTMLElement>(
      isHours ? '[data-hour-slot]' : `[data-cell][data-day="${CSS.escape(place.day)}"]`,
    )

  useLayoutEffect(() => {
    const want = wanted.current
    if (!want) return
    // Not where it was before the move.
    const isMoved = want.entry !== null && actions.find(want.entry)?.minute === want.minute
    const chip = isMoved
      ? root.current?.querySelector<HTMLElement>(
          `[data-day="${CSS.escape(want.day)}"] [data-entry="${CSS.escape(want.entry ?? '')}"]`,
        )
      : null
    // On a day too full to show it, the day has the focus, and never nothing.
    const isLost = document.activeElement === document.body
    const element = chip ?? (want.entry === null || isLost ? spot() : null)
    if (!element) return
    if (chip || want.entry === null) wanted.current = null
    element.focus({ preventScroll: false })
  })

  // The keys work from the first moment.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once
  useEffect(() => {
    const focused = document.activeElement
    if (focused === document.body || focused?.id === 'main') spot()?.focus({ preventScroll: true })
  }, [])

  const latest = useRef({ place, actions, today })
  latest.current = { place, actions, today }
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      if ((event.target as Element | null)?.closest?.(TYPING) || document.querySelector(OPEN_DIALOG)) return
      const { actions, today } = latest.current
      const name = keyName(event)
      const digit = /^Digit([1-4])$|^Numpad([1-4])$/.exec(event.code)
      const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey
      if (name === 'PageDown' || name === 'PageUp') actions.step(name === 'PageDown' ? 1 : -1)
      else if (isPlain && /^(Digit|Numpad)0$/.test(event.code)) actions.go({ day: today })
      else if (digit && isPlain) actions.go({ view: VIEWS[Number(digit[1] ?? digit[2]) - 1] ?? 'month' })
      else return
      event.preventDefault()
      wanted.current = { day: latest.current.place.day, entry: null }
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])

  const entriesOf = (day: string) => [
    ...(root.current?.querySelectorAll<HTMLElement>(`[data-day="${CSS.escape(day)}"] [data-entry]`) ?? []),
  ]

  const goTo = (day: IsoDay) => {
    wanted.current = { day, entry: null }
    actions.go({ day: within(day) })
  }

  const onEntry = (event: ReactKeyboardEvent, chip: HTMLElement) => {
    const day = chip.closest<HTMLElement>('[data-day]')?.dataset['day'] ?? place.day
    const entry = actions.find(chip.dataset['entry'] ?? '')
    if (!entry) return
    if (event.altKey) {
      const to = canMove(entry) ? movedBy(place, event.key, { day, minute: entry.minute }, isRtl, opens) : null
      event.preventDefault()
      if (!to) return
      wanted.current = { day: to.day, entry: entry.key, minute: to.minute }
      actions.move(entry, to)
      return
    }
    event.preventDefault()
    const days = dayByKey(event.key, isRtl) ?? 0
    if (Math.abs(days) === 1) return goTo(addDays(day, days))
    const all =
      place.view === 'agenda'
        ? [...(root.current?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])]
        : entriesOf(day)
    const next = all[all.indexOf(chip) + (event.key === 'ArrowDown' ? 1 : -1)]
    if (next) next.focus()
    else if (event.key === 'ArrowUp') spot()?.focus()
  }

  const onDay = (event: ReactKeyboardEvent) => {
    event.preventDefault()
    if (isHours && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const next = slot + (event.key === 'ArrowDown' ? STEP : -STEP)
      if (next < 0 || next >= 1440) return
      wanted.current = { day: place.day, entry: null }
      return actions.setSlot(next)
    }
    if (place.view === 'agenda' && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const cells = [...(root.current?.querySelectorAll<HTMLElement>('[data-cell]') ?? [])]
      const at = cells.findIndex((cell) => cell.dataset['day'] === place.day)
      const next = cells[at + (event.key === 'ArrowDown' ? 1 : -1)]?.dataset['day']
      if (next) goTo(next)
      return
    }
    goTo(addDays(place.day, dayByKey(event.key, isRtl) ?? 0))
  }

  const onKeyDown = (event: ReactKeyboardEvent) => {
    if (event.defaultPrevented || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
    const target = event.target as HTMLElement
    const chip = target.closest<HTMLElement>('[data-entry]')
    const isSpot = target.dataset['cell'] !== undefined || target.dataset['hourSlot'] !== undefined
    if (ARROWS.includes(event.key)) {
      if (chip) onEntry(event, chip)
      else if (isSpot && !event.altKey) onDay(event)
      return
    }
    if (event.altKey || (!chip && !isSpot)) return
    const at = { day: place.day, minute: isHours ? slot : null }
    const name = keyName(event.nativeEvent)
    const [first] = entriesOf(place.day)
    if (name === 'N') actions.add(at)
    else if (name === 'Enter' && isSpot && first && !isHours) first.focus()
    else if (name === 'Enter' && isSpot) actions.add(at)
    else if (name === 'Escape' && chip) spot()?.focus()
    else return
    event.preventDefault()
  }
  return { onKeyDown }
}
