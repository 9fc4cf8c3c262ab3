import { useQuery } from '@tanstack/react-query'
import { ChartColumn, Inbox, Plus, SearchX } from 'lucide-react'
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LEAD_STATUSES } from '../../../shared/contract/leads.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { rpc } from '../../api/client.ts'
import { errorText } from '../../api/errors.ts'
import { useCan } from '../../api/session.ts'
import { useApp } from '../../app/app-context.ts'
import { keyName } from '../../app/keys.ts'
import { Button } from '../../ui/Button.tsx'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FilterChips } from '../../ui/FilterChips.tsx'
import { keepFocus } from '../../ui/focus-back.ts'
import { type GridSelection, isChosen, noSelection } from '../../ui/grid-selection.ts'
import { useLanguage } from '../../ui/locale.ts'
import { OPEN_DIALOG } from '../../ui/overlay.ts'
import { useToast } from '../../ui/Toast.tsx'
import { QuickBox } from '../customers/QuickBox.tsx'
import { Asked } from './Asked.tsx'
import { EditLead } from './EditLead.tsx'
import { LeadBulk } from './LeadBulk.tsx'
import { LeadFilters } from './LeadFilters.tsx'
import { LeadPanel } from './LeadPanel.tsx'
import { STATUS_TONE } from './lead-model.ts'
import { SourceCounts } from './SourceCounts.tsx'
import { useColumns } from './use-columns.tsx'
import { useLeadActions } from './use-lead-actions.ts'
import { type Lead, useLeads, usePlace } from './use-leads.ts'

/** What needs a lead: with none in the list each says so. */
const LEAD_KEYS = new Set(['W', 'X', 'K', 'F2'])

