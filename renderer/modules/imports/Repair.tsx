import { FileDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { ChooseFile } from './ChooseFile.tsx'
import type { Staged } from './import-model.ts'
import { useReport } from './use-report.ts'

/** The loop to mend what did not come in: take those rows as a file, correct them, drop it here again. */
export function Repair(props: { id: string; fileName: string; failed: number; onStaged: (staged: Staged) => void }) {
  const { id, fileName, failed, onStaged } = props
  const { t } = useTranslation()
  const language = useLanguage()
  const { report, isRunning } = useReport()
  return (
    <Card title={t('imports:repair', { count: failed, n: formatNumber(failed, language) })}>
      <div className="grid grid-cols-2 gap-4 max-lg:grid-cols-1">
        <div className="flex flex-col items-start gap-3">
          <p>{t('imports:repairHow')}</p>
          <Button icon={<FileDown />} onPress={() => void report(id, fileName)} isDisabled={isRunning}>
            {t('imports:report')}
          </Button>
        </div>
        <div className="flex flex-col gap-3">
          <ChooseFile label={t('imports:dropRepaired')} onStaged={onStaged} />
        </div>
      </div>
    </Card>
  )
}
