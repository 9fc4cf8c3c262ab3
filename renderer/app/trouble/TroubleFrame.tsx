import { ShieldCheck, TriangleAlert, Wrench } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { TechnicalDetail } from '../../ui/TechnicalDetail.tsx'
import { Logo } from '../Logo.tsx'

export type TroubleFrameProps = {
  title: string
  kept: string
  todo: string
  /** The folder or file it is about. */
  path?: string
  detail: string
  /** Said politely to screen readers too: what came of the last try. */
  note?: string
  actions: ReactNode
  /** What can be done about it right here; it stands below on a card of its own. */
  children?: ReactNode
}

/** The whole window when the book is not there: happened, kept, to do, and the technical part folded. */
export function TroubleFrame({ title, kept, todo, path, detail, note, actions, children }: TroubleFrameProps) {
  const { t } = useTranslation()
  return (
    <main className="relative grid h-dvh place-items-center overflow-y-auto bg-bg p-6 text-text">
      <div className={cx('flex w-full flex-col gap-5', children ? 'max-w-4xl' : 'max-w-xl')}>
        <div className="flex items-center gap-2.5">
          <Logo />
          <span className="font-bold">{t('common:appName')}</span>
        </div>
        <section className="flex flex-col gap-4 rounded-card border border-line bg-surface p-6">
          <h1 className="flex items-start gap-3 text-lg font-bold">
            <TriangleAlert className="mt-1 size-5 shrink-0 text-warn" aria-hidden="true" />
            {title}
          </h1>
          <p className="flex items-start gap-3">
            <ShieldCheck className="mt-1 size-5 shrink-0 text-ok" aria-hidden="true" />
            {kept}
          </p>
          <p className="flex items-start gap-3">
            <Wrench className="mt-1 size-5 shrink-0 text-muted" aria-hidden="true" />
            {todo}
          </p>
          {path ? (
            <p className="flex flex-col gap-1 rounded-lg bg-surface-2 px-3 py-2">
              <span className="text-xs text-muted">{t('app:trouble.place')}</span>
              <bdi dir="ltr" className="font-mono text-xs break-all select-all">
                {path}
              </bdi>
            </p>
          ) : null}
          <div className="flex flex-wrap items-center gap-2">{actions}</div>
          <p role="status" className="text-muted empty:hidden">
            {note}
          </p>
          <TechnicalDetail detail={detail} />
        </section>
        {children}
      </div>
    </main>
  )
}
