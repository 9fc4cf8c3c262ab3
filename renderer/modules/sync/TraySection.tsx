import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useLanguage } from '../../ui/locale.ts'

/** One kind of what lies in the tray: its cards, and how many more there are than are shown. */
export function TraySection(props: {
  title: string
  lead?: string
  actions?: ReactNode
  /** Not among the cards. */
  more: number
  children: ReactNode
}) {
  const { title, lead, actions, more, children } = props
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-0 flex-1 basis-80">
          <h2 id={id} className="font-bold">
            {title}
          </h2>
          {lead ? <p className="text-muted">{lead}</p> : null}
        </div>
        {actions}
      </div>
      <ul className="flex flex-col gap-3">{children}</ul>
      {more > 0 ? (
        <p className="text-muted">{t('tray.more', { count: more, n: formatNumber(more, language) })}</p>
      ) : null}
    </section>
  )
}
