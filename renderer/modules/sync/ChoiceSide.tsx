import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { useLanguage } from '../../ui/locale.ts'
import { type Side, whenText } from './sync-model.ts'
import { useWriterText } from './use-writer-text.ts'

/** One of the values: what, by whom, when, on which device, and the button that keeps it. */
export function ChoiceSide(props: {
  title: string
  /** null: nobody knows who wrote it since. */
  side: Side | null
  children: ReactNode
  button: string
  isNow: boolean
  isDisabled: boolean
  onKeep: () => void
}) {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  const writer = useWriterText()
  const { side, isNow } = props
  return (
    <fieldset
      aria-label={props.title}
      className={cx('flex min-w-0 flex-col gap-2 rounded-lg border p-3', isNow ? 'border-accent' : 'border-line')}
    >
      <p className={cx('text-xs', isNow ? 'font-semibold text-accent-ink' : 'text-muted')}>{props.title}</p>
      <div className="min-w-0 flex-1">{props.children}</div>
      <p className="text-xs text-muted">
        {side ? (
          <>
            {writer(side)} · <time dateTime={new Date(side.at).toISOString()}>{whenText(side.at, language)}</time>
          </>
        ) : (
          t('conflict.later')
        )}
      </p>
      <Button size="sm" className="self-start" isDisabled={props.isDisabled} onPress={props.onKeep}>
        {props.button}
      </Button>
    </fieldset>
  )
}
