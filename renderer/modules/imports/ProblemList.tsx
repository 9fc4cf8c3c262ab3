import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { rpc } from '../../api/client.ts'
import { Card } from '../../ui/Card.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { useProblemText } from './use-problem-text.ts'

/** The rows that did not come in whole: where in the file, why, and what stood there. */
export function ProblemList({ id }: { id: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const problemText = useProblemText()
  const { data } = useQuery(rpc.imports.problems.queryOptions({ input: { id, limit: 200 }, staleTime: 0 }))
  if (!data || data.total === 0) return null
  const rest = data.total - data.problems.length
  return (
    <Card title={t('imports:problems', { count: data.total, n: formatNumber(data.total, language) })}>
      <table className="w-full table-fixed">
        <thead>
          <tr className="text-xs text-muted">
            <th className="w-16 py-1 text-start font-normal">{t('imports:column.row')}</th>
            <th className="w-2/5 py-1 text-start font-normal">{t('imports:column.reason')}</th>
            <th className="py-1 text-start font-normal">{t('imports:column.content')}</th>
          </tr>
        </thead>
        <tbody>
          {data.problems.map((problem, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of the file may have several problems of one kind
            <tr key={`${problem.row}.${at}`} className="border-t border-line align-top">
              <td className="py-1.5 text-muted">{formatNumber(problem.row, language)}</td>
              <td className="py-1.5 pe-3">{problemText(problem)}</td>
              <td className="truncate py-1.5 text-muted">
                <bdi>{problem.cells.filter(Boolean).join(t('imports:between'))}</bdi>
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
