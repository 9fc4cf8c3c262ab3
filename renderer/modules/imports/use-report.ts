import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { IMPORT_FIELDS, PROBLEM_CODES } from '../../../shared/contract/imports.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { saveFile } from '../../ui/save-file.ts'
import { bareName } from './import-model.ts'

/** Gives `report(id, fileName)`: the rows that did not come in are handed over as a file, with the reasons in the words of the screen. */
export function useReport() {
  const { t } = useTranslation()
  const { run, isRunning } = useCommand(api.imports.report, { onDone: ({ file }) => saveFile(file) })
  const report = useCallback(
    (id: string, fileName: string, warned = false) => {
      // The engine puts field and value into the sentences, row by row.
      const blanks = { field: '{{field}}', value: '{{value}}' }
      const reasons = [...PROBLEM_CODES, 'CELL_TOO_LONG' as const].map((code) => [
        code,
        t(`imports:problem.${code}`, blanks),
      ])
      const fields = IMPORT_FIELDS.map((field) => [field, t(`imports:field.${field}`)])
      return run({
        id,
        warned,
        name: t(warned ? 'imports:warnedName' : 'imports:reportName', { name: bareName(fileName) }).slice(0, 200),
        header: t(warned ? 'imports:warnedHeader' : 'imports:reportHeader'),
        reasons: Object.fromEntries(reasons),
        fields: Object.fromEntries(fields),
      })
    },
    [run, t],
  )
  return { report, isRunning }
}
