import { useTranslation } from 'react-i18next'
import { cx } from '../ui/cx.ts'

/** The sign of the product: its first letter on the accent. */
export function Logo({ large = false }: { large?: boolean }) {
  const { t } = useTranslation()
  return (
    <span
      aria-hidden="true"
      className={cx(
        'grid shrink-0 place-items-center rounded-lg bg-accent font-bold text-on-accent leading-none select-none',
        large ? 'size-12 text-2xl' : 'size-6.5',
      )}
    >
      {t('common:appLetter')}
    </span>
  )
}
