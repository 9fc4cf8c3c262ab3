import { Cake } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { cx } from '../../ui/cx.ts'
import { type Language, useLanguage } from '../../ui/locale.ts'
import type { Day, Holiday } from './calendar-model.ts'

export const holidayName = ({ name }: Holiday, language: Language): string => name[language]

/** Names of the holidays of a day; an estimate says so. */
export function HolidayNames(props: { holidays: readonly Holiday[]; isBrief?: boolean; className?: string }) {
  const { holidays, isBrief, className } = props
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  if (holidays.length === 0) return null
  const isOff = holidays.some(({ off }) => off)
  const text = holidays
    .map((one) => holidayName(one, language) + (one.approximate ? ` (${t('approximate')})` : ''))
    .join(language === 'fa' ? '، ' : ', ')
  const isGuess = holidays.some(({ approximate }) => approximate)
  return (
    <span
      className={cx(
        'flex min-w-0 items-baseline gap-1 text-[0.6875rem]',
        isOff ? 'text-bad-ink' : 'text-muted',
        className,
      )}
      title={text}
    >
      <span className="sr-only">{text}</span>
      <span className="min-w-0 truncate" aria-hidden="true">
        {holidays.map((one) => holidayName(one, language)).join(language === 'fa' ? '، ' : ', ')}
      </span>
      {isGuess ? (
        <span className="shrink-0 text-muted" aria-hidden="true">
          {isBrief ? (language === 'fa' ? '؟' : '?') : `(${t('approximate')})`}
        </span>
      ) : null}
    </span>
  )
}

/** Whose birthday is kept, with how many more. */
export function Birthdays({ birthdays, isBrief }: { birthdays: Day['birthdays']; isBrief?: boolean }) {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const { count, parties } = birthdays
  if (count.n === 0) return null
  const n = formatNumber(count.n, language) + (count.more ? '+' : '')
  const names = parties.map(({ name }) => name).join(language === 'fa' ? '، ' : ', ')
  const rest = count.n - parties.length
  const label = t('birthdays', { n, names })
  return (
    <span className="flex min-w-0 shrink-0 items-center gap-1 text-[0.6875rem] text-muted" title={label}>
      <span className="sr-only">{label}</span>
      <Cake className="size-3 shrink-0 text-violet" aria-hidden="true" />
      <span className="truncate" aria-hidden="true">
        {isBrief ? n : names + (rest > 0 ? ` +${formatNumber(rest, language)}` : '')}
      </span>
    </span>
  )
}
