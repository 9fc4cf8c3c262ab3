import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fold } from '../../../shared/domain/persian-text.ts'
import { useUser } from '../../api/session.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { cx } from '../../ui/cx.ts'
import { TextField, type TextFieldProps } from '../../ui/TextField.tsx'
import { useColleagues } from '../users/use-colleagues.ts'

/** The word after the last @ before the caret; null where none is being typed. */
function begun(text: string, caret: number): { from: number; word: string } | null {
  const match = /(?:^|[\s(«])@([\p{L}\p{N}\u200c_]*(?: [\p{L}\p{N}\u200c_]+)?)$/u.exec(text.slice(0, caret))
  return match ? { from: caret - match[1]!.length, word: match[1]! } : null
}

/** Long text in which @ offers the colleagues; ↑ ↓ and Enter or Tab choose. */
export function MentionField({
  value,
  onChange,
  ...props
}: Pick<TextFieldProps, 'label' | 'placeholder' | 'rows' | 'value' | 'onChange' | 'inputClassName' | 'autoFocus'>) {
  const { t } = useTranslation('activities')
  const { list } = useColleagues()
  const me = useUser()?.id
  const box = useRef<HTMLDivElement>(null)
  const [caret, setCaret] = useState<number | null>(null)
  const [at, setAt] = useState(0)
  const open = caret === null ? null : begun(value, caret)
  const found = open
    ? list
        .filter(({ id, name }) => id !== me && fold(name).startsWith(fold(open.word.replaceAll('_', ' '))))
        .slice(0, 6)
    : []
  const area = () => box.current?.querySelector('textarea')
  const choose = (name: string) => {
    if (!open || caret === null) return
    const before = `${value.slice(0, open.from)}${name} `
    onChange(before + value.slice(caret).trimStart())
    setCaret(null)
    requestAnimationFrame(() => {
      const input = area()
      input?.focus()
      input?.setSelectionRange(before.length, before.length)
    })
  }
  const onKeys = (event: KeyboardEvent) => {
    if (found.length === 0 || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setAt((now) => (now + step + found.length) % found.length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(found[Math.min(at, found.length - 1)]!.name)
    else if (event.key === 'Escape') setCaret(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the field inside bubble up to it, and it is no control itself
    <div
      ref={box}
      className="relative"
      onKeyDownCapture={onKeys}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setCaret(null)}
    >
      <TextField
        {...props}
        labelHidden
        multiline
        value={value}
        onChange={(text) => {
          onChange(text)
          setAt(0)
          setCaret(area()?.selectionStart ?? null)
        }}
      />
      {found.length > 0 ? (
        <ul
          aria-label={t('colleagues')}
          className="absolute inset-x-0 top-full z-20 mt-1 max-w-64 rounded-lg border border-line bg-surface p-1 shadow-lg"
        >
          {found.map(({ id, name }, i) => (
            <li key={id}>
              <button
                type="button"
                tabIndex={-1}
                aria-current={i === at}
                onClick={() => choose(name)}
                className={cx(
                  'flex w-full items-center gap-2 rounded-md px-2 py-1 text-start',
                  i === at && 'bg-accent-soft',
                )}
              >
                <Avatar id={id} name={name} size="sm" />
                <bdi>{name}</bdi>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
