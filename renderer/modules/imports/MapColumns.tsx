import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api, rpc } from '../../api/client.ts'
import { errorText } from '../../api/errors.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Warning } from '../../ui/Field.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { ColumnTable } from './ColumnTable.tsx'
import { canIdentify, type Waiting, willCome, willWarn } from './import-model.ts'
import { PreviewTable } from './PreviewTable.tsx'

/** The second step: what each column is, and how the first rows would look; then it starts. */
export function MapColumns(props: {
  waiting: Waiting
  onChange: (waiting: Waiting | null) => void
  onStart: () => void
}) {
  const { waiting, onChange, onStart } = props
  const { staged, mapping, skipKnown } = waiting
  const { t } = useTranslation()
  const language = useLanguage()
  const n = (value: number) => formatNumber(value, language)
  const { data: preview, error } = useQuery(
    rpc.imports.preview.queryOptions({
      input: { id: staged.id, mapping },
      placeholderData: keepPreviousData,
      staleTime: 0,
      gcTime: 0,
    }),
  )
  const canStart = canIdentify(mapping) && preview !== undefined && willCome(preview, skipKnown) > 0
  const leave = () => {
    void api.imports.discard({ id: staged.id }).catch(() => {})
    onChange(null)
  }
  return (
    <>
      <section className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-line bg-surface p-4">
        <div className="min-w-0 flex-1">
          <p className="truncate font-bold">
            <bdi>{waiting.fileName}</bdi>
          </p>
          <p className="text-muted">{t('imports:rows', { count: staged.total, n: n(staged.total) })}</p>
        </div>
        {preview ? (
          <dl className="flex gap-5">
            <Figure
              label={t('imports:willCome')}
              value={n(willCome(preview, skipKnown) - willWarn(preview, skipKnown))}
            />
            <Figure label={t('imports:willWarn')} value={n(willWarn(preview, skipKnown))} />
            <Figure label={t('imports:known')} value={n(preview.known)} />
            <Figure label={t('imports:bad')} value={n(preview.bad)} />
          </dl>
        ) : null}
      </section>
      <Card title={t('imports:columns')}>
        <p className="mb-2 text-muted">{t('imports:columnsLead')}</p>
        <ColumnTable waiting={waiting} preview={preview} onChange={(next) => onChange({ ...waiting, mapping: next })} />
        {canIdentify(mapping) ? null : (
          <div className="mt-2">
            <Warning>{t('imports:needName')}</Warning>
          </div>
        )}
      </Card>
      <Card title={t('imports:preview')}>
        {error ? <Warning>{errorText(t, error)}</Warning> : preview ? <PreviewTable preview={preview} /> : null}
      </Card>
      <footer className="sticky -bottom-5 z-10 flex flex-wrap items-center gap-3 rounded-card border border-line bg-surface p-3">
        <Button variant="primary" onPress={onStart} isDisabled={!canStart} isDefault>
          {preview && canStart
            ? t('imports:start', { count: willCome(preview, skipKnown), n: n(willCome(preview, skipKnown)) })
            : t('imports:startAny')}
        </Button>
        <Button onPress={leave}>{t('imports:otherFile')}</Button>
        <Checkbox
          label={t('imports:skipKnown')}
          value={skipKnown}
          onChange={(next) => onChange({ ...waiting, skipKnown: next })}
        />
      </footer>
    </>
  )
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div className="text-center">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="text-base font-bold tnum">{value}</dd>
    </div>
  )
}
