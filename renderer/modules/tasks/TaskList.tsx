import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskGroup, TaskRow } from '../../../shared/contract/tasks.ts'
import { COUNT_MOST } from '../../../shared/contract/tasks.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { keyName } from '../../app/keys.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { useLanguage } from '../../ui/locale.ts'
import { type LineActions, TaskLine } from './TaskLine.tsx'

/** Rows that Page Up and Page Down go past. */
const PAGE = 10

export interface ListGroup {
  group: TaskGroup
  rows: readonly TaskRow[]
  count: number
  /** There are more than `rows`. */
  hasMore: boolean
}

/** Tasks under their headings: ↑ ↓ move over all of them, Space ticks, Enter opens, S puts off, L logs, H hands over, O takes, Delete removes. */
export function TaskList(props: {
  groups: readonly ListGroup[]
  actions: LineActions
  onMore: (group: TaskGroup) => void
  onUp: () => void
}) {
  const { groups, actions, onMore, onUp } = props
  const { t } = useTranslation('tasks')
  const language = useLanguage()
  const grid = useRef<HTMLDivElement>(null)
  const rows = groups.flatMap((group) => group.rows)
  const [activeId, setActiveId] = useState<string | null>(null)
  const lastAt = useRef(0)
  const found = rows.findIndex((row) => row.id === activeId)
  // When the row has gone (done, moved), the one that stands in its place goes on.
  const at = found >= 0 ? found : Math.min(lastAt.current, rows.length - 1)
  if (found >= 0) lastAt.current = found
  const current = rows[at]
  const focusRow = (index: number) =>
    grid.current?.querySelectorAll<HTMLElement>('[role=row]')[index]?.focus({ preventScroll: false })
  const currentId = current?.id
  // Put off to another day, the same row is drawn anew under another heading.
  const currentGroup = groups.find((group) => group.rows.some((row) => row.id === currentId))?.group
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row stands there now
  useEffect(() => {
    if (document.activeElement === document.body && lastAt.current >= 0 && activeId !== null) focusRow(at)
  }, [currentId, currentGroup, at])

  const move = (to: number) => {
    if (to < 0) return onUp()
    const next = Math.min(rows.length - 1, to)
    const row = rows[next]
    if (!row) return
    setActiveId(row.id)
    focusRow(next)
  }
  const actionOf = (name: string): (() => void) | null => {
    if (name === 'ArrowDown') return () => move(at + 1)
    if (name === 'ArrowUp') return () => move(at - 1)
    if (name === 'PageDown') return () => move(at + PAGE)
    if (name === 'PageUp') return () => move(Math.max(0, at - PAGE))
    if (name === 'Home') return () => move(0)
    if (name === 'End') return () => move(rows.length - 1)
    if (!current) return null
    switch (name) {
      case ' ':
        return () => actions.toggle(current)
      case 'Enter':
      case 'E':
      case 'F2':
        return () => actions.open(current)
      case 'S':
        return () => actions.snooze(current)
      case 'L':
        return () => actions.log(current)
      case 'H':
        return () => actions.handOver(current)
      case 'O':
        return () => actions.take(current)
      case 'Delete':
        return () => actions.remove(current)
      default:
        return null
    }
  }
  const press = (event: KeyboardEvent) => {
    const target = event.target as Element
    // A menu or button inside the row reads Space and Enter itself.
    const isOnRow = target.getAttribute('role') === 'row'
    const name = keyName(event.nativeEvent)
    if (!isOnRow && (name === ' ' || name === 'Enter' || target.closest('[role=menu]'))) return
    const run = actionOf(name)
    if (!run || event.repeat) {
      if (run && name.startsWith('Arrow')) run()
      else return
    } else run()
    event.preventDefault()
    event.stopPropagation()
  }
  const countText = (count: number) => formatNumber(count, language) + (count >= COUNT_MOST ? '+' : '')
  return (
    // biome-ignore lint/a11y/useSemanticElements: lines with buttons are no table
    <div ref={grid} role="grid" tabIndex={-1} aria-label={t('title')} onKeyDown={press} className="flex flex-col gap-4">
      {groups.map(({ group, rows, count, hasMore }) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        <div key={group} role="rowgroup" aria-label={t(`group.${group}`)} data-group={group}>
          <h2
            role="presentation"
            className={cx(
              'mb-1.5 flex items-baseline gap-2 px-1 text-[0.8125rem] font-bold',
              group === 'overdue' ? 'text-bad' : 'text-text',
            )}
          >
            {t(`group.${group}`)}
            <span className="tnum font-normal text-muted">{countText(count)}</span>
          </h2>
          <div className="overflow-hidden rounded-card border border-line bg-surface" role="presentation">
            {rows.map((task) => (
              <TaskLine
                key={task.id}
                task={task}
                actions={actions}
                isActive={task.id === currentId}
                onFocus={() => setActiveId(task.id)}
              />
            ))}
          </div>
          {hasMore ? (
            <Button size="sm" variant="ghost" className="mt-1" onPress={() => onMore(group)}>
              {t('more', { group: t(`group.${group}`) })}
            </Button>
          ) : null}
        </div>
      ))}
    </div>
  )
}
