import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useToday } from '../../app/today.ts'
import { cx } from '../../ui/cx.ts'
import { useLanguage } from '../../ui/locale.ts'
import { tallyText } from './today-model.ts'
import { type Page, pageOf } from './use-today-page.ts'

const dueOf = ({ due }: Page) => due

/** How much is due, on the menu; nothing while nothing is. */
export function DueMark({ className }: { className?: string }) {
  const { t } = useTranslation('today')
  const language = useLanguage()
  const day = useToday()
  const { data } = useQuery({ ...pageOf(day), select: dueOf, placeholderData: keepPreviousData })
  if (!data || data.n === 0) return null
  const count = tallyText(data, language)
  return (
    <span
      title={t('mark', { n: count })}
      className={cx(
        'shrink-0 rounded-md bg-surface-2 px-1.5 text-xs font-semibold leading-[1.7] max-lg:px-1 max-lg:text-[0.625rem]',
        className,
      )}
    >
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{t('mark', { n: count })}</span>
    </span>
  )
}
