import { useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { WEEKDAY_NAMES } from '../../../shared/domain/calendar-names.ts'
import { formatDay, formatNumber } from '../../../shared/domain/format.ts'
import { weekday } from '../../../shared/domain/jalali.ts'
import { hoursOf, pausesOf } from '../../../shared/domain/working-week.ts'
import { cx } from '../../ui/cx.ts'
import { useLanguage } from '../../ui/locale.ts'
import { formatMinute } from '../../ui/when-text.ts'
import { cellLines, type Day, dayNumber, type Entry, isLate, STEP } from './calendar-model.ts'
import { Birthdays, HolidayNames } from './DayMarks.tsx'
import { EntryChip } from './EntryChip.tsx'
import { inLanes } from './lanes.ts'
import type { ViewProps } from './view-props.ts'

const HOURS = Array.from({ length: 24 }, (_, i) => i)
/** Shortest block that can be read, in minutes; what has no length is drawn as half an hour. */
const LEAST = 30
/** Of an hour of 2.75 rem, lines of 1.25. */
const LINES_AN_HOUR = 2.15
const percent = (minute: number) => `${(minute / 1440) * 100}%`

/** Days side by side with rows of hours, and above them what has no time. One day or seven. */
export function TimeGrid(props: ViewProps) {
  const { days, title, place, week } = props
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const scroller = useRef<HTMLDivElement>(null)
  const opens = Math.min(...week.filter(({ kind }) => kind !== 'off').map(({ from }) => from), 9 * 60)
  // Once a view, not whenever a day is chosen: the person may have scrolled.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view begins anew
  useLayoutEffect(() => {
    const box = scroller.current
    if (box) box.scrollTop = ((opens - 45) / 1440) * box.scrollHeight
  }, [place.view])
  const columns = { gridTemplateColumns: `3.25rem repeat(${days.length}, minmax(0, 1fr))` }
  return (
    // biome-ignore lint/a11y/useSemanticElements: not of a form
    <div
      role="group"
      aria-label={t('gridLabel', { title })}
      className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-card border border-line bg-surface"
    >
      <div className="overflow-y-scroll border-b border-line bg-surface-2 [scrollbar-color:transparent_transparent]">
        <div className="grid" style={columns}>
          <span />
          {days.map((day) => (
            <Head key={day.day} day={day} {...props} />
          ))}
        </div>
        <div className="grid bg-surface" style={columns}>
          <span className="px-1.5 py-1 text-[0.6875rem] text-muted">{t('anyTime')}</span>
          {days.map((day) => (
            <Untimed key={day.day} day={day} {...props} />
          ))}
        </div>
      </div>
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-scroll">
        <div className="relative grid h-264" style={columns}>
          <div className="relative" aria-hidden="true">
            {HOURS.map((hour) => (
              <span
                key={hour}
                className="absolute end-1.5 -translate-y-1/2 text-[0.6875rem] text-muted first:hidden"
                style={{ insetBlockStart: percent(hour * 60) }}
              >
                {formatMinute(hour * 60, language)}
              </span>
            ))}
          </div>
          {days.map((day) => (
            <Column key={day.day} day={day} {...props} />
          ))}
        </div>
      </div>
    </div>
  )
}

function Head({ day, place, today, isOff, days }: ViewProps & { day: Day }) {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const isRed = isOff(day)
  return (
    <div
      className={cx(
        'flex min-w-0 flex-col items-center border-s border-line p-1',
        day.day === place.day && 'bg-surface',
      )}
    >
      <button
        type="button"
        data-goto={day.day}
        tabIndex={-1}
        title={t('openDay', { day: formatDay(day.day, language, 'long') })}
        className="flex items-center gap-1.5 rounded px-1.5 text-xs text-muted hover:bg-surface-2"
      >
        <span className={cx(isRed && 'text-bad-ink')}>{WEEKDAY_NAMES[language][weekday(day.day)]}</span>
        <span
          className={cx(
            'grid h-6 min-w-6 place-items-center rounded-full px-1 text-[0.8125rem]',
            day.day === today ? 'bg-accent font-bold text-on-accent' : isRed ? 'text-bad-ink' : 'text-text',
          )}
        >
          {dayNumber(day.day, language)}
        </span>
      </button>
      <HolidayNames holidays={day.holidays} className="max-w-full" />
      <Birthdays birthdays={day.birthdays} isBrief={days.length > 1} />
    </div>
  )
}

function Untimed({ day, place, today, minute, drag, isOff, days }: ViewProps & { day: Day }) {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const entries = day.entries.filter((entry) => entry.minute === null)
  // What was not read is counted here: by their times it is not known where it would stand.
  const total = entries.length + day.total - day.entries.length
  const { shown, more } = cellLines(total, entries.length, days.length > 1 ? 3 : 8)
  const isActive = day.day === place.day
  const isTarget = drag?.target?.day === day.day && drag.target.minute === null
  return (
    // biome-ignore lint/a11y/useSemanticElements: not of a form
    <div
      role="group"
      data-day={day.day}
      data-untimed=""
      aria-label={t('untimedOf', { day: formatDay(day.day, language, 'long') })}
      className={cx(
        'flex min-h-7 min-w-0 flex-col gap-0.5 border-s border-line p-0.5',
        isOff(day) && 'bg-surface-2/60',
        isTarget && 'bg-accent-soft!',
      )}
    >
      {entries.slice(0, shown).map((entry) => (
        <EntryChip
          key={entry.key}
          entry={entry}
          isLate={isLate(day.day, entry, { day: today, minute })}
          isReachable={isActive}
          isDragged={drag?.entry.key === entry.key}
        />
      ))}
      {more > 0 ? (
        <span className="flex">
          <button
            type="button"
            data-list={day.day}
            tabIndex={isActive ? 0 : -1}
            className="h-5.5 rounded px-1.5 text-start text-xs/5 text-muted outline-none hover:bg-surface-2 focus-visible:focus-ring"
          >
            {t('more', { count: more, n: formatNumber(more, language) })}
          </button>
        </span>
      ) : null}
    </div>
  )
}

const endOf = ({ minute, minutes }: Entry) => Math.min(1440, (minute ?? 0) + Math.max(LEAST, minutes ?? LEAST))

function Column({ day, place, today, minute, drag, isOff, week, slot, days }: ViewProps & { day: Day }) {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const isActive = day.day === place.day
  const hours = isOff(day) ? null : hoursOf(week, day.day)
  const timed = day.entries.flatMap((entry) =>
    entry.minute === null
      ? []
      : [{ key: entry.key, from: Math.min(entry.minute, 1440 - LEAST), to: endOf(entry), entry }],
  )
  const { placed, crowds } = inLanes(timed, days.length > 1 ? 3 : 10)
  const target = drag?.target?.day === day.day ? drag.target.minute : null
  const across = (lane: number, lanes: number) => ({
    insetInlineStart: `${(lane / lanes) * 100}%`,
    inlineSize: `calc(${100 / lanes}% - 2px)`,
  })
  return (
    // biome-ignore lint/a11y/useSemanticElements: not of a form
    <div
      role="group"
      data-day={day.day}
      data-hours=""
      aria-label={formatDay(day.day, language, 'long')}
      className={cx(
        'relative border-s border-line bg-[linear-gradient(var(--line)_1px,transparent_1px)] bg-size-[100%_calc(100%/24)]',
        hours === null && 'bg-surface-2/60',
      )}
    >
      {hours
        ? pausesOf(hours).map(({ from, to }) => (
            <span
              key={from}
              data-pause=""
              className="absolute inset-x-0 bg-surface-2/60"
              style={{ insetBlockStart: percent(from), blockSize: percent(to - from) }}
            />
          ))
        : null}
      {isActive ? (
        <button
          type="button"
          data-hour-slot={slot}
          aria-label={t('addAt', { when: `${formatDay(day.day, language, 'long')} ${formatMinute(slot, language)}` })}
          className="absolute inset-x-0 rounded-sm outline-none outline-offset-[-2px] focus-visible:bg-accent-soft/70 focus-visible:outline-2 focus-visible:outline-accent"
          style={{ insetBlockStart: percent(slot), blockSize: percent(STEP) }}
        />
      ) : null}
      {target !== null ? (
        <span
          className="absolute inset-x-0 rounded border border-accent bg-accent-soft"
          style={{
            insetBlockStart: percent(target),
            blockSize: percent(Math.max(LEAST, drag?.entry.minutes ?? LEAST)),
          }}
        />
      ) : null}
      {placed.map(({ item: { entry }, from, to, lane, lanes }) => (
        <EntryChip
          key={entry.key}
          entry={entry}
          block={{ lines: Math.floor(((to - from) / 60) * LINES_AN_HOUR), lanes }}
          isLate={isLate(day.day, entry, { day: today, minute })}
          isReachable={isActive}
          isDragged={drag?.entry.key === entry.key}
          style={{
            insetBlockStart: percent(from),
            blockSize: `calc(${percent(to - from)} - 1px)`,
            ...across(lane, lanes),
          }}
        />
      ))}
      {crowds.map(({ from, to, n, lane, lanes }) => (
        <button
          type="button"
          key={`${from} ${lane}`}
          data-list={day.day}
          tabIndex={isActive ? 0 : -1}
          aria-label={t('more', { count: n, n: formatNumber(n, language) })}
          className="absolute overflow-hidden rounded border border-dashed border-line-strong bg-surface px-1 text-start text-xs/5 text-muted outline-none hover:text-text focus-visible:focus-ring"
          style={{ insetBlockStart: percent(from), blockSize: percent(to - from), ...across(lane, lanes) }}
        >
          {`+${formatNumber(n, language)}`}
        </button>
      ))}
      {day.day === today ? (
        <span
          className="pointer-events-none absolute inset-x-0 border-t-2 border-bad"
          style={{ insetBlockStart: percent(minute) }}
          aria-hidden="true"
        />
      ) : null}
    </div>
  )
}
