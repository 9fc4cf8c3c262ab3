import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerRow } from '../../../shared/contract/customers.ts'
import type { DuplicatePair } from '../../../shared/contract/duplicates.ts'
import { keyName } from '../../app/keys.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { PhoneText } from '../../ui/PhoneText.tsx'
import { isNumber, Name } from '../customers/Name.tsx'
import { keyOf, sureOf } from './duplicates-model.ts'

/** Rows that Page Up and Page Down go past. */
const PAGE = 8

/** Pairs under each other: ↑ ↓ move, Enter compares, N says «not the same», Esc leaves. */
export function PairList(props: {
  pairs: readonly DuplicatePair[]
  onOpen: (pair: DuplicatePair) => void
  onDistinct: (pair: DuplicatePair) => void
  onEnd: () => void
  onLeave: () => void
}) {
  const { pairs, onOpen, onDistinct, onEnd, onLeave } = props
  const { t } = useTranslation('duplicates')
  const grid = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const at = Math.min(active, pairs.length - 1)
  const focusRow = (index: number) =>
    grid.current?.querySelectorAll<HTMLElement>('[role=row]')[index]?.focus({ preventScroll: false })
  const current = pairs[at]
  const currentKey = current ? keyOf(current) : ''
  // From the first moment, and when the row with the focus has gone, the keys go on where they were.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row stands there now
  useEffect(() => {
    const focused = document.activeElement
    if (focused === document.body || focused?.id === 'main') focusRow(at)
  }, [currentKey, at])

  const move = (to: number) => {
    const next = Math.max(0, Math.min(pairs.length - 1, to))
    if (next >= pairs.length - 5) onEnd()
    setActive(next)
    focusRow(next)
  }
  const press = (event: KeyboardEvent) => {
    const name = keyName(event.nativeEvent)
    const isOnButton = (event.target as Element).closest('button') !== null
    const run = actionOf(name)
    if (!run || (name === 'Enter' && isOnButton)) return
    event.preventDefault()
    run()
  }
  const actionOf = (name: string): (() => void) | null => {
    switch (name) {
      case 'ArrowDown':
        return () => move(at + 1)
      case 'ArrowUp':
        return () => move(at - 1)
      case 'PageDown':
        return () => move(at + PAGE)
      case 'PageUp':
        return () => move(at - PAGE)
      case 'Home':
        return () => move(0)
      case 'End':
        return () => move(pairs.length - 1)
      case 'Enter':
        return () => current && onOpen(current)
      case 'N':
        return () => current && onDistinct(current)
      case 'Escape':
        return onLeave
      default:
        return null
    }
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of two people are no table
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      aria-label={t('listLabel')}
      onKeyDown={press}
      className="flex flex-col overflow-hidden rounded-card border border-line bg-surface"
    >
      {pairs.map((pair, index) => (
        <PairRow
          key={keyOf(pair)}
          pair={pair}
          isActive={index === at}
          onFocus={() => setActive(index)}
          onOpen={() => onOpen(pair)}
          onDistinct={() => onDistinct(pair)}
        />
      ))}
    </div>
  )
}

function PairRow(props: {
  pair: DuplicatePair
  isActive: boolean
  onFocus: () => void
  onOpen: () => void
  onDistinct: () => void
}) {
  const { pair, isActive, onFocus, onOpen, onDistinct } = props
  const { t } = useTranslation('duplicates')
  const { key, tone } = sureOf(pair.score)
  const why = pair.reasons.map((reason) => t(`why.${reason}`)).join(t('customers:comma'))
  const named = (row: CustomerRow) => row.name || t('customers:nameless')
  return (
    // biome-ignore lint/a11y/useSemanticElements: see PairList
    <div
      role="row"
      tabIndex={isActive ? 0 : -1}
      aria-label={t('pairLabel', { a: named(pair.a), b: named(pair.b), why })}
      onFocus={onFocus}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-3.5 py-2.5 outline-offset-[-2px] last:border-b-0 focus-visible:bg-surface-2 focus-visible:outline-2 focus-visible:outline-accent"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see PairList */}
      <div role="gridcell" tabIndex={-1} className="grid min-w-0 flex-1 basis-[32rem] grid-cols-2 gap-x-4">
        <Person row={pair.a} />
        <Person row={pair.b} />
        <p className="col-span-2 mt-1.5 flex min-w-0 items-center gap-2 text-[0.8125rem]">
          <Badge tone={tone}>{t(`sure.${key}`)}</Badge>
          <span className="min-w-0 truncate text-muted" title={why}>
            {why}
          </span>
        </p>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see PairList */}
      <div role="gridcell" tabIndex={-1} className="flex gap-1.5">
        <Button size="sm" variant="outline" onPress={onOpen}>
          {t('compare')}
        </Button>
        <Button size="sm" variant="ghost" onPress={onDistinct}>
          {t('notSame')}
        </Button>
      </div>
    </div>
  )
}

function Person({ row }: { row: CustomerRow }) {
  const { t } = useTranslation('duplicates')
  const details = [row.city, row.company].filter((part) => part !== null)
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <Avatar id={row.id} name={isNumber(row.name) ? '' : row.name} kind={row.kind} size="md" />
      <div className="min-w-0">
        <p className="truncate font-semibold">
          <Name name={row.name} />
        </p>
        <p className="truncate text-xs text-muted">
          {row.phone ? <PhoneText phone={row.phone} /> : null}
          {row.phone && details.length > 0 ? t('customers:comma') : null}
          <bdi>{details.join(t('customers:comma'))}</bdi>
          {!row.phone && details.length === 0 ? '–' : null}
        </p>
      </div>
    </div>
  )
}
