import { ORPCError } from '@orpc/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MAX_FILE_BYTES } from '../../../shared/contract/imports.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { errorText } from '../../api/errors.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { Progress } from '../../ui/Progress.tsx'
import type { Staged } from './import-model.ts'

const ENDINGS = ['.csv', '.xlsx', '.xls', '.vcf', '.txt', '.tsv', '.ods']

/** A file, dropped or chosen; one that cannot be read says why right here. */
export function ChooseFile({ label, onStaged }: { label: string; onStaged: (staged: Staged) => void }) {
  const { t } = useTranslation()
  const [trouble, setTrouble] = useState<{ error: unknown; name: string } | null>(null)
  const stage = useCommand(api.imports.stage, {
    onDone: onStaged,
    onError: (error, { file }) => {
      setTrouble({ error, name: (file as File).name })
      return true
    },
  })
  return (
    <>
      {stage.isRunning ? (
        <div className="rounded-card border border-line bg-surface p-6">
          <Progress label={t('imports:reading')} done={0} />
        </div>
      ) : (
        <FileDrop
          label={label}
          description={t('imports:formats')}
          accept={ENDINGS}
          onFile={(file) => {
            // A larger message would only cut the connection.
            const fits = file.size <= MAX_FILE_BYTES
            setTrouble(fits ? null : { error: new ORPCError('FILE_TOO_LARGE'), name: file.name })
            if (fits) void stage.run({ file })
          }}
        />
      )}
      {trouble && !stage.isRunning ? (
        <ErrorState
          title={t('imports:notRead', { name: `\u2068${trouble.name}\u2069` })}
          kept={errorText(t, trouble.error)}
          advice={t('imports:notReadTodo')}
        />
      ) : null}
    </>
  )
}
