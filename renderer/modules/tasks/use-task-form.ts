import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { rpc } from '../../api/client.ts'
import { useDraft } from '../../api/draft.ts'
import { useUser } from '../../api/session.ts'
import { clashesOf, emptyForm, formOf, isChanged, rebase, type TaskForm } from './task-form.ts'

/** A draft keeps what the form began with, so that what others changed meanwhile can be told from what was typed. */
interface Kept {
  base: TaskForm
  form: TaskForm
}

/** The state of the form: a task (`id`), or a new one that begins with `initial`. A change elsewhere shows at once; what was typed stays. */
export function useTaskForm(id: string | undefined, initial: Partial<TaskForm> | undefined) {
  const me = useUser()
  const { data: task, error } = useQuery({ ...rpc.tasks.get.queryOptions({ input: { id: id ?? '' } }), enabled: !!id })
  const draft = useDraft<Kept>(id ? `tasks.edit.${id}` : initial ? null : 'tasks.new')
  const [state, setState] = useState<Kept | null>(() => {
    if (id) return null
    const base = emptyForm(me?.id ?? null)
    return { base, form: { ...base, ...initial } }
  })
  const [isRestored, setRestored] = useState(false)
  /** Written here and changed elsewhere too. */
  const [clash, setClash] = useState<(keyof TaskForm)[]>([])
  const touched = useRef(false)
  const latest = useRef(state)
  latest.current = state
  const put = (next: Kept) => {
    latest.current = next
    setState(next)
  }
  /** Takes what was written over the task as it is by now. */
  const follow = ({ form, base }: Kept, now: TaskForm): Kept => {
    const more = clashesOf(form, base, now)
    setClash((old) => [...new Set([...old, ...more])])
    const next = { base: now, form: rebase(form, base, now) }
    put(next)
    return next
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the task alone says when
  useEffect(() => {
    if (!task) return
    const now = formOf(task)
    const old = latest.current
    if (!old) put({ base: now, form: now })
    else if (isChanged(old.base, now)) {
      const next = follow(old, now)
      // Saving in the other window cleared the draft that both share.
      if (isChanged(next.base, next.form)) draft.save(next)
    }
  }, [task])

  const ready = state !== null && draft.restored !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when both the draft and the task are there
  useEffect(() => {
    const kept = draft.restored
    const now = latest.current
    if (!ready || !kept?.form || !kept.base || touched.current || !now) return
    if (!isChanged(kept.base, kept.form)) return
    if (id) follow(kept, now.base)
    else put({ base: now.base, form: kept.form })
    setRestored(true)
  }, [ready])

  const change = (part: Partial<TaskForm>) => {
    const now = latest.current
    if (!now) return
    touched.current = true
    const next = { ...now, form: { ...now.form, ...part } }
    put(next)
    if (isChanged(next.base, next.form)) draft.save(next)
    else draft.clear()
  }
  const discard = () => {
    draft.clear()
    setRestored(false)
    setClash([])
    if (latest.current) put({ base: latest.current.base, form: latest.current.base })
  }
  return { state, task, error, change, clash, isRestored, discard, clearDraft: draft.clear }
}
