import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import type { Outputs } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { FieldTable } from './FieldTable.tsx'

/** What an undo restored, and what it left alone because something later had changed it. */
export function UndoReport({ report, onClose }: { report: Outputs['history']['undo']; onClose: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const n = (value: number) => formatNumber(value, language)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('history:report.title')}
      size="lg"
      isDismissable
      footer={
        <Button variant="primary" onPress={onClose} autoFocus>
          {t('common:close')}
        </Button>
      }
    >
      <p>{t('history:report.restored', { count: report.restored, n: n(report.restored) })}</p>
      <p className="mt-2 font-semibold">
        {t('history:report.kept', { count: report.kept_total, n: n(report.kept_total) })}
      </p>
      <p className="mb-2 text-muted">{t('history:report.why')}</p>
      <FieldTable fields={report.kept} last="kept" />
      {report.kept_total > report.kept.length ? (
        <p className="pt-1 text-xs text-muted">
          {t('history:moreFields', {
            count: report.kept_total - report.kept.length,
            n: n(report.kept_total - report.kept.length),
          })}
        </p>
      ) : null}
    </Dialog>
  )
}
