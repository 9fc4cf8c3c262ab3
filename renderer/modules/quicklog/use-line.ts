import { useEffect, useRef, useState } from 'react'
import { useDraft } from '../../api/draft.ts'
import { type Chosen, EMPTY_LINE, type Fixes, type Line, type Preset } from './line-model.ts'

/** `earlier`: a half-written line that had to make room for one that came from the palette. */
interface Kept {
  line: Line
  earlier: Line | null
}

/** The line being written. It is kept at every keystroke, whatever happens to the window; Esc keeps it too. @param given what was typed elsewhere */
export function useLine(given: string | undefined, preset: Preset | undefined) {
  const draft = useDraft<Kept>('quicklog.line')
  const [kept, setKept] = useState<Kept>({ line: { ...EMPTY_LINE, text: given?.trim() ?? '' }, earlier: null })
  const [isRestored, setRestored] = useState(false)
  const touched = useRef(false)
  const latest = useRef(kept)
  const put = (next: Kept) => {
    latest.current = next
    setKept(next)
  }
  const keep = (next: Kept) => {
    touched.current = true
    put(next)
    if (next.line.text.trim() !== '') draft.save(next)
    else if (next.earlier) draft.save({ line: next.earlier, earlier: null })
    else draft.clear()
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the draft is there
  useEffect(() => {
    const old = draft.restored
    if (!old?.line) return
    if (given?.trim()) {
      if (old.line.text !== given.trim()) put({ ...latest.current, earlier: old.line })
    } else if (!touched.current) {
      put(old)
      setRestored(old.line.text.trim() !== '')
    }
  }, [draft.restored])
  const set = (part: Partial<Line>) => {
    const { line, earlier } = latest.current
    keep({
      line: { ...line, ...(line.party === undefined && preset), ...part },
      earlier,
    })
  }
  return {
    line: kept.line,
    latest: () => latest.current.line,
    isRestored,
    earlier: kept.earlier,
    write: (text: string) => (text.trim() === '' ? set({ text, fixes: {}, chosen: {} }) : set({ text })),
    fix: (part: Fixes) => set({ fixes: { ...latest.current.line.fixes, ...part } }),
    unfix: (keys: ReadonlyArray<keyof Fixes>) =>
      set({
        fixes: Object.fromEntries(
          Object.entries(latest.current.line.fixes).filter(([key]) => !keys.includes(key as keyof Fixes)),
        ),
      }),
    choose: (name: string, chosen: Chosen) => set({ chosen: { ...latest.current.line.chosen, [name]: chosen } }),
    /** Begins anew, after saving or on wish; an earlier line waits for its turn again. */
    empty: () => {
      setRestored(false)
      keep({ line: EMPTY_LINE, earlier: latest.current.earlier })
    },
    /** The earlier line comes back; this one waits. */
    swap: () => {
      const { line, earlier } = latest.current
      if (earlier) keep({ line: earlier, earlier: line.text.trim() === '' ? null : line })
    },
  }
}
export type LineState = ReturnType<typeof useLine>
