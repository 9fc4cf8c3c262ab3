import type { ClipboardEvent } from 'react'
import { localDigits } from '../../shared/domain/format.ts'
import { toLatinDigits } from '../../shared/domain/persian-text.ts'
import { useLanguage } from './locale.ts'

/** A left-to-right island for codes and numbers: shown in the page's digits, never broken across lines, copied as Latin digits. */
export function Ltr({ text, copy, className }: { text: string; copy?: string; className?: string }) {
  const language = useLanguage()
  const shown = localDigits(text, language)
  const onCopy = (event: ClipboardEvent) => {
    const selected = String(window.getSelection() ?? '')
    // A part of the number is copied as that part; the whole of it without the spaces of its groups.
    event.clipboardData.setData(
      'text/plain',
      selected.trim() === shown ? (copy ?? toLatinDigits(text)) : toLatinDigits(selected),
    )
    event.preventDefault()
  }
  return (
    <bdi dir="ltr" className={`whitespace-nowrap ${className ?? ''}`} onCopy={onCopy}>
      {shown}
    </bdi>
  )
}
