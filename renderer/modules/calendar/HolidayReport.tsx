import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import type { Outputs } from '../../api/client.ts'
import { useUndo } from '../../api/command.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useLanguage } from '../../ui/locale.ts'

/** What came of a file: how many days were taken, and which lines were not, with why. */
export function HolidayReport({
  report,
  onClose,
}: {
  report: Outputs['calendar']['importHolidays']
  onClose: () => void
}) {
  const { t } = useTranslation('calendar')
  const language = useLanguage()
  const undo = useUndo()
  const { added, same, bad, bad_total, change } = report
  const n = (value: number) => formatNumber(value, language)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('report.title')}
      isText={bad.length > 0}
      footer={
        <>
          <Button variant="primary" isDefault autoFocus onPress={onClose}>
            {t('report.close')}
          </Button>
          {change !== null ? (
            <Button
              onPress={() => {
                void undo({ change })
                onClose()
              }}
            >
              {t('common:undo')}
            </Button>
          ) : null}
        </>
      }
    >
      <p>{t('report.taken', { added: n(added), same: n(same) })}</p>
      {bad_total > 0 ? (
        <>
          <p className="mt-2 text-warn-ink">{t('report.bad', { count: bad_total, n: n(bad_total) })}</p>
          <ul className="mt-1">
            {bad.map(({ line, text, reason }) => (
              <li key={line} className="border-b border-line py-1 last:border-b-0">
                <span className="text-muted">{t('report.line', { n: n(line) })}</span> {t(`report.reason.${reason}`)}{' '}
                <bdi className="text-xs text-muted">{text}</bdi>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Dialog>
  )
}
