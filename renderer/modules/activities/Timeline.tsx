import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../api/session.ts'
import { useModules } from '../../app/app-context.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import { useAfterPaint } from '../../ui/after-paint.ts'
import { Button } from '../../ui/Button.tsx'
import { FilterChips } from '../../ui/FilterChips.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { LogBox } from './LogBox.tsx'
import { useTimeline } from './use-timeline.ts'

const ALL = 'all'
/** In pixels: what of a window stands above the entries, and less than one has. */
const ABOVE = 350
const ENTRY = 56

/** What happened with this customer, newest first, from every module that has something to tell; `isBrief` in the side panel. */
export function Timeline({ partyId, isBrief }: { partyId: string; isBrief?: boolean }) {
  const { t } = useTranslation('activities')
  const parts = useModules().flatMap((module) => module.timeline ?? [])
  const chips = parts.flatMap((part) => part.chips)
  const [chosen, setChosen] = useState(ALL)
  const [search, setSearch] = useState('')
  const canWrite = useCan('notes.write')
  const { on: isCounter } = useCounterMode()
  const kinds = chips.find((chip) => chip.id === chosen)?.kinds ?? null
  const timeline = useTimeline(partyId, kinds, search, isBrief)
  const partOf = (kind: string) => parts.find((part) => part.kinds.some((own) => own === kind))
  const entries = timeline.entries.filter((entry) => partOf(entry.kind)?.isShown?.(entry, isCounter) ?? true)
  const pinned = entries.filter((entry) => 'activity' in entry && entry.activity.pinned)
  const rest = entries.filter((entry) => !pinned.includes(entry))
  // The entries below the window come a frame later.
  const isWhole = useAfterPaint(!timeline.isPending)
  const shown = [...pinned, ...rest].slice(
    0,
    isWhole ? undefined : Math.max(4, Math.ceil((innerHeight - ABOVE) / ENTRY)),
  )
  const isNarrow = chosen !== ALL || search.trim() !== ''
  return (
    <section aria-label={t('title')} className="flex min-w-0 flex-col gap-3">
      <h2 className="font-bold">{t('title')}</h2>
      {canWrite ? <LogBox partyId={partyId} isBrief={isBrief} /> : null}
      {isBrief ? null : (
        <div className="flex flex-wrap items-center gap-2">
          <FilterChips
            label={t('kinds')}
            value={chosen}
            onChange={setChosen}
            chips={[{ id: ALL, label: t('all') }, ...chips.map(({ id, label }) => ({ id, label: t(label as 'all') }))]}
          />
          <TextField
            label={t('search')}
            labelHidden
            type="search"
            placeholder={t('search')}
            value={search}
            onChange={setSearch}
            maxLength={200}
            className="ms-auto w-48"
            inputClassName="h-8!"
          />
        </div>
      )}
      {entries.length === 0 && !timeline.isPending ? (
        <p className="py-2 text-muted">{t(isNarrow ? 'noneFound' : 'empty')}</p>
      ) : null}
      <ol className="flex flex-col">
        {shown.map((entry) => {
          const Entry = partOf(entry.kind)?.Entry
          return Entry ? (
            <li key={entry.key} className="border-t border-line py-2.5 first:border-t-0">
              <Entry entry={entry} partyId={partyId} isBrief={isBrief} />
            </li>
          ) : null
        })}
      </ol>
      {timeline.hasNextPage ? (
        <Button
          size="sm"
          isDisabled={timeline.isFetchingNextPage}
          onPress={() => void timeline.fetchNextPage()}
          className="self-center"
        >
          {t('more')}
        </Button>
      ) : null}
    </section>
  )
}
