import { CircleCheckBig, Flag, MapPin, MessageSquareText, Phone, Repeat, Users } from 'lucide-react'
import { type CSSProperties, memo } from 'react'
import { cx } from '../../ui/cx.ts'
import { canMove, type Entry } from './calendar-model.ts'
import { useEntryText } from './entry-text.ts'

const ICONS = { todo: CircleCheckBig, call: Phone, meeting: Users, visit: MapPin, message: MessageSquareText } as const

/** Colours of an entry: what is late is red, what is done is quiet, what will come again is only outlined. */
function toneOf(entry: Entry, isLate: boolean): string {
  if (entry.type === 'again') return 'border-dashed border-line-strong bg-surface text-muted'
  if (entry.status === 'done') return 'border-line bg-surface-2 text-muted'
  if (isLate) return 'border-transparent bg-bad-soft text-bad-ink'
  if (entry.kind === 'meeting' || entry.kind === 'visit') return 'border-transparent bg-violet-soft text-violet-ink'
  return 'border-transparent bg-accent-soft text-accent-ink'
}

/** An entry in a cell (one line) or in a column of hours (`style` gives its place). What is done with it is with the grid around. */
export const EntryChip = memo(function EntryChip(props: {
  entry: Entry
  isLate: boolean
  /** Reached by Tab: those of the chosen day. */
  isReachable: boolean
  isDragged: boolean
  style?: CSSProperties
  /** In a column of hours: lines of text that fit, and how many stand side by side. */
  block?: { lines: number; lanes: number }
}) {
  const { entry, isLate, isReachable, isDragged, style, block } = props
  const isTall = block !== undefined && block.lines > 1
  const isNarrow = block !== undefined && block.lanes > 2
  const text = useEntryText()
  const Icon = ICONS[entry.kind]
  const time = text.time(entry)
  return (
    <button
      type="button"
      data-entry={entry.key}
      tabIndex={isReachable ? 0 : -1}
      title={text.tooltip(entry)}
      style={style}
      className={cx(
        'flex min-w-0 overflow-hidden rounded border px-1.5 text-start text-xs/5 outline-none focus-visible:focus-ring',
        block ? 'absolute leading-5' : 'h-5.5 w-full',
        isTall ? 'flex-col' : 'items-center gap-1',
        canMove(entry) && 'cursor-grab touch-pan-y',
        isDragged && 'opacity-40',
        toneOf(entry, isLate),
      )}
    >
      <span className={cx('flex min-w-0 items-center gap-1', isTall ? 'w-full' : 'flex-1')}>
        {block && block.lanes > 1 ? null : <Icon className="size-3 shrink-0" aria-hidden="true" />}
        {time && (isTall || !isNarrow) ? <span className="shrink-0 font-semibold">{time}</span> : null}
        {isTall ? null : <Words entry={entry} title={text.title(entry)} />}
        {entry.priority === 2 ? <Flag className="size-3 shrink-0 text-bad" aria-hidden="true" /> : null}
        {entry.recurring ? <Repeat className="size-3 shrink-0 opacity-70" aria-hidden="true" /> : null}
      </span>
      {isTall ? (
        <span
          className="w-full min-w-0 overflow-hidden"
          style={{ display: '-webkit-box', WebkitBoxOrient: 'vertical', WebkitLineClamp: block.lines - 1 }}
        >
          <Words entry={entry} title={text.title(entry)} isWrapped />
        </span>
      ) : null}
      {/* What the icon, the line through it and its outline say. */}
      <span className="sr-only">{text.signs(entry)}</span>
    </button>
  )
})

function Words({ entry, title, isWrapped }: { entry: Entry; title: string; isWrapped?: boolean }) {
  return (
    // Its own direction: a line that is too long loses its end, not its beginning.
    <span
      dir="auto"
      className={cx(
        'min-w-0',
        !isWrapped && 'truncate',
        entry.type === 'task' && entry.status === 'done' && 'line-through decoration-1',
      )}
    >
      <span className={entry.title ? 'private-text' : undefined}>{title}</span>
      {entry.party ? (
        <>
          {' · '}
          <bdi>{entry.party.name}</bdi>
        </>
      ) : null}
    </span>
  )
}
