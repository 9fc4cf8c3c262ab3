import { useState } from 'react'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useDraft } from '../../api/draft.ts'
import { type Summary, type Waiting, waitingFor } from './import-model.ts'

/**
 * The file that waits for its «start» and what was chosen for it so far. It outlives the page, the window and a power cut; a draft whose
 * file the engine no longer keeps is worth nothing.
 */
export function useWaiting(list: readonly Summary[] | undefined) {
  const { restored, save, clear } = useDraft<Waiting>('imports.waiting')
  const [edited, setEdited] = useState<Waiting | null | undefined>(undefined)
  const stateOf = (one: Waiting) => list?.find(({ id }) => id === one.staged.id)?.state
  const kept = isWhole(restored) && stateOf(restored) === 'staged' ? restored : null
  const current = edited === undefined ? kept : edited
  // Just staged, it is not in the list yet; started or thrown away in another window, it waits no more.
  const waiting = current && (stateOf(current) ?? 'staged') === 'staged' ? current : null
  const change = (next: Waiting | null) => {
    setEdited(next)
    if (next) save(next)
    else clear()
  }
  // Another file that still waits: it is read again as the engine judges, for its own draft gave way to a later one.
  const open = useCommand(({ id }: Summary) => api.imports.reread({ id, options: {} }), {
    onDone: (staged) => change(waitingFor(staged)),
  })
  return { isReady: restored !== undefined, waiting, change, open }
}

/** A draft of an older version may lack what this one needs. */
const isWhole = (draft: Waiting | null | undefined): draft is Waiting => !!draft?.staged?.facts && !!draft.step
