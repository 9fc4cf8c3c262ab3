import { useEffect, useRef, useState } from 'react'
import type { Customer } from '../../../shared/contract/customers.ts'
import { useDraft } from '../../api/draft.ts'
import { clashes } from '../../ui/clashes.ts'
import { type CustomerForm, emptyForm, formOf, isChanged } from './form-model.ts'
import { rebase } from './rebase.ts'

/** A draft keeps what the form began with, so that what others changed meanwhile can be told from what was typed. */
interface Kept {
  base: CustomerForm
  form: CustomerForm
}

/**
 * The state of the form: `base` is the record it began with (an empty one for a new record). Each change of the record elsewhere
 * moves the base; untouched fields follow. `record` undefined: a new customer.
 */
export function useEdit(record: Customer | undefined) {
  const draft = useDraft<Kept>(`customers.edit.${record?.id ?? 'new'}`)
  const [state, setState] = useState<Kept>(() => {
    const form = record ? formOf(record) : emptyForm('person')
    return { base: form, form }
  })
  const [clash, setClash] = useState<(keyof CustomerForm)[]>([])
  const [isRestored, setRestored] = useState(false)
  const touched = useRef(false)
  const pending = useRef<Promise<unknown>>(Promise.resolve())
  const latest = useRef(state)
  latest.current = state

  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the draft is read; the record moves below
  useEffect(() => {
    const kept = draft.restored
    if (!kept?.form || !kept.base || touched.current) return
    const now = record ? formOf(record) : kept.base
    if (!isChanged(kept.base, kept.form)) return
    setState({ base: now, form: rebase(kept.form, kept.base, now) })
    setClash(clashes(kept.form, kept.base, now))
    setRestored(true)
  }, [draft.restored])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the record alone says when
  useEffect(() => {
    if (!record) return
    const { base, form } = latest.current
    const now = formOf(record)
    if (JSON.stringify(now) === JSON.stringify(base)) return
    setClash((old) => [...new Set([...old, ...clashes(form, base, now)])])
    const next = { base: now, form: rebase(form, base, now) }
    latest.current = next
    setState(next)
    // Saving in the other window cleared the draft that both share.
    if (isChanged(next.base, next.form)) draft.save(next)
  }, [record])

  const change: Change = (part) => {
    touched.current = true
    const { form } = latest.current
    const next = { ...latest.current, form: { ...form, ...(typeof part === 'function' ? part(form) : part) } }
    latest.current = next
    setState(next)
    if (isChanged(next.base, next.form)) draft.save(next)
    else draft.clear()
  }
  const discard = () => {
    draft.clear()
    setClash([])
    setRestored(false)
    setState({ base: state.base, form: state.base })
  }
  return {
    ...state,
    change,
    clash,
    isRestored,
    discard,
    isDirty: isChanged(state.base, state.form),
    clearDraft: draft.clear,
    /** Leaving with something unsaved: the draft is written once more, whatever became of it meanwhile. */
    keepDraft: () => draft.save(latest.current),
    /** Something the form still waits for before it can be saved: a tag that is being made. */
    waitFor: <T>(work: Promise<T>): Promise<T> => {
      pending.current = Promise.allSettled([pending.current, work])
      return work
    },
    settled: () => pending.current,
    /** What is on the screen at this moment, also within the event that changed it. */
    current: () => latest.current,
  }
}
/** A part of the form, or what to make of the form as it is by then. */
export type Change = (part: Partial<CustomerForm> | ((form: CustomerForm) => Partial<CustomerForm>)) => void
export type EditState = ReturnType<typeof useEdit>
export interface PartProps {
  form: CustomerForm
  change: Change
}
