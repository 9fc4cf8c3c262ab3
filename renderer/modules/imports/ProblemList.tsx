import { useQuery } from '@tanstack/react-query'
import { FileDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { rpc } from '../../api/client.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { useProblemText } from './use-problem-text.ts'
import { useReport } from './use-report.ts'

/** Of what stood in a row, in characters: as much as the line can show, and as much as a tooltip can. */
const SHOWN = 200
const TITLE = 1000

/** The rows that did not come in whole: where in the file, why, and what stood there; those that came all the same as a file to mend. */
export function ProblemList({ id, fileName, warned }: { id: string; fileName: string; warned: number }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const problemText = useProblemText()
  const { report, isRunning } = useReport()
  const { data } = useQuery(rpc.imports.problems.queryOptions({ input: { id, limit: 200 }, staleTime: 0 }))
  if (!data || data.total === 0) return null
  const rest = data.total - data.problems.length
  return (
    <Card title={t('imports:problems', { count: data.total, n: formatNumber(data.total, language) })}>
      {warned > 0 ? (
        <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="min-w-0 flex-1 basis-96 text-muted">{t('imports:warnedHow')}</p>
          <Button icon={<FileDown />} onPress={() => void report(id, fileName, true)} isDisabled={isRunning}>
            {t('imports:warnedReport')}
          </Button>
        </div>
      ) : null}
      <table className="w-full table-fixed">
        <thead>
          <tr className="text-xs text-muted">
            <th className="w-16 py-1 text-start font-normal">{t('imports:column.row')}</th>
            <th className="w-44 py-1 text-start font-normal">{t('imports:column.state')}</th>
            <th className="w-2/5 py-1 text-start font-normal">{t('imports:column.reason')}</th>
            <th className="py-1 text-start font-normal">{t('imports:column.content')}</th>
          </tr>
        </thead>
        <tbody>
          {data.problems.map((problem, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of the file may have several problems of one kind
            <tr key={`${problem.row}.${at}`} className="border-t border-line align-top">
              <td className="py-1.5 text-muted">{formatNumber(problem.row, language)}</td>
              <td className="py-1.5 pe-3">
                <Badge tone={problem.came ? 'warn' : 'bad'}>
                  {t(problem.came ? 'imports:cameSo' : 'imports:failed')}
                </Badge>
              </td>
              <td className="py-1.5 pe-3">{problemText(problem)}</td>
              <td
                className="truncate py-1.5 text-muted"
                title={problem.cells.filter(Boolean).join('\n').slice(0, TITLE)}
              >
                <bdi>{problem.cells.filter(Boolean).join(t('imports:between')).slice(0, SHOWN)}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 ? (
        <p className="pt-2 text-xs text-muted">
          {t('imports:moreProblems', { count: rest, n: formatNumber(rest, language) })}
        </p>
      ) : null}
    </Card>
  )
}
