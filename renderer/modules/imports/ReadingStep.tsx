import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { errorText } from '../../api/errors.ts'
import { Warning } from '../../ui/Field.tsx'
import { type PreviewRow, type ReadOptions, rereadAs, type Waiting } from './import-model.ts'
import { ReadFactsLine } from './ReadFactsLine.tsx'
import { ReadingOptions } from './ReadingOptions.tsx'
import { ReadTable } from './ReadTable.tsx'

/** The second step: the first rows as they were read; what was judged wrongly is corrected and read again at once. */
export function ReadingStep(props: {
  waiting: Waiting
  rows: readonly PreviewRow[] | undefined
  onChange: (waiting: Waiting) => void
}) {
  const { waiting, rows, onChange } = props
  const { staged, options } = waiting
  const { t } = useTranslation()
  const [trouble, setTrouble] = useState<unknown>(null)
  const reread = useCommand((next: ReadOptions) => api.imports.reread({ id: staged.id, options: next }), {
    onDone: (again, next) => {
      setTrouble(null)
      onChange(rereadAs(waiting, again, next))
    },
    onError: (error) => {
      setTrouble(error)
      return true
    },
  })
  return (
    <>
      <div className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4">
        <ReadingOptions
          facts={staged.facts}
          options={options}
          isReading={reread.isRunning}
          onChange={(next) => void reread.run(next)}
        />
        <ReadFactsLine staged={staged} isReading={reread.isRunning} />
        {trouble ? (
          <Warning>
            {errorText(t, trouble)} {t('imports:readAsBefore')}
          </Warning>
        ) : null}
      </div>
      <ReadTable staged={staged} rows={rows} />
    </>
  )
}