/** The inbox of whoever asked: by status, the newest first; the lead beside it. */
export function LeadsPage() {
  const { t } = useTranslation('leads')
  const language = useLanguage()
  const app = useApp()
  const toast = useToast()
  const canWrite = useCan('leads.write')
  const place = usePlace()
  const { status, open, put } = place
  const { leads, counts, onNeedRange, isReady, error } = useLeads(place)
  const columns = useColumns(status, open !== null)
  const [selection, setSelection] = useState<GridSelection>(noSelection)
  const [active, setActive] = useState<string | null>(open)
  const [editing, setEditing] = useState<Lead | null>(null)
  const [isCounting, setCounting] = useState(false)
  const actions = useLeadActions(() => {
    setSelection(noSelection)
    // The button that did it may be none of theirs any more.
    keepFocus(() => null)
  })
  const frame = useRef<HTMLDivElement>(null)
  const listKey = JSON.stringify([status, place.filter])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a choice belongs to the list it was made in
  useEffect(() => setSelection(noSelection), [listKey])
  const focusGrid = useCallback(() => frame.current?.querySelector<HTMLElement>('[role=grid]')?.focus(), [])
  useEffect(() => {
    const at = document.activeElement
    if (at === document.body || at?.id === 'main') focusGrid()
  }, [focusGrid])

  // When the lead at hand has gone from the list, the one that stands in its place is at hand.
  const lastAt = useRef(0)
  const activeAt = leads.findIndex(({ id }) => id === active)
  if (activeAt >= 0) lastAt.current = activeAt
  const next =
    active !== null && open === null && activeAt < 0 ? leads[Math.min(lastAt.current, leads.length - 1)] : null
  useEffect(() => {
    if (next) setActive(next.id)
  }, [next])

  const chosen = leads.filter(({ id }) => isChosen(selection, id)).map(({ id }) => id)
  // What is open may stand in another list: a link led here.
  const opened = useQuery({ ...rpc.leads.get.queryOptions({ input: { id: open ?? '' } }), enabled: open !== null }).data
  const current = open ? opened : leads.find(({ id }) => id === active)
  /** Single keys mean the chosen leads, or else the one at hand. */
  const onKey = (event: KeyboardEvent) => {
    if ((event.target as Element).closest('input:not([type=checkbox]), textarea, [role=menu], [role=listbox]')) return
    if (document.querySelector(OPEN_DIALOG)) return
    const key = keyName(event.nativeEvent)
    if (canWrite && LEAD_KEYS.has(key) && chosen.length === 0 && !current) {
      toast({ message: t('noneAtHand') })
      event.preventDefault()
      event.stopPropagation()
      return
    }
    const isGrid = (event.target as Element).role === 'grid'
    if (key === ' ' && !event.shiftKey && isGrid && current) put({ open: open ? null : current.id })
    else if (!canWrite) return
    else if (key === 'W' && (chosen.length > 0 || current))
      void actions.work(chosen.length > 0 ? chosen : [current!.id])
    else if (key === 'X' && (chosen.length > 0 || current))
      actions.askDiscard(chosen.length > 0 ? chosen : [current!.id])
    else if (key === 'K' && current) void actions.convert(current)
    else if (key === 'F2' && current) setEditing(current)
    // The line is about whoever is open.
    else if (key === 'L' && current) void put({ open: current.id }).then(() => app.openAdd('quicklog'))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const isNarrowed = Object.keys(place.filter).length > 0
  return (
    <div className="flex h-full min-h-0 gap-3.5" onKeyDownCapture={onKey}>
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <header className="flex flex-wrap items-center gap-x-2.5 gap-y-2">
          <h1 className="text-lg font-bold">{t('title')}</h1>
          <div className="ms-auto flex min-w-0 flex-wrap items-center gap-2">
            <QuickBox text={place.text} onText={(q) => put({ q })} onDown={focusGrid} label={t('search')} />
            <LeadFilters place={place} />
            <Button icon={<ChartColumn />} onPress={() => setCounting(true)}>
              {t('sources.open')}
            </Button>
          </div>
        </header>
        <FilterChips
          label={t('statusLabel')}
          value={status}
          onChange={(next) => {
            setActive(null)
            put({ status: next, open: null })
          }}
          chips={LEAD_STATUSES.map((id) => ({
            id,
            label: t(`status.${id}`),
            tone: STATUS_TONE[id],
            count: counts ? formatNumber(counts[id] ?? 0, language) : undefined,
          }))}
        />
        {error && !isReady ? <ErrorState title={errorText(t, error)} /> : null}
        <div ref={frame} className="flex min-h-0 flex-1 flex-col">
          <DataGrid
            label={t('title')}
            columns={columns}
            rowCount={leads.length}
            listKey={listKey}
            getRow={(index) => leads[index]}
            onNeedRange={onNeedRange}
            {...(canWrite && { selection, onSelectionChange: setSelection })}
            activeId={active}
            onActiveChange={(id) => {
              setActive(id)
              if (open) put({ open: id })
            }}
            onOpen={(lead) => put({ open: lead.id })}
            onEdit={(lead) => canWrite && setEditing(lead)}
            onDelete={(lead) => canWrite && void actions.remove(chosen.length > 0 ? chosen : [lead.id])}
            onEscape={() => (open ? put({ open: null }) : setSelection(noSelection))}
            emptyState={
              !isReady ? null : isNarrowed ? (
                <EmptyState
                  icon={<SearchX />}
                  action={<Button onPress={() => put({ owner: null, source: null, q: null })}>{t('showAll')}</Button>}
                >
                  {t('noneFound')}
                </EmptyState>
              ) : (
                <EmptyState
                  icon={<Inbox />}
                  action={
                    canWrite && status === 'new' ? (
                      <Button variant="primary" icon={<Plus />} kbd="Shift+L" onPress={() => app.openAdd('leads')}>
                        {t('add')}
                      </Button>
                    ) : undefined
                  }
                >
                  {t(`empty.${status}`)}
                </EmptyState>
              )
            }
            className="max-h-full flex-1"
          />
          {canWrite ? (
            <LeadBulk
              ids={chosen}
              status={status}
              actions={actions}
              onClear={() => {
                setSelection(noSelection)
                focusGrid()
              }}
            />
          ) : null}
        </div>
      </div>
      {open ? (
        <LeadPanel
          id={open}
          actions={actions}
          onEdit={setEditing}
          onClose={() => {
            put({ open: null })
            focusGrid()
          }}
        />
      ) : null}
      <Asked actions={actions} />
      {editing ? <EditLead lead={editing} onClose={() => setEditing(null)} /> : null}
      {isCounting ? <SourceCounts onClose={() => setCounting(false)} /> : null}
    </div>
  )
}
