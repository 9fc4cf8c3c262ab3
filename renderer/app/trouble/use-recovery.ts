import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecoveryProgress, RecoveryWay } from '../../../shared/contract/recovery.ts'
import { api } from '../../api/client.ts'
import { errorText } from '../../api/errors.ts'

/** Makes a book ready, one at a time, and follows it; leaving the screen stops it. `onMade` after each. */
export function useRecovery(onMade: () => Promise<unknown>) {
  const { t } = useTranslation()
  const [way, setWay] = useState<RecoveryWay | null>(null)
  const [progress, setProgress] = useState<RecoveryProgress | null>(null)
  const [note, setNote] = useState('')
  const [secondsLeft, setSecondsLeft] = useState<number | undefined>(undefined)
  const stop = useRef<AbortController | null>(null)
  const made = useRef(onMade)
  made.current = onMade
  useEffect(() => () => stop.current?.abort(), [])

  const start = useCallback(
    async (wanted: RecoveryWay, owner: string) => {
      const leave = new AbortController()
      stop.current = leave
      setWay(wanted)
      setProgress({ phase: wanted === 'backup' ? 'copy' : 'read', done: 0, total: 0, book: null })
      setNote('')
      try {
        const steps = await api.recovery.prepare({ way: wanted, owner_name: owner }, { signal: leave.signal })
        let phase = ''
        let began = 0
        for await (const step of steps) {
          const now = performance.now()
          if (step.phase !== phase) began = now
          phase = step.phase
          const spent = (now - began) / 1000
          // The first seconds of a part tell nothing yet.
          setSecondsLeft(spent > 2 && step.done > 0 ? (spent / step.done) * (step.total - step.done) : undefined)
          setProgress(step)
          if (step.book && !step.book.sound) setNote(t('recovery:unsound'))
        }
      } catch (error) {
        setNote(leave.signal.aborted ? t('recovery:cancelled') : errorText(t, error))
      }
      stop.current = null
      await made.current()
      setWay(null)
    },
    [t],
  )
  const cancel = useCallback(() => stop.current?.abort(), [])
  return { way, progress, secondsLeft, note, start, cancel }
}
