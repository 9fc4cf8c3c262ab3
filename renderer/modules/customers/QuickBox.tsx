import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'

/** Long enough for a fast typist's next key, short enough to feel at once. */
const REST_MS = 120

/** Narrows the list by words while one types; ↓ goes to the rows, Esc empties. The palette (Ctrl+K) is for going to one record. */
export function QuickBox(props: {
  text: string
  onText: (text: string) => void
  onDown: () => void
  /** Of another list than that of customers. */
  label?: string
}) {
  const { t } = useTranslation('customers')
  const { onText } = props
  const label = props.label ?? t('list.search')
  const [text, setText] = useState(props.text)
  const given = useRef(props.text)
  // A text that is not ours: «back», another view, a link.
  useEffect(() => {
    if (props.text === given.current) return
    given.current = props.text
    setText(props.text)
  }, [props.text])
  const latest = useRef(onText)
  latest.current = onText
  useEffect(() => {
    if (text === given.current) return
    const timer = setTimeout(() => {
      given.current = text
      latest.current(text)
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [text])
  const give = (next: string) => {
    given.current = next
    setText(next)
    onText(next)
  }
  return (
    <span className="relative flex w-52 min-w-0 items-center">
      <Search className="pointer-events-none absolute start-2.5 size-4 text-muted" aria-hidden="true" />
      <input
        id="customers-quick"
        type="search"
        dir={text ? 'auto' : undefined}
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text) {
            give('')
          } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
            give(text)
            props.onDown()
          } else return
          event.preventDefault()
          event.stopPropagation()
        }}
        className="h-field w-full min-w-0 rounded-lg border border-line-strong bg-surface ps-8.5 pe-8 text-sm outline-none [&::-webkit-search-cancel-button]:hidden placeholder:text-muted focus:border-accent focus:ring-2 focus:ring-accent/25"
      />
      {text ? (
        <span className="absolute end-1">
          <IconButton size="sm" label={t('list.clearSearch')} icon={<X />} onPress={() => give('')} />
        </span>
      ) : null}
    </span>
  )
}
