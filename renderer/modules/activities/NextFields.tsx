import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { WhenField } from '../../ui/WhenField.tsx'
import { NEXT_KINDS, type NextForm } from './log-model.ts'

/** The next step, in the same form: when, what, in which way. */
export function NextFields(props: {
  next: NextForm
  isBrief?: boolean
  /** It was to be saved, and nothing is said of it yet. */
  isNeeded?: boolean
  onChange: (part: Partial<NextForm>) => void
  onRemove: () => void
  onBadWhen: (text: string | null) => void
}) {
  const { next, isBrief, isNeeded, onChange, onRemove, onBadWhen } = props
  const { t } = useTranslation('activities')
  const box = useRef<HTMLFieldSetElement>(null)
  useEffect(() => {
    if (isNeeded) box.current?.querySelector('input')?.focus()
  }, [isNeeded])
  return (
    <fieldset ref={box} className="rounded-lg border border-line bg-surface-2/50 p-2.5">
      <legend className="sr-only">{t('next.title')}</legend>
      <div className="mb-1.5 flex items-center gap-2">
        <span className="flex-1 text-[0.8125rem] font-semibold" aria-hidden="true">
          {t('next.title')}
        </span>
        <IconButton size="sm" label={t('next.remove')} icon={<X />} onPress={onRemove} />
      </div>
      <div className={cx('grid items-start gap-x-3 gap-y-2', isBrief ? 'grid-cols-1' : 'grid-cols-[13rem_1fr_9rem]')}>
        <WhenField
          label={t('next.when')}
          value={next.when}
          onChange={(when) => onChange({ when })}
          onInvalidText={onBadWhen}
          error={isNeeded ? t('next.needed') : undefined}
          autoFocus
        />
        <TextField
          label={t('next.what')}
          placeholder={t(`next.named.${next.kind}`)}
          value={next.title}
          onChange={(title) => onChange({ title })}
          maxLength={300}
        />
        <Select
          label={t('next.kind')}
          value={next.kind}
          onChange={(kind) => kind && onChange({ kind })}
          options={NEXT_KINDS.map((id) => ({ id, label: t(`next.kinds.${id}`) }))}
        />
      </div>
    </fieldset>
  )
}
