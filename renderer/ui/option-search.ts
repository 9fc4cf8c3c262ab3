import { useEffect, useState } from 'react'
import { fold } from '../../shared/domain/persian-text.ts'
import type { Tone } from './tones.ts'

export type Choice = { id: string; label: string; description?: string; tone?: Tone }

/** Choices given whole, or asked for as one types. */
export type Choices = readonly Choice[] | ((text: string, signal: AbortSignal) => Promise<readonly Choice[]>)

const LIMIT = 100

/** The choices for a text: a given list is filtered by folded parts («علی‌پور» finds «عليپور»), else the newest answer of the question. */
export function useChoices(choices: Choices, text: string): { found: readonly Choice[]; isSearching: boolean } {
  const [answer, setAnswer] = useState<{ text: string; found: readonly Choice[] } | null>(null)
  useEffect(() => {
    if (typeof choices !== 'function') return
    const abort = new AbortController()
    choices(text, abort.signal).then(
      (found) => !abort.signal.aborted && setAnswer({ text, found }),
      () => !abort.signal.aborted && setAnswer({ text, found: [] }),
    )
    return () => abort.abort()
  }, [choices, text])
  if (typeof choices === 'function') return { found: answer?.found ?? [], isSearching: answer?.text !== text }
  const bare = (each: string) => fold(each).replaceAll('\u200c', '').replaceAll(' ', '')
  const wanted = bare(text)
  return { found: choices.filter((choice) => bare(choice.label).includes(wanted)).slice(0, LIMIT), isSearching: false }
}
