import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { type UnderstoodLine, understandLine } from '../../../shared/domain/log-line.ts'
import { rpc } from '../../api/client.ts'
import { useMinute, useToday } from '../../app/today.ts'
import { useOutcomes } from '../activities/use-outcomes.ts'
import { leadName } from '../leads/lead-model.ts'
import { useColleagues } from '../users/use-colleagues.ts'
import {
  type Entry,
  type Line,
  NOBODY,
  type People,
  type Preset,
  type Problem,
  problemOf,
  readLine,
} from './line-model.ts'
import { useLine } from './use-line.ts'
import { usePageCustomer } from './use-page-customer.ts'
import { usePageLead } from './use-page-lead.ts'
import { useSaveLine } from './use-save-line.ts'

const OFFERED = 6

const MOST_NAMES = 10

const namesOf = ({ who, perhaps, named }: UnderstoodLine) => [...who, ...perhaps, ...named].slice(0, MOST_NAMES)
const question = (names: string[]) =>
  rpc.search.people.queryOptions({ input: { names, limit: OFFERED }, gcTime: 30_000 })

/** Whom a line is about that names nobody; undefined while that is being read. A lead that became a customer is that customer. */
function usePagePreset(): Preset | undefined {
  const customer = usePageCustomer()
  const lead = usePageLead()
  if (customer === undefined || lead === undefined) return undefined
  if (!lead) return { party: customer, lead: null }
  return lead.party
    ? { party: { id: lead.party.id, label: lead.party.name }, lead: null }
    : { party: null, lead: { id: lead.id, label: leadName(lead) } }
}

/** One line of the log: what it says, whom it means, what is still missing, and saving it. */
export function useQuickLog(given: string | undefined, onSaved: (andNext: boolean) => void) {
  const preset = usePagePreset()
  const state = useLine(given, preset)
  const client = useQueryClient()
  const { outcomes } = useOutcomes()
  const { list: colleagues } = useColleagues()
  const now = { day: useToday(), minute: useMinute() }
  const { line } = state
  const { day, minute } = now
  const read = useMemo(() => understandLine(line.text, { day, minute }), [line.text, day, minute])
  // The answers for the names before stay until the new ones are there: each is looked up by its name.
  const { data: found } = useQuery({
    ...question(namesOf(read)),
    enabled: namesOf(read).length > 0,
    placeholderData: (before) => before,
  })
  const [isWhenBad, setWhenBad] = useState<Record<string, boolean>>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const isBad = Object.values(isWhenBad).some(Boolean)
  const own = preset ?? NOBODY
  const entryOf = (line: Line, read: UnderstoodLine, found: readonly People[] | undefined): Entry =>
    readLine(line, read, found, outcomes, own, colleagues)
  const entry = entryOf(line, read, found)
  const saveLine = useSaveLine()
  const busy = useRef(false)
  const [isSaving, setSaving] = useState(false)
  const asked = useRef<string | null>(null)

  /** Gives what is missing, or null when it was saved. */
  const save = async (andNext = false): Promise<Problem | null> => {
    if (busy.current) return null
    busy.current = true
    setSaving(true)
    try {
      const written = state.latest()
      const said = understandLine(written.text, now)
      // Enter may be faster than the answer for the last letter.
      const names = namesOf(said)
      const people = names.length > 0 ? await client.fetchQuery(question(names)).catch(() => undefined) : []
      const now_ = entryOf(written, said, people)
      const missing = problemOf(written, now_, isBad, Date.now())
      // The day of a plan is asked for once.
      const isAnswered = missing === 'day' && asked.current === written.text
      asked.current = missing === 'day' ? written.text : null
      setProblem(isAnswered ? null : missing)
      if (missing && !isAnswered) return missing
      if (await saveLine(now_, written.text)) {
        state.empty()
        setWhenBad({})
        onSaved(andNext)
      }
      return null
    } finally {
      busy.current = false
      setSaving(false)
    }
  }
  return {
    state,
    entry,
    read,
    now,
    problem,
    isNextBad: isWhenBad['next'] === true || isWhenBad['rule'] === true,
    clearProblem: () => setProblem(null),
    setWhenBad: (part: string) => (text: string | null) =>
      setWhenBad((before) => ({ ...before, [part]: text !== null })),
    save,
    isSaving,
  }
}
export type QuickLogState = ReturnType<typeof useQuickLog>
