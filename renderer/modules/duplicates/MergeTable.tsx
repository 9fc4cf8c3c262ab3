import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Customer } from '../../../shared/contract/customers.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { dayOf } from '../../../shared/domain/jalali.ts'
import { isEmptyField, type MergeField } from '../../../shared/domain/merge.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { cx } from '../../ui/cx.ts'
import { DayText } from '../../ui/DayText.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { isNumber, Name } from '../customers/Name.tsx'
import { FieldValue } from './FieldValue.tsx'
import { LISTS, ListValues, lengthOf } from './ListValues.tsx'
import { type Choices, type FieldLine, resultOf, unionOf } from './merge-model.ts'

const cell = 'min-w-0 border-b border-line px-3 py-2 text-start align-top font-normal'

/** The records side by side, a choice where they differ, and at the end the record there will be. */
export function MergeTable(props: {
  records: readonly Customer[]
  survivor: string
  lines: readonly FieldLine[]
  choices: Choices
  onSurvivor: (id: string) => void
  onChoose: (field: MergeField, choice: string) => void
}) {
  const { records, survivor, lines, choices, onSurvivor, onChoose } = props
  const { t } = useTranslation('duplicates')
  const language = useLanguage()
  const table = useRef<HTMLTableElement>(null)
  const result = resultOf(records, survivor, choices)
  const union = unionOf(records, survivor)
  useEffect(() => {
    const choice = table.current?.querySelector<HTMLElement>('tr[data-open] input:checked')
    ;(choice ?? table.current?.querySelector<HTMLElement>('input:checked'))?.focus()
  }, [])
  const labelOf = (field: MergeField) =>
    field === 'person'
      ? t('merge.person')
      : t(`customers:field.party.${field === 'blacklist' ? 'blacklisted' : field}` as 'customers:field.party.name')
  return (
    <table
      ref={table}
      aria-label={t('merge.tableLabel')}
      onKeyDown={toNextChoice}
      className="w-full table-fixed border-separate border-spacing-0 rounded-card border border-line bg-surface"
    >
      <colgroup>
        <col className="w-36" />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className={cell}>
            <span className="sr-only">{t('merge.field')}</span>
          </th>
          {records.map((record) => (
            <th key={record.id} scope="col" className={cell}>
              <span className="flex min-w-0 items-center gap-2">
                <Avatar id={record.id} name={isNumber(record.name) ? '' : record.name} kind={record.kind} />
                <a href={`#/customers/${record.id}`} className="truncate font-semibold hover:underline">
                  <Name name={record.name} />
                </a>
              </span>
            </th>
          ))}
          <th scope="col" className={cx(cell, 'rounded-se-card bg-accent-soft font-bold text-accent-ink')}>
            {t('merge.result')}
          </th>
        </tr>
      </thead>
      <tbody>
        <Line label={t('merge.survivor')}>
          {records.map((record) => (
            <td key={record.id} className={cell}>
              <Choice
                name="survivor"
                isChosen={record.id === survivor}
                onChoose={() => onSurvivor(record.id)}
                label={t('merge.choose', { field: t('merge.survivor'), value: record.name })}
              >
                <span className="text-muted">
                  {t('customers:field.party.created_at')} <DayText day={dayOf(record.created_at)} />
                </span>
              </Choice>
            </td>
          ))}
          <td className={cx(cell, 'bg-accent-soft text-xs text-accent-ink')}>{t('merge.survivorHint')}</td>
        </Line>
        {lines.map(({ field, isOpen, choice }) => (
          <Line key={field} label={labelOf(field)} isOpen={isOpen}>
            {records.map((record) => (
              <td key={record.id} className={cell}>
                {isOpen && !isEmptyField(record, field) ? (
                  <Choice
                    name={field}
                    isChosen={record.id === choice}
                    onChoose={() => onChoose(field, record.id)}
                    label={t('merge.choose', { field: labelOf(field), value: record.name })}
                  >
                    <FieldValue record={record} field={field} />
                  </Choice>
                ) : (
                  <FieldValue record={record} field={field} />
                )}
              </td>
            ))}
            <td className={cx(cell, 'bg-accent-soft')}>
              {isOpen && field === 'about' ? (
                <Choice
                  name={field}
                  isChosen={choice === 'all'}
                  onChoose={() => onChoose(field, 'all')}
                  label={t('merge.choose', { field: labelOf(field), value: t('merge.both') })}
                >
                  <span className="text-accent-ink">{t('merge.both')}</span>
                </Choice>
              ) : null}
              <FieldValue record={result} field={field} />
            </td>
          </Line>
        ))}
        {LISTS.map((list) => {
          const count = lengthOf(union, list)
          if (count === 0) return null
          return (
            <Line key={list} label={t(`merge.${list}`)}>
              {records.map((record) => (
                <td key={record.id} className={cell}>
                  <ListValues of={record} list={list} />
                </td>
              ))}
              <td className={cx(cell, 'bg-accent-soft')}>
                <ListValues of={union} list={list} />
                {count > 1 ? (
                  <span className="block text-xs text-accent-ink">
                    {t('merge.kept', { count, n: formatNumber(count, language) })}
                  </span>
                ) : null}
              </td>
            </Line>
          )
        })}
      </tbody>
    </table>
  )
}

/** Enter goes to the next choice, and from the last to the button, as in every form. */
function toNextChoice(event: KeyboardEvent<HTMLTableElement>) {
  if (event.key !== 'Enter' || event.ctrlKey || !(event.target instanceof HTMLInputElement)) return
  event.preventDefault()
  const chosen = [...event.currentTarget.querySelectorAll<HTMLElement>('input:checked')]
  const name = event.target.name
  const at = chosen.findIndex((input) => (input as HTMLInputElement).name === name)
  const next = chosen[at + 1] ?? document.querySelector<HTMLElement>('[data-default-action]')
  next?.focus()
}

function Line({ label, isOpen, children }: { label: string; isOpen?: boolean; children: ReactNode }) {
  return (
    <tr data-open={isOpen || undefined} className={isOpen ? 'bg-warn-soft' : undefined}>
      <th scope="row" className={cx(cell, 'text-[0.8125rem] text-muted', isOpen && 'font-semibold text-warn-ink')}>
        {label}
      </th>
      {children}
    </tr>
  )
}

function Choice(props: { name: string; label: string; isChosen: boolean; onChoose: () => void; children: ReactNode }) {
  return (
    <label className="flex min-w-0 cursor-pointer items-start gap-2">
      <input
        type="radio"
        name={props.name}
        aria-label={props.label}
        checked={props.isChosen}
        onChange={props.onChoose}
        className="mt-1 size-4 shrink-0 accent-accent outline-offset-2"
      />
      <span className="min-w-0 break-words">{props.children}</span>
    </label>
  )
}
