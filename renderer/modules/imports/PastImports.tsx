import { FileDown, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDateTime, formatNumber } from '../../../shared/domain/format.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useLanguage } from '../../ui/locale.ts'
import type { Summary } from './import-model.ts'
import { ProblemList } from './ProblemList.tsx'
import { useReport } from './use-report.ts'
import type { UndoImport } from './use-undo-import.ts'

/** What came in before, with the way back and the rows that failed. */
export function PastImports({ list, undo }: { list: readonly Summary[]; undo: UndoImport }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { report, isRunning } = useReport()
  const [open, setOpen] = useState<string | null>(null)
  const past = list.filter(({ state }) => state === 'done' || state === 'undone')
  const opened = past.find(({ id }) => id === open)
  if (past.length === 0) return null
  const n = (value: number) => formatNumber(value, language)
  return (
    <>
      <Card title={t('imports:past')}>
        <ul>
          {past.map((each) => {
            const changed = each.filled + each.updated
            return (
              <li
                key={each.id}
                className="flex min-h-row items-center gap-2 border-b border-line py-1.5 last:border-b-0"
              >
                <div className="min-w-0 flex-1">
                  <p className="truncate font-semibold" title={each.file_name}>
                    <bdi>{each.file_name}</bdi>
                  </p>
                  <p className="text-xs text-muted">
                    {formatDateTime(each.created_at, Date.now(), language)}
                    {' · '}
                    {t('imports:pastCounts', { added: n(each.added), total: n(each.total) })}
                    {changed > 0 ? ` · ${t('imports:pastChanged', { count: changed, n: n(changed) })}` : ''}
                  </p>
                </div>
                {each.failed + each.warned > 0 ? (
                  <Button
                    size="sm"
                    variant="ghost"
                    aria-expanded={open === each.id}
                    onPress={() => setOpen(open === each.id ? null : each.id)}
                  >
                    {each.failed > 0
                      ? t('imports:failedRows', { count: each.failed, n: n(each.failed) })
                      : t('imports:warnedRows', { count: each.warned, n: n(each.warned) })}
                  </Button>
                ) : null}
                {each.failed > 0 ? (
                  <IconButton
                    size="sm"
                    label={t('imports:reportOf', { name: each.file_name })}
                    icon={<FileDown />}
                    onPress={() => void report(each.id, each.file_name)}
                    isDisabled={isRunning}
                  />
                ) : null}
                {each.state === 'undone' ? (
                  <Badge>{t('imports:isUndone')}</Badge>
                ) : each.added + changed > 0 ? (
                  <Button
                    size="sm"
                    icon={<Undo2 />}
                    aria-label={t('imports:undoOf', { name: each.file_name })}
                    onPress={() => void undo.run({ id: each.id })}
                    isDisabled={undo.isRunning}
                  >
                    {undo.at === each.id ? t('imports:undoing') : t('common:undo')}
                  </Button>
                ) : null}
              </li>
            )
          })}
        </ul>
      </Card>
      {opened ? (
        <ProblemList id={opened.id} fileName={opened.file_name} warned={opened.state === 'done' ? opened.warned : 0} />
      ) : null}
    </>
  )
}
