import { memo, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../../shared/domain/format.ts'
import { errorText } from '../../api/errors.ts'
import { useUser } from '../../api/session.ts'
import { useApp } from '../../app/app-context.ts'
import { useMinute } from '../../app/today.ts'
import { useAfterPaint } from '../../ui/after-paint.ts'
import { cx } from '../../ui/cx.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { ResultDialog } from '../tasks/ResultDialog.tsx'
import { NoCustomers, NothingDue } from './Nothing.tsx'
import { SectionCard } from './SectionCard.tsx'
import { columnsOf, firstScreen, partOfDay, pathOf, tallyText } from './today-model.ts'
import { useLineKeys } from './use-line-keys.ts'
import { type Line, type Page, useTodayPage } from './use-today-page.ts'

/** «امروز من»: what to do today, each line done from where it stands. */
export function TodayPage() {
  const { t } = useTranslation('today')
  const app = useApp()
  const minute = useMinute()
  const { day, page, error, sections, open } = useTodayPage()
  const [logged, setLogged] = useState<Extract<Line, { type: 'task' }> | null>(null)
  const isWhole = useAfterPaint(page !== undefined)
  const columns = useMemo(() => {
    const whole = columnsOf(sections)
    return isWhole ? whole : firstScreen(whole, innerHeight)
  }, [sections, isWhole])
  const shown = columns.flat()
  const openLine = (key: string) => {
    const line = shown.flatMap(({ lines }) => lines).find((one) => one.key === key)
    if (line) app.go(pathOf(line))
  }
  const { root, press, onFocus } = useLineKeys(shown, openLine)
  if (!page) return error ? <ErrorState title={errorText(t, error)} /> : null
  if (!page.has_customers && shown.length === 0)
    return <NoCustomers greeting={<Greeting page={page} minute={minute} />} />
  const isIdle = page.due.n === 0
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the lines inside */}
      <div ref={root} onKeyDown={press} onFocus={onFocus} className="flex flex-col gap-4 pb-8" data-today={page.day}>
        <Greeting page={page} minute={minute} />
        {isIdle ? <NothingDue page={page} /> : null}
        <div className={cx('grid items-start gap-4', columns.length > 1 ? 'lg:grid-cols-2' : 'max-w-3xl')}>
          {columns.map((column) => (
            <div key={column[0]?.name} className="flex min-w-0 flex-col gap-4">
              {column.map((section) => (
                <SectionCard
                  key={section.name}
                  section={section}
                  today={day}
                  minute={minute}
                  onLog={setLogged}
                  onMore={open}
                />
              ))}
            </div>
          ))}
        </div>
        {shown.length > 0 ? <Keys /> : null}
      </div>
      {logged ? <ResultDialog task={logged.task} onClose={() => setLogged(null)} /> : null}
    </>
  )
}

const Greeting = memo(function Greeting({ page, minute }: { page: Page; minute: number }) {
  const { t } = useTranslation('today')
  const language = useLanguage()
  const user = useUser()
  const part = partOfDay(minute)
  const { due, late, done } = page
  const facts = [
    due.n > 0 ? t('due', { n: tallyText(due, language) }) : null,
    late.n > 0 ? t('late', { n: tallyText(late, language) }) : null,
    done > 0 ? t('doneToday', { n: tallyText({ n: done, more: false }, language) }) : null,
  ].filter(Boolean)
  return (
    <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <h1 className="text-xl font-bold">{t(`greeting.${part}`, { name: user?.name ?? '' })}</h1>
      <p className="text-[0.8125rem] text-muted" aria-live="polite">
        {facts.length > 0 ? facts.join(t('semicolon')) : formatDay(page.day, language, 'long')}
      </p>
    </header>
  )
})

const Keys = memo(function Keys() {
  const { t } = useTranslation('today')
  const keys = [
    ['↑ ↓', 'move'],
    ['PgDn', 'section'],
    ['Enter', 'open'],
    ['Space', 'space'],
    ['L', 'log'],
    ['S', 'snooze'],
    ['X', 'notNow'],
  ] as const
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted" aria-hidden="true">
      {keys.map(([key, name]) => (
        <span key={name}>
          <Kbd>{key}</Kbd> {t(`key.${name}`)}
        </span>
      ))}
    </p>
  )
})
