import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import type { TimelineEntryProps } from '../../app/module.ts'
import { Badge } from '../../ui/Badge.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { EntryWhen } from '../activities/EntryWhen.tsx'
import { asMember, type ChangeItem, isCreation, readableFields } from './change-model.ts'
import { useValueText } from './use-value-text.ts'

const SHOWN = 4
/** Long texts show their beginning; the history of the field has them whole. */
const LONG = 90
const shorten = (text: string | null) => (text && text.length > LONG ? `${text.slice(0, LONG)}…` : text)

/** One field in words; a row that was taken out or brought back by its name. */
function ChangeLine({ change }: { change: ChangeItem['fields'][number] }) {
  const { t } = useTranslation('customers')
  const valueText = useValueText()
  const label = ({ table, field }: typeof change) => t(`field.${table}.${field}` as 'field.party.name')
  const member = asMember(change)
  if (member) {
    const name = shorten(valueText(member.table, member.field, member.from ?? member.to))
    return t(member.to === null ? 'timeline.memberRemoved' : 'timeline.memberAdded', { what: label(member), name })
  }
  if (change.field === 'deleted') return change.to ? label(change) : t('timeline.undeleted', { what: label(change) })
  const { table, field, from, to, from_name, to_name } = change
  const before = shorten(valueText(table, field, from_name ?? from))
  const after = shorten(valueText(table, field, to_name ?? to))
  const nothing = t('timeline.nothing')
  return (
    <>
      <span className="text-muted">{label(change)}: </span>
      {before === null && after !== null
        ? after
        : t('timeline.fromTo', { from: before ?? nothing, to: after ?? nothing })}
    </>
  )
}

/** A change in words: which field, from what, to what. */
export function ChangeEntry({ entry, isBrief }: TimelineEntryProps) {
  return entry.kind === 'change' ? <Change entry={entry} isBrief={isBrief} /> : null
}

/** What came with the sample business is older than its day in the book. */
function nameOf(entry: ChangeItem): 'sample' | 'created' | 'merged' | 'change' {
  if (isCreation(entry)) return entry.verb === 'setup.addSample' ? 'sample' : 'created'
  return entry.verb === 'customers.merge' ? 'merged' : 'change'
}

function Change({ entry, isBrief }: { entry: ChangeItem; isBrief?: boolean }) {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  const { on: isCounter } = useCounterMode()
  const [isOpen, setOpen] = useState(false)
  const isNew = isCreation(entry)
  const fields = readableFields(entry.fields, isCounter)
  const most = isNew ? 0 : SHOWN
  const shown = isOpen ? fields : fields.slice(0, most)
  const rest = fields.length - shown.length
  return (
    <article className="flex flex-col gap-1">
      <header className="flex items-center gap-2">
        <Badge tone={isNew ? 'ok' : 'neutral'}>{t(`timeline.${nameOf(entry)}`)}</Badge>
        <EntryWhen at={entry.at} userId={entry.user_id} device={entry.device_name} />
      </header>
      {shown.length > 0 ? (
        <ul className="flex flex-col text-[0.8125rem]">
          {shown.map((change, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one field may stand twice, of two rows
            <li key={`${change.table}.${change.field}.${at}`} className="line-clamp-3 min-w-0 break-words">
              <ChangeLine change={change} />
            </li>
          ))}
        </ul>
      ) : null}
      {rest > 0 && !(isNew && isBrief) ? (
        <button type="button" className="w-fit text-xs text-accent hover:underline" onClick={() => setOpen(true)}>
          {t(most === 0 ? 'timeline.details' : 'timeline.moreFields', { count: rest, n: formatNumber(rest, language) })}
        </button>
      ) : null}
    </article>
  )
}
