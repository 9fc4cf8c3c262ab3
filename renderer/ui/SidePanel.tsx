// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'
import { IconButton } from './IconButton.tsx'

export type SidePanelProps = {
  /** Names the panel for screen readers; shown as heading unless `header` is given. */
  title: string
  header?: ReactNode
  actions?: ReactNode
  footer?: ReactNode
  onClose: () => void
  children: ReactNode
  className?: string
}

/** The record beside the list: a card at the end of the page that does not take the focus; Esc inside it closes it. */
export function SidePanel({ title, header, actions, footer, onClose, children, className }: SidePanelProps) {
  const { t } = useTranslation('ui')
  return (
    <aside
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.stopPropagation()
          onClose()
        }
      }}
      className={cx(
        'flex h-full w-88 min-w-0 shrink-0 flex-col overflow-hidden rounded-card border border-line bg-surface',
        className,
      )}
    >
      <header className="flex items-start gap-2 ps-4 pe-2.5 pt-2.5 pb-2">
        <div className="min-w-0 flex-1 pt-0.5">
          {header ?? <h2 className="truncate text-base font-bold">{title}</h2>}
        </div>
        {actions}
        <IconButton size="sm" label={t('closePanel')} kbd="Esc" icon={<X />} onPress={onClose} />
      </header>
      <section
        tabIndex={0}
        aria-label={title}
        className="min-h-0 flex-1 overflow-y-auto px-4 pb-4 outline-offset-[-2px]"
      >
        {children}
      </section>
      {footer ? <footer className="flex flex-wrap gap-2 border-t border-line px-4 py-3">{footer}</footer> : null}
    </aside>
  )
}
