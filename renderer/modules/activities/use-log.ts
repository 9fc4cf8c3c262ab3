import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ActivityKind, HAS_MINUTES } from '../../../shared/domain/activity.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useDraft } from '../../api/draft.ts'
import {
  canSave,
  EMPTY_LOG,
  isEmptyLog,
  isEmptyNext,
  isYetToCome,
  type LogForm,
  logInput,
  ofKind,
} from './log-model.ts'

/** The form in which the next activity of a customer is written; what is half-written stays, whatever happens. */
export function useLog(partyId: string) {
  const { t } = useTranslation('activities')
  const draft = useDraft<LogForm>(`activities.log.${partyId}`)
  const [form, setForm] = useState<LogForm>(EMPTY_LOG)
  const [badText, setBadText] = useState<Record<string, string | null>>({})
  const [isNextNeeded, setNextNeeded] = useState(false)
  const touched = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another customer begins with an empty form
  useEffect(() => {
    touched.current = false
    setForm(EMPTY_LOG)
    setBadText({})
    setNextNeeded(false)
  }, [partyId])
  useEffect(() => {
    if (draft.restored && !touched.current) setForm({ ...EMPTY_LOG, ...draft.restored })
  }, [draft.restored])
  const set = (next: LogForm) => {
    touched.current = true
    setForm(next)
    setNextNeeded(false)
    if (isEmptyLog(next)) draft.clear()
    else draft.save(next)
  }
  const empty = () => {
    touched.current = true
    setForm(EMPTY_LOG)
    setBadText({})
    setNextNeeded(false)
    draft.clear()
  }
  const log = useCommand(api.activities.log, {
    message: ({ task_id }, { activity }) => t(task_id ? 'savedWithNext' : `saved.${activity.kind}`),
  })
  const isBad =
    Object.values(badText).some((text) => text !== null && text !== undefined) || isYetToCome(form.when, Date.now())
  const isReady = canSave(form, true) && !isBad
  const save = async () => {
    if (!isReady || log.isRunning) return
    // A next step that was opened is wanted: it must not vanish without a word.
    if (isEmptyNext(form.next)) return setNextNeeded(true)
    const input = logInput(form, partyId, Date.now(), (kind) => t(`next.named.${kind}`))
    if (await log.run(input)) empty()
  }
  return {
    form,
    isReady,
    isNextNeeded,
    isRunning: log.isRunning,
    change: (part: Partial<LogForm>) => set({ ...form, ...part }),
    setKind: (kind: ActivityKind) => {
      if (!HAS_MINUTES.has(kind)) setBadText((before) => ({ ...before, minutes: null }))
      set(ofKind(form, kind))
    },
    setBadText: (field: string) => (text: string | null) => setBadText((before) => ({ ...before, [field]: text })),
    empty,
    save,
  }
}
