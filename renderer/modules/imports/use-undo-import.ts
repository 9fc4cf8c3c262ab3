import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useLanguage } from '../../ui/locale.ts'
import { useToast } from '../../ui/Toast.tsx'

export type UndoImport = ReturnType<typeof useUndoImport>

/** Takes a whole import back; what was changed by hand since then stays, and is counted. `at`: the import it is busy with. */
export function useUndoImport(onDone?: () => void) {
  const { t } = useTranslation()
  const language = useLanguage()
  const toast = useToast()
  const [at, setAt] = useState<string | null>(null)
  const { run, isRunning } = useCommand(api.imports.undo, {
    onDone: ({ kept_total }) => {
      const n = formatNumber(kept_total, language)
      toast({
        message: kept_total > 0 ? t('imports:undonePartly', { count: kept_total, n }) : t('imports:undoneWhole'),
        tone: kept_total > 0 ? 'warn' : 'ok',
      })
      onDone?.()
    },
  })
  return {
    run: (input: { id: string }) => {
      setAt(input.id)
      return run(input)
    },
    isRunning,
    at: isRunning ? at : null,
  }
}
