import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import type { LucideIcon } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { can } from '../../../shared/domain/roles.ts'
import { matchRanges, parseQuery, type Query } from '../../../shared/domain/search-tokens.ts'
import { rpc } from '../../api/client.ts'
import { useUser } from '../../api/session.ts'
import { useAddable } from '../../app/AddButton.tsx'
import { useModules } from '../../app/app-context.ts'
import { commandsOf } from '../../app/commands.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import type { Command } from '../../app/module.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { Marked } from '../../ui/Marked.tsx'
import { CustomerOption } from './CustomerOption.tsx'
import { LeadOption } from './LeadOption.tsx'
import { NoteOption } from './NoteOption.tsx'
import { type Group, type Item, matchingCommands } from './palette-model.ts'
import { type LeadHit, useLeadHits } from './use-lead-hits.ts'
import { useSearch } from './use-search.ts'

type Row = Item<ReactNode>

const COMMANDS = 6

const openCustomer = (id: string): Pick<Row, 'run' | 'runAside'> => ({
  run: (app) => app.go(`/customers/${id}`),
  runAside: (app) => app.go(`/customers?open=${id}`),
})

/** What the palette lists for a text: customers, notes, commands; without a text recent records and commands. */
export function usePalette(typed: string) {
  const { t } = useTranslation()
  // All below belongs to the text that was answered: a keystroke alone draws nothing anew but the text field.
  const { found, answered: text, isFresh, isFailed } = useSearch(typed)
  const isEmpty = text.trim() === ''
  const { leads, isFresh: isLeadFresh } = useLeadHits(text)
  const recent = useQuery(rpc.search.recent.queryOptions({ input: { limit: 8 } })).data
  const commands = useListedCommands()
  const addable = useAddable()
  const { on: isCounter } = useCounterMode()
  const query = useMemo(() => parseQuery(found?.read_as ?? text), [found?.read_as, text])
  const groups = useMemo(() => {
    const otherWordsOf = (command: Command) => (command.words ? t(command.words) : '')
    const wanted = matchingCommands(commands, text, (command) => t(command.label), otherWordsOf).slice(
      0,
      isEmpty ? undefined : COMMANDS,
    )
    const all: Group<ReactNode>[] = [
      {
        id: 'recent',
        label: 'search:group.recent',
        items: isEmpty ? (recent ?? []).map((customer) => customerRow(customer, query)) : [],
      },
      {
        id: 'customers',
        label: 'search:group.customers',
        items: (found?.customers ?? []).map(({ customer, match }) =>
          // A tag is a label; in counter mode it is not shown even as the reason of a hit.
          customerRow(customer, query, isCounter && match.field === 'tag' ? undefined : match),
        ),
      },
      { id: 'leads', label: 'leads:title', items: leads.map((lead) => leadRow(lead, query)) },
      {
        id: 'offer',
        label: 'search:group.offer',
        items: addable.flatMap(({ name, add }) =>
          add.offer?.isFor(text)
            ? [addRow(name, add.icon, t(add.offer.label, { text: text.trim() }), text.trim())]
            : [],
        ),
      },
      {
        id: 'notes',
        label: 'search:group.notes',
        items: isCounter ? [] : (found?.notes ?? []).map((n) => noteRow(n, query)),
      },
      { id: 'commands', label: 'search:group.commands', items: wanted.map((command) => commandRow(command, query, t)) },
    ]
    const isNothing = !isEmpty && found?.customers.length === 0
    const isOffered = all.some(({ id, items }) => id === 'offer' && items.length > 0)
    // A sentence of the log is nobody's name.
    if (isNothing && !isOffered)
      all.push({
        id: 'add',
        label: 'search:group.add',
        items: addable.flatMap(({ name, add }) =>
          name === 'customers' || (name === 'leads' && leads.length === 0)
            ? [addRow(name, add.icon, t(`search:addNamed.${name}`, { text: text.trim() }), text.trim())]
            : [],
        ),
      })
    return all.filter((group) => group.items.length > 0)
  }, [t, commands, addable, text, isEmpty, found, leads, recent, query, isCounter])
  return {
    groups,
    readAs: found?.read_as ?? null,
    // Where a customer stands first, Enter need not wait for the leads below.
    isFresh: isFresh && (isLeadFresh || (found?.customers.length ?? 0) > 0),
    isFailed,
    isNothing: isFresh && !isEmpty && groups.length === 0,
  }
}

function useListedCommands(): Command[] {
  const modules = useModules()
  const role = useUser()?.role ?? null
  return useMemo(
    () => commandsOf(modules).filter((command) => !command.permission || can(role, command.permission)),
    [modules, role],
  )
}

function customerRow(
  customer: Parameters<typeof CustomerOption>[0]['customer'],
  query: Query,
  match?: Parameters<typeof CustomerOption>[0]['match'],
): Row {
  return {
    key: `customer.${customer.id}`,
    shown: <CustomerOption customer={customer} match={match} query={query} />,
    ...openCustomer(customer.id),
  }
}

function noteRow(note: Parameters<typeof NoteOption>[0]['note'], query: Query): Row {
  return {
    key: `note.${note.note_id}`,
    shown: <NoteOption note={note} query={query} />,
    ...openCustomer(note.party_id),
  }
}

function leadRow(lead: LeadHit, query: Query): Row {
  const status = lead.status === 'new' ? '' : `status=${lead.status}&`
  return {
    key: `lead.${lead.id}`,
    shown: <LeadOption lead={lead} query={query} />,
    run: (app) => app.go(`/leads?${status}open=${lead.id}`),
  }
}

function commandRow(command: Command, query: Query, t: TFunction): Row {
  const { icon: Icon, keys } = command
  const label = t(command.label)
  return {
    key: command.id,
    shown: (
      <>
        <Icon className="mx-1 size-4.5 shrink-0 text-muted" aria-hidden="true" />
        <span className="min-w-0 flex-1 truncate">
          <Marked text={label} ranges={matchRanges(label, query)} />
        </span>
        {keys?.[0] ? (
          <span aria-hidden="true">
            <Kbd>{keys[0].replaceAll('+', ' ')}</Kbd>
          </span>
        ) : null}
      </>
    ),
    run: command.run,
  }
}

/** What is typed, as something new. */
function addRow(name: string, Icon: LucideIcon, label: string, text: string): Row {
  return {
    key: `add.${name}`,
    shown: (
      <>
        <Icon className="mx-1 size-4.5 shrink-0 text-accent" aria-hidden="true" />
        <span className="min-w-0 flex-1 truncate font-semibold text-accent">{label}</span>
      </>
    ),
    run: (app) => app.openAdd(name, text),
  }
}
