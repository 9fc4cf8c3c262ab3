import { CircleAlert, CircleCheck, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api, type Outputs } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Progress } from '../../ui/Progress.tsx'

type Report = Outputs['system']['check']

/** Holds the file, the search index and the history against each other, and says in words what came of it. */
export function CheckCard() {
  const { t } = useTranslation()
  const language = useLanguage()
  const canCheck = useCan('system.check')
  const [report, setReport] = useState<Report | null>(null)
  const check = useCommand(api.system.check, { onDone: setReport })
  const n = (value: number) => formatNumber(value, language)
  if (!canCheck) return null
  return (
    <Card title={t('settings:check.title')}>
      <p className="mb-3 text-muted">{t('settings:check.lead')}</p>
      {check.isRunning ? (
        <Progress label={t('settings:check.running')} done={0} />
      ) : (
        <Button
          icon={<ShieldCheck />}
          onPress={() => {
            setReport(null)
            void check.run(undefined)
          }}
        >
          {t('settings:check.run')}
        </Button>
      )}
      <div role="status" className="mt-3 flex flex-col gap-2 empty:hidden">
        {report?.ok ? (
          <p className="flex items-center gap-2 font-semibold text-ok">
            <CircleCheck className="size-4.5 shrink-0" aria-hidden="true" />
            {t('settings:check.ok')}
          </p>
        ) : null}
        {report?.problems.map((problem) => (
          <div key={problem.code} className="flex items-start gap-2 rounded-lg bg-bad-soft px-3 py-2 text-bad-ink">
            <CircleAlert className="mt-1 size-4 shrink-0" aria-hidden="true" />
            <div className="min-w-0">
              <p>
                {String(
                  t([`settings:check.problem.${problem.code}`, 'settings:check.problem.OTHER'], {
                    code: problem.code,
                    n: n(problem.count),
                  }),
                )}
              </p>
              <bdi dir="ltr" className="font-mono text-xs break-all">
                {problem.sample}
              </bdi>
            </div>
          </div>
        ))}
        {report && !report.ok ? <p>{t('settings:check.todo')}</p> : null}
        {report ? (
          <dl className="mt-1 grid grid-cols-2 gap-x-6 text-xs text-muted sm:grid-cols-3">
            {Object.entries(report.counts).map(([table, count]) => (
              <div key={table} className="flex justify-between gap-2 border-b border-line py-0.5">
                <dt>{String(t([`settings:check.count.${table}`, 'settings:check.count.other'], { name: table }))}</dt>
                <dd>{n(count)}</dd>
              </div>
            ))}
          </dl>
        ) : null}
      </div>
    </Card>
  )
}
