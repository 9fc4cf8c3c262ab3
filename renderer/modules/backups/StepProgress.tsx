import { useTranslation } from 'react-i18next'
import { Progress } from '../../ui/Progress.tsx'
import type { Step } from './use-steps.ts'

/** Which step, how far in hundredths, and how long it takes; pages and tables as numbers would tell nobody anything. */
export function StepProgress({ step, onCancel }: { step: Step | null; onCancel?: () => void }) {
  const { t } = useTranslation('backups')
  const share = step && step.total > 0 ? Math.round((100 * step.done) / step.total) : 0
  return (
    <Progress
      label={t(`step.${step?.step ?? 'copy'}`)}
      done={share}
      total={step ? 100 : undefined}
      secondsLeft={step?.left ?? undefined}
      onCancel={onCancel}
    />
  )
}
