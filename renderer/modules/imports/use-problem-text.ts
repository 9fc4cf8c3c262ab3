import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportProblem } from '../../../shared/contract/imports.ts'

/** Gives `text(problem)`: what is wrong with a row, in words, with the field and the value it is about. */
export function useProblemText() {
  const { t } = useTranslation()
  return useCallback(
    ({ code, field, value }: ImportProblem) =>
      t(`imports:problem.${code === 'TOO_LONG' && !field && !value ? 'CELL_TOO_LONG' : code}`, {
        // A column that becomes nothing is known by its header.
        field: field ? t(`imports:field.${field}`) : value.slice(0, 60),
        // Numbers and Latin words must not turn the sentence around.
        value: `\u2068${value.slice(0, 60)}\u2069`,
      }),
    [t],
  )
}
