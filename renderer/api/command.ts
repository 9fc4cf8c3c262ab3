import { useCallback, useRef, useState } from 'react'
import { getI18n } from 'react-i18next'
import { formatNumber } from '../../shared/domain/format.ts'
import { useLanguage } from '../ui/locale.ts'
import { useToast } from '../ui/Toast.tsx'
import { api } from './client.ts'
import { errorText } from './errors.ts'

/** What `history.undo` takes. */
export type Undoable = { change: number } | { batch: string }

/** What of a command's answer can be undone: a batch goes before the change that closed it. */
export function undoableOf(output: unknown): Undoable | null {
  const { batch, change } = (output ?? {}) as { batch?: string | null; change?: number | null }
  if (batch) return { batch }
  return typeof change === 'number' ? { change } : null
}

/** Words are looked up when there is something to say: a page holds a hundred commands, and each `useTranslation` is a subscription. */
const words = () => getI18n().t

/** Gives `undo(target)`: takes a change back and says what came of it; null after an error, and while the same is being taken back. */
export function useUndo() {
  const toast = useToast()
  const language = useLanguage()
  const running = useRef(new Set<string>())
  return useCallback(
    async (target: Undoable) => {
      const key = JSON.stringify(target)
      if (running.current.has(key)) return null
      running.current.add(key)
      const t = words()
      try {
        const result = await api.history.undo(target)
        toast({
          message:
            result.kept_total > 0
              ? t('common:undone.partly', {
                  restored: formatNumber(result.restored, language),
                  kept: formatNumber(result.kept_total, language),
                })
              : t('common:undone.whole'),
          tone: result.kept_total > 0 ? 'warn' : 'ok',
        })
        return result
      } catch (error) {
        toast({ message: errorText(t, error), tone: 'bad' })
        return null
      } finally {
        running.current.delete(key)
      }
    },
    [toast, language],
  )
}

export type CommandOptions<I, O> = {
  /** The sentence of the toast after it worked; with «undo» beside it when the answer names a change. No toast without. */
  message?: (output: O, input: I) => string | null
  onDone?: (output: O, input: I) => void
  /** True when the screen says it itself (an error under a field), so that no toast comes. */
  onError?: (error: unknown, input: I) => boolean | undefined
}

/**
 * A command of the engine for a screen: `const add = useCommand(api.customers.add, {...}); await add.run(input)`. Answers
 * with the output, or null after an error (which was shown). No spinner: commands answer within a frame or two.
 */
export function useCommand<I, O>(call: (input: I) => Promise<O>, options: CommandOptions<I, O> = {}) {
  const toast = useToast()
  const undo = useUndo()
  const [isRunning, setRunning] = useState(false)
  const latest = useRef({ call, options })
  latest.current = { call, options }
  const run = useCallback(
    async (input: I): Promise<O | null> => {
      const { call, options } = latest.current
      const t = words()
      setRunning(true)
      try {
        const output = await call(input)
        const message = options.message?.(output, input)
        const target = undoableOf(output)
        if (message) {
          toast({
            message,
            tone: 'ok',
            action: target ? { label: t('common:undo'), onAction: () => void undo(target) } : undefined,
          })
        }
        options.onDone?.(output, input)
        return output
      } catch (error) {
        if (!options.onError?.(error, input)) toast({ message: errorText(t, error), tone: 'bad' })
        return null
      } finally {
        setRunning(false)
      }
    },
    [toast, undo],
  )
  return { run, isRunning }
}
