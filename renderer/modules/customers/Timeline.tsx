import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../api/session.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import { Button } from '../../ui/Button.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { ChangeEntry } from './ChangeEntry.tsx'
import { isCreation, readableFields } from './change-model.ts'
import { NoteComposer } from './NoteComposer.tsx'
import { NoteEntry } from './NoteEntry.tsx'
import { type Kinds, useTimeline } from './use-timeline.ts'

/** What happened with this customer, newest first: notes and changes; `isBrief` in the side panel. */
export function Timeline({ partyId, isBrief }: { partyId: string; isBrief?: boolean }) {
  const { t } = useTranslation('customers')
  const [kinds, setKinds] = useState<Kinds>('all')
  const canWrite = useCan('notes.write')
  const { on: isCounter } = useCounterMode()
  const {
    entries: all,
    hasNextPage,
    isFetchingNextPage,
    fetchNextPage,
    isPending,
  } = useTimeline(partyId, kinds, isBrief ? 10 : 30)
  // A change of which nothing may be read here would be an empty line.
  const entries = all.filter(
    (entry) => entry.kind !== 'change' || isCreation(entry) || readableFields(entry.fields, isCounter).length > 0,
  )
  const empty = { all: t('timeline.empty'), note: t('timeline.emptyNotes'), change: t('timeline.emptyChanges') }[kinds]
  const pinned = entries.filter((entry) => entry.kind !== 'change' && entry.activity.pinned)
  const rest = entries.filter((entry) => !pinned.includes(entry))
  return (
    <section aria-label={t('timeline.title')} className="flex min-w-0 flex-col gap-3">
      <header className="flex flex-wrap items-center gap-2">
        <h2 className="flex-1 font-bold">{t('timeline.title')}</h2>
        {isBrief ? null : (
          <SegmentedControl
            label={t('timeline.kinds')}
            value={kinds}
            onChange={setKinds}
            options={[
              { id: 'all', label: t('timeline.all') },
              { id: 'note', label: t('timeline.notes') },
              { id: 'change', label: t('timeline.changes') },
            ]}
          />
        )}
      </header>
      {canWrite ? <NoteComposer partyId={partyId} isBrief={isBrief} /> : null}
      {entries.length === 0 && !isPending ? <p className="py-2 text-muted">{empty}</p> : null}
      <ol className="flex flex-col">
        {[...pinned, ...rest].map((entry) => (
          <li key={entry.key} className="border-t border-line py-2.5 first:border-t-0">
            {entry.kind === 'change' ? (
              <ChangeEntry entry={entry} isBrief={isBrief} />
            ) : (
              <NoteEntry note={entry.activity} />
            )}
          </li>
        ))}
      </ol>
      {hasNextPage ? (
        <Button size="sm" isDisabled={isFetchingNextPage} onPress={() => void fetchNextPage()} className="self-center">
          {t('timeline.more')}
        </Button>
      ) : null}
    </section>
  )
}
