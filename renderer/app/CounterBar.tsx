import { EyeOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { useCounterMode } from './counter-mode.ts'

/** Says that the screen is fit for a customer's eyes, and how to leave that. */
export function CounterBar() {
  const { t } = useTranslation()
  const counter = useCounterMode()
  if (!counter.on) return null
  return (
    <section
      aria-label={t('app:counter.title')}
      className="flex shrink-0 items-center gap-2.5 border-b border-line bg-violet-soft px-5 py-1.5 text-violet-ink"
    >
      <EyeOff className="size-4 shrink-0" aria-hidden="true" />
      <p className="min-w-0 flex-1">
        {/* The space keeps the last letter of one from joining the first of the other. */}
        <strong>{t('app:counter.title')}</strong> <span className="ms-2">{t('app:counter.explains')}</span>
      </p>
      <Button size="sm" kbd="F8" onPress={counter.toggle}>
        {t('app:counter.leave')}
      </Button>
    </section>
  )
}
