import { Search } from 'lucide-react'
import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../../app/app-context.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { stepTo } from './palette-model.ts'
import { Results } from './Results.tsx'
import { usePalette } from './use-palette.tsx'
import { useAsk } from './use-search.ts'

/** Ctrl+K: finds and runs. An ARIA combobox whose list is always open; the focus stays in the text. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const app = useApp()
  const ask = useAsk()
  const listId = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  /** Enter was pressed before the answer for what is typed had come: it is done when it comes. */
  const [waiting, setWaiting] = useState<'page' | 'aside' | null>(null)
  const { groups, readAs, isFresh, isFailed, isNothing } = usePalette(text)
  const items = groups.flatMap((group) => group.items)
  const active = Math.min(at, Math.max(0, items.length - 1))

  const run = (place: number, where: 'page' | 'aside') => {
    const item = items[place]
    if (!item) return
    onClose()
    const action = where === 'aside' ? (item.runAside ?? item.run) : item.run
    action(app)
  }
  const latest = useRef(run)
  latest.current = run
  const choose = useCallback((place: number) => latest.current(place, 'page'), [])
  useEffect(() => {
    if (!waiting || !(isFresh || isFailed)) return
    setWaiting(null)
    run(active, waiting)
  })

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key]
    if (step) {
      event.preventDefault()
      const far = Math.abs(step) > 1
      setAt(far ? Math.min(Math.max(active + step, 0), items.length - 1) : stepTo(active, step, items.length))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const where = event.ctrlKey || event.metaKey ? 'aside' : 'page'
      if (isFresh || isFailed || at > 0) run(active, where)
      else setWaiting(where)
    }
  }
  return (
    <Dialog isOpen onClose={onClose} title={t('search:title')} size="lg" bare isDismissable className="max-w-2xl!">
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search className="size-4.5 shrink-0 text-muted" aria-hidden="true" />
        <input
          autoFocus
          type="text"
          role="combobox"
          aria-label={t('search:title')}
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={items[active] ? `${listId}-${active}` : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          dir={text ? 'auto' : undefined}
          placeholder={t('search:placeholder')}
          value={text}
          onChange={(event) => {
            ask(event.target.value)
            setText(event.target.value)
            setAt(0)
          }}
          onKeyDown={press}
          className="h-13 min-w-0 flex-1 bg-transparent text-base text-text outline-none placeholder:text-muted"
        />
        <Kbd>Esc</Kbd>
      </div>
      {readAs ? (
        <p className="border-b border-line bg-accent-soft px-4 py-1 text-xs text-accent-ink">
          {t('search:readAs', { text: readAs })}
        </p>
      ) : null}
      <Results
        id={listId}
        groups={groups}
        active={active}
        isBusy={!isFresh && !isFailed}
        onPoint={setAt}
        onChoose={choose}
      />
      <p role="status" className="px-4 py-3 text-muted empty:hidden">
        {isFailed ? t('search:failed') : isNothing ? t('search:nothing') : null}
      </p>
      <footer className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line bg-surface-2 px-4 py-1.5 text-xs text-muted">
        <span className="inline-flex items-center gap-1.5">
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd>
          {t('search:keys.move')}
        </span>
        <span className="inline-flex items-center gap-1.5">
          <Kbd>Enter</Kbd>
          {t('search:keys.open')}
        </span>
        <span className="inline-flex items-center gap-1.5">
          <Kbd>Ctrl Enter</Kbd>
          {t('search:keys.aside')}
        </span>
      </footer>
    </Dialog>
  )
}
