import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { type Status, whenText } from './backups-model.ts'

/** What was seen, what was kept because of it, and the two ways on. */
export function MassWarning({ mass, more }: { mass: NonNullable<Status['mass']>; more?: ReactNode }) {
  const { t } = useTranslation('backups')
  const language = useLanguage()
  const can = useCan('backups.run')
  const settle = useCommand(api.backups.settle, { message: () => t('mass.settled') })
  const n = (value: number) => formatNumber(value, language)
  return (
    <div role="alert" className="flex gap-3 rounded-card bg-bad-soft px-4 py-3 text-bad-ink">
      <TriangleAlert className="mt-1 size-4.5 shrink-0" aria-hidden="true" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-bold">{t('mass.title')}</p>
        <p>
          {t(`mass.${mass.table}`, {
            of: n(mass.of),
            changed: n(mass.changed),
            deleted: n(mass.deleted),
            before: whenText(mass.before, language),
          })}
        </p>
        <p>{t('mass.kept')}</p>
        <div className="mt-1.5 flex flex-wrap gap-2">
          {can ? (
            <Button size="sm" isDisabled={settle.isRunning} onPress={() => void settle.run(undefined)}>
              {t('mass.fine')}
            </Button>
          ) : null}
          {more}
        </div>
      </div>
    </div>
  )
}
