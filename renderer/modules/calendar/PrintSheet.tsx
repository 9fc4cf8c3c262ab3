import './print.css'
import { type ReactNode, useEffect, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { WEEKDAY_NAMES } from '../../../shared/domain/calendar-names.ts'
import { formatDay, formatNumber } from '../../../shared/domain/format.ts'
import { useBusiness } from '../../api/session.ts'
import { cx } from '../../ui/cx.ts'
import { useLanguage } from '../../ui/locale.ts'
import { formatMinute } from '../../ui/when-text.ts'
import { useColleagues } from '../users/use-colleagues.ts'
import { cellLines, type Day, dayNumber, type Entry, gregorianOf, isInMonth } from './calendar-model.ts'
import { useEntryText } from './entry-text.ts'
import type { ViewProps } from './view-props.ts'

/** Room on an A4 page, in mm and in entries. */
const MONTH_HEIGHT = 164
const WEEK_HEIGHT = 164
const LINE = 4.2
const WEEK_ENTRIES = 18

/** Drawn just before the browser prints (its own key too), and not kept up to date for nothing before that. */
function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(false)
    const media = matchMedia('print')
    const change = () => (media.matches ? begin() : end())
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    media.addEventListener('change', change)
    return () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
      media.removeEventListener('change', change)
    }
  }, [])
  return isPrinting
}

/** What goes on paper: month and week across one A4 page, day and list upright on as many as it takes. */
export function PrintSheet(props: ViewProps) {
  const language = useLanguage()
  const isPrinting = usePrinting()
  if (!isPrinting) return null
  const { view } = props.place
  const Body = view === 'month' ? MonthSheet : view === 'week' ? WeekSheet : ListSheet
  return createPortal(
    <div
      data-print-sheet={view === 'month' || view === 'week' ? 'landscape' : 'portrait'}
      dir={language === 'fa' ? 'rtl' : 'ltr'}
      lang={language}
    >
      <Heading {...props} />
      <Body {...props} />
    </div>,
    document.body,
  )
}

function Heading({ title, place }: ViewProps) {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const business = useBusiness()?.business_name
  const { nameOf } = useColleagues()
  const owner = place.owner === 'me' || place.owner === 'all' ? t(`owner.${place.owner}`) : nameOf(place.owner)
  return (
    <header style={{ display: 'flex', alignItems: 'baseline', gap: '3mm', marginBlockEnd: '2mm' }}>
      <strong style={{ fontSize: '14pt' }}>{title}</strong>
      <span>{gregorianOf(place, language)}</span>
      <span style={{ marginInlineStart: 'auto' }}>{[business, owner].filter(Boolean).join(' · ')}</span>
    </header>
  )
}

