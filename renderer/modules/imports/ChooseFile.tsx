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
import type { Waiting } from './import-model.ts'

const ENDINGS = ['.csv', '.xlsx', '.xls', '.vcf', '.txt']

/** The first step: a file, dropped or chosen; a file that cannot be read says why right here. */
export function ChooseFile({ onStaged }: { onStaged: (waiting: Waiting) => void }) {
  const { t } = useTranslation()
  const [trouble, setTrouble] = useState<unknown>(null)
  const stage = useCommand(api.imports.stage, {
    onDone: (staged, { file }) => onStaged({ staged, fileName: file.name, mapping: staged.mapping, skipKnown: true }),
    onError: (error) => {
      setTrouble(error)
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
          label={t('imports:drop')}
          description={t('imports:formats')}
          accept={ENDINGS}
          onFile={(file) => {
            // A larger message would only cut the connection.
            const fits = file.size <= MAX_FILE_BYTES
            setTrouble(fits ? null : new ORPCError('FILE_TOO_LARGE'))
            if (fits) void stage.run({ file })
          }}
        />
      )}
      {trouble ? (
        <ErrorState title={t('imports:notRead')} kept={errorText(t, trouble)} advice={t('imports:notReadTodo')} />
      ) : null}
    </>
  )
}
