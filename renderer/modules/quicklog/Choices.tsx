import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { formatNumber } from '../../../shared/domain/format.ts'
import { toLatinDigits } from '../../../shared/domain/persian-text.ts'
import { cx } from '../../ui/cx.ts'
import { useLanguage } from '../../ui/locale.ts'

export interface Option {
  key: string
  shown: ReactNode
  run: () => void
}

/** A short list of which one is taken: by arrows and Enter, by its number, or by a click. Esc goes back to the line. */
export function Choices(props: { title: ReactNode; options: readonly Option[]; onLeave: () => void }) {
  const { title, options, onLeave } = props
  const language = useLanguage()
  const id = useId()
  const [wanted, setAt] = useState(0)
  const [isIn, setIn] = useState(false)
  const at = Math.min(wanted, options.length - 1)
  const go = (list: HTMLElement, to: number) => {
    const place = (to + options.length) % options.length
    setAt(place)
    list.querySelectorAll<HTMLElement>('[role=option]')[place]?.focus()
  }
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const digit = Number(toLatinDigits(event.key))
    if (step) {
      // Above the first one stands the line.
      if (at === 0 && step < 0) onLeave()
      else go(event.currentTarget, at + step)
    } else if (event.key === 'Home' || event.key === 'End') go(event.currentTarget, event.key === 'Home' ? 0 : -1)
    else if (event.key === 'Enter' || event.key === ' ') options[at]?.run()
    else if (event.key.length === 1 && digit >= 1 && digit <= options.length) options[digit - 1]?.run()
    else if (event.key === 'Escape') onLeave()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="mx-2 mb-2 flex flex-col gap-1 rounded-lg border border-line p-1.5">
      <p id={id} className="px-2 pt-0.5 text-[0.8125rem] font-semibold">
        {title}
      </p>
      <div
        role="listbox"
        tabIndex={-1}
        aria-labelledby={id}
        onKeyDown={press}
        onFocus={() => setIn(true)}
        onBlur={() => setIn(false)}
        className="flex flex-col"
        data-choices
      >
        {options.map(({ key, shown, run }, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are read by the list
          <div
            key={key}
            role="option"
            tabIndex={place === at ? 0 : -1}
            aria-selected={place === at}
            onFocus={() => setAt(place)}
            onClick={run}
            className={cx(
              'flex min-h-9 cursor-default items-center gap-2.5 rounded-lg px-2 py-0.5 outline-none select-none hover:bg-surface-2',
              isIn && place === at && 'on-soft bg-accent-soft',
            )}
          >
            <span className="w-4 shrink-0 text-center text-xs text-muted tnum" aria-hidden="true">
              {formatNumber(place + 1, language)}
            </span>
            {shown}
          </div>
        ))}
      </div>
    </div>
  )
}
