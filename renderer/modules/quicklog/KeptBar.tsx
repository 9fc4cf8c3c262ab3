import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import type { LineState } from './use-line.ts'

/** Says that a half-written line came back, or that an earlier one waits; nothing else. */
export function KeptBar({ state, onDone }: { state: LineState; onDone: () => void }) {
  const { t } = useTranslation('quicklog')
  if (!state.earlier && !state.isRestored) return null
  const press = state.earlier ? state.swap : state.empty
  return (
    <p className="flex items-center gap-2 border-b border-line px-4 py-1 text-xs text-muted">
      <span className="private-text min-w-0 truncate">
        {state.earlier ? t('earlier', { text: state.earlier.text }) : t('kept')}
      </span>
      <Button
        size="sm"
        variant="ghost"
        onPress={() => {
          press()
          onDone()
        }}
      >
        {t(state.earlier ? 'swap' : 'discard')}
      </Button>
    </p>
  )
}
