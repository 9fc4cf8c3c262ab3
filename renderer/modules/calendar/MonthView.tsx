import { memo, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { WEEKDAY_NAMES } from '../../../shared/domain/calendar-names.ts'
import { formatDay, formatNumber } from '../../../shared/domain/format.ts'
import { cx } from '../../ui/cx.ts'
import { useLanguage } from '../../ui/locale.ts'
import { cellLines, type Day, dayNumber, isInMonth } from './calendar-model.ts'
import { DayEntries } from './DayEntries.tsx'
import { Birthdays, HolidayNames } from './DayMarks.tsx'
import type { ViewProps } from './view-props.ts'

/** Heights of a line and of the head of a cell, in rem; what of the window is no part of the days, in pixels. */
const LINE = 1.5
const HEAD = 1.9
const AROUND = 174

/** A month in whole weeks, Saturday first. As many entries stand in a cell as fit; the rest is counted. */
export function MonthView(props: ViewProps) {
  const { days, title, place, today, minute, drag, isOff } = props
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const grid = useRef<HTMLDivElement>(null)
  const lines = useLines(grid, days.length / 7)
  const weeks = Array.from({ length: days.length / 7 }, (_, i) => days.slice(7 * i, 7 * i + 7))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a grid of days, whose cells take the focus
    <div
      role="grid"
      aria-label={t('gridLabel', { title })}
      className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-card border border-line bg-surface"
    >
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: a row of that grid; its cells take the focus */}
      <div role="row" className="grid grid-cols-7 border-b border-line bg-surface-2 text-xs text-muted">
        {WEEKDAY_NAMES[language].map((name, i) => (
          // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: names a column of that grid, and nothing is done with it
          <div role="columnheader" key={name} className={cx('truncate px-2 py-1', i === 6 && 'text-bad-ink')}>
            {name}
          </div>
        ))}
      </div>
      <div ref={grid} className="flex min-h-0 flex-1 flex-col">
        {weeks.map((week) => (
          // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: a row of that grid; its cells take the focus
          <div
            role="row"
            key={week[0]?.day}
            className="grid min-h-20 flex-1 grid-cols-7 border-b border-line last:border-b-0"
          >
            {week.map((day) => (
              <Cell
                key={day.day}
                day={day}
                lines={lines}
                isActive={day.day === place.day}
                isHere={isInMonth(day.day, place.day)}
                isRed={isOff(day)}
                isTarget={drag?.target?.day === day.day}
                dragged={drag?.entry.key}
                today={today}
                // Of other days nothing changes with the minute.
                minute={day.day === today ? minute : 0}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

function useLines(grid: React.RefObject<HTMLDivElement | null>, weeks: number): number {
  // Mostly right from the first, so that the month is drawn once.
  const [lines, setLines] = useState(() => linesIn(innerHeight - AROUND, weeks))
  useEffect(() => {
    const element = grid.current
    if (!element) return
    const measure = () => setLines(linesIn(element.clientHeight, weeks))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [grid, weeks])
  return lines
}

/** Entries that fit into a cell when the weeks stand in so many pixels. */
function linesIn(height: number, weeks: number): number {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  return Math.max(1, Math.min(8, Math.floor((height / weeks / rem - HEAD) / LINE)))
}

/** Drawn again only when something of this day is another. */
const Cell = memo(function Cell(props: {
  day: Day
  lines: number
  isActive: boolean
  isHere: boolean
  isRed: boolean
  /** What is being moved would be let down here. */
  isTarget: boolean
  dragged: string | undefined
  today: string
  minute: number
}) {
  const { day, lines, isActive, isHere, isRed, isTarget, dragged, today, minute } = props
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const { shown, more } = cellLines(day.total, day.entries.length, lines)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a grid that is no table
    <div
      role="gridcell"
      data-day={day.day}
      data-cell=""
      tabIndex={isActive ? 0 : -1}
      aria-selected={isActive}
      className={cx(
        'flex min-w-0 flex-col gap-0.5 border-s border-line p-1 outline-none outline-offset-[-2px] first:border-s-0 focus-visible:outline-2 focus-visible:outline-accent',
        isRed && 'bg-surface-2/60',
        isTarget && 'bg-accent-soft!',
      )}
    >
      <div className="flex h-5.5 min-w-0 items-center gap-1.5">
        <button
          type="button"
          data-goto={day.day}
          tabIndex={-1}
          aria-label={t('openDay', { day: formatDay(day.day, language, 'long') })}
          className={cx(
            'grid h-5.5 min-w-5.5 shrink-0 place-items-center rounded-full px-1 text-[0.8125rem] hover:bg-surface-2',
            day.day === today
              ? 'bg-accent! font-bold text-on-accent!'
              : !isHere
                ? 'text-muted'
                : isRed && 'text-bad-ink',
          )}
        >
          {dayNumber(day.day, language)}
        </button>
        <span className="sr-only">
          {day.total > 0 ? t('count', { count: day.total, n: formatNumber(day.total, language) }) : t('free')}
        </span>
        {day.holidays.length > 0 ? <HolidayNames holidays={day.holidays} isBrief className="flex-1" /> : null}
        <span className="ms-auto" />
        {day.birthdays.count.n > 0 ? <Birthdays birthdays={day.birthdays} isBrief /> : null}
      </div>
      <DayEntries {...{ day, today, minute, isActive, dragged, shown, more }} isBrief />
    </div>
  )
})