function DayHead({ day, children }: { day: Day; children: ReactNode }) {
  const language = useLanguage()
  const { t } = useTranslation('calendar')
  const names = day.holidays.map((one) => one.name[language] + (one.approximate ? ` (${t('approximate')})` : ''))
  return (
    <div style={{ display: 'flex', gap: '1.5mm', alignItems: 'baseline' }}>
      <strong style={{ fontSize: '10pt' }}>{children}</strong>
      <span style={{ fontSize: '6.5pt', whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' }}>
        {names.join(language === 'fa' ? '، ' : ', ')}
      </span>
    </div>
  )
}

function Line({ entry, isWrapped }: { entry: Entry; isWrapped?: boolean }) {
  const text = useEntryText()
  const language = useLanguage()
  const isOver = entry.type === 'happened' || entry.status === 'done'
  return (
    <div
      className={cx(!isWrapped && 'truncate')}
      data-over={isOver || undefined}
      style={{ opacity: isOver ? 0.6 : entry.type === 'again' ? 0.7 : 1 }}
    >
      {isOver ? '✓ ' : null}
      {entry.priority === 2 && entry.status === 'open' ? <strong>! </strong> : null}
      {entry.minute === null ? null : <strong>{formatMinute(entry.minute, language)} </strong>}
      <bdi
        className={entry.title ? 'private-text' : undefined}
        style={{ textDecoration: isOver && entry.type === 'task' ? 'line-through' : 'none' }}
      >
        {text.title(entry)}
      </bdi>
      {entry.party ? (
        <>
          {' · '}
          <bdi>{entry.party.name}</bdi>
        </>
      ) : null}
    </div>
  )
}

/** Whose birthday is kept, in one line. */
function BirthdayLine({ birthdays: { count, parties } }: { birthdays: Day['birthdays'] }) {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  if (count.n === 0) return null
  const rest = count.n - parties.length
  const n = rest > 0 ? ` +${formatNumber(rest, language)}${count.more ? '+' : ''}` : ''
  return (
    <div className="truncate">
      {t('birthday')} <bdi>{parties.map(({ name }) => name).join(language === 'fa' ? '، ' : ', ') + n}</bdi>
    </div>
  )
}

const birthdayLines = ({ birthdays }: Day) => (birthdays.count.n > 0 ? 1 : 0)

function More({ n }: { n: number }) {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  return n > 0 ? <div>{t('more', { count: n, n: formatNumber(n, language) })}</div> : null
}

function MonthSheet({ days, place, isOff }: ViewProps) {
  const language = useLanguage()
  const weeks = Array.from({ length: days.length / 7 }, (_, i) => days.slice(7 * i, 7 * i + 7))
  const height = MONTH_HEIGHT / weeks.length
  const lines = Math.floor((height - 6.5) / LINE)
  return (
    <table>
      <thead>
        <tr>
          {WEEKDAY_NAMES[language].map((name) => (
            <th key={name}>{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]?.day}>
            {week.map((day) => {
              const { shown, more } = cellLines(day.total, day.entries.length, lines - birthdayLines(day))
              return (
                <td key={day.day} style={{ background: isOff(day) ? '#eee' : '#fff' }}>
                  <div style={{ blockSize: `${height - 2}mm`, opacity: isInMonth(day.day, place.day) ? 1 : 0.55 }}>
                    <DayHead day={day}>{dayNumber(day.day, language)}</DayHead>
                    <BirthdayLine birthdays={day.birthdays} />
                    {day.entries.slice(0, shown).map((entry) => (
                      <Line key={entry.key} entry={entry} />
                    ))}
                    <More n={more} />
                  </div>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function WeekSheet({ days, isOff }: ViewProps) {
  const language = useLanguage()
  return (
    <table>
      <thead>
        <tr>
          {days.map((day, i) => (
            <th key={day.day} style={{ background: isOff(day) ? '#eee' : '#fff' }}>
              {WEEKDAY_NAMES[language][i]}
              <DayHead day={day}>{dayNumber(day.day, language)}</DayHead>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          {days.map((day) => {
            const { shown, more } = cellLines(day.total, day.entries.length, WEEK_ENTRIES - birthdayLines(day))
            return (
              <td key={day.day} style={{ background: isOff(day) ? '#eee' : '#fff' }}>
                <div style={{ blockSize: `${WEEK_HEIGHT}mm` }}>
                  <BirthdayLine birthdays={day.birthdays} />
                  {day.entries.slice(0, shown).map((entry) => (
                    <div key={entry.key} style={{ maxBlockSize: '8.6mm', overflow: 'hidden', marginBlockEnd: '0.4mm' }}>
                      <Line entry={entry} isWrapped />
                    </div>
                  ))}
                  <More n={more} />
                </div>
              </td>
            )
          })}
        </tr>
      </tbody>
    </table>
  )
}

function ListSheet({ days, place }: ViewProps) {
  const language = useLanguage()
  const shown = days.filter(
    ({ total, holidays, birthdays, day }) =>
      total > 0 || holidays.length > 0 || birthdays.count.n > 0 || day === place.day,
  )
  return shown.map((day) => (
    <section
      key={day.day}
      style={{ marginBlockEnd: '3mm', borderBlockStart: '0.3pt solid #888', paddingBlockStart: '1mm' }}
    >
      <DayHead day={day}>{formatDay(day.day, language, 'long')}</DayHead>
      <BirthdayLine birthdays={day.birthdays} />
      {day.entries.map((entry) => (
        <div key={entry.key} style={{ display: 'flex', gap: '2mm' }}>
          <span
            style={{
              inlineSize: '3mm',
              blockSize: '3mm',
              marginBlockStart: '1mm',
              flexShrink: 0,
              border: '0.5pt solid #000',
              background: entry.status === 'done' ? '#888' : '#fff',
            }}
          />
          <Line entry={entry} isWrapped />
        </div>
      ))}
      <More n={day.total - day.entries.length} />
    </section>
  ))
}
