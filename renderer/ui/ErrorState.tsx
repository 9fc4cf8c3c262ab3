// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
import { ChevronDown, CircleAlert, Copy } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'

export type ErrorStateProps = {
  /** What happened. */
  title: string
  /** What was kept. */
  kept?: ReactNode
  /** What the person can do. */
  advice?: ReactNode
  actions?: ReactNode
  /** Technical text for support: behind «جزئیات», with a copy button. */
  detail?: string
}

/** Trouble in words: what happened, what was kept, what to do; the technical part stays folded. */
export function ErrorState({ title, kept, advice, actions, detail }: ErrorStateProps) {
  const { t } = useTranslation('ui')
  const [isOpen, setIsOpen] = useState(false)
  const [isCopied, setIsCopied] = useState(false)
  return (
    <div role="alert" className="flex gap-3 rounded-card border border-line bg-surface p-4">
      <CircleAlert className="mt-0.5 size-5 shrink-0 text-bad" aria-hidden="true" />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <p className="font-bold">{title}</p>
        {kept ? <p>{kept}</p> : null}
        {advice ? <p className="text-muted">{advice}</p> : null}
        <div className="mt-1 flex flex-wrap gap-2">
          {actions}
          {detail ? (
            <Button
              variant="ghost"
              size="sm"
              aria-expanded={isOpen}
              icon={<ChevronDown className={isOpen ? 'rotate-180' : undefined} />}
              onPress={() => setIsOpen(!isOpen)}
            >
              {t('details')}
            </Button>
          ) : null}
        </div>
        {isOpen && detail ? (
          <div className="flex flex-col items-start gap-2">
            <pre
              dir="ltr"
              tabIndex={0}
              className="max-h-48 w-full overflow-auto rounded-md bg-surface-2 p-2 font-mono text-xs whitespace-pre-wrap"
            >
              {detail}
            </pre>
            <Button
              size="sm"
              icon={<Copy />}
              onPress={() => void navigator.clipboard.writeText(detail).then(() => setIsCopied(true))}
            >
              {t(isCopied ? 'copied' : 'copy')}
            </Button>
          </div>
        ) : null}
      </div>
    </div>
  )
}
