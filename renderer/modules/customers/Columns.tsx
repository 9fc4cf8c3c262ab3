import { Ban } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerRow } from '../../../shared/contract/customers.ts'
import { dayOf } from '../../../shared/domain/jalali.ts'
import { useDevice, useUpdateDevice } from '../../api/session.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Cut } from '../../ui/Cut.tsx'
import { DayText } from '../../ui/DayText.tsx'
import { type ColumnState, type GridColumn, noColumnState } from '../../ui/grid-columns.ts'

import { PhoneText } from '../../ui/PhoneText.tsx'
import { BirthdayText } from './BirthdayText.tsx'
import { Money } from './Money.tsx'
import { isNumber, Name } from './Name.tsx'
import { NextContact } from './NextContact.tsx'
import { TagList } from './TagList.tsx'
import { useLookups } from './use-lookups.ts'
import type { View } from './views-model.ts'

/** Fits beside the side panel on a screen of 1366 px; the rest is one click away in the column menu. */
const SHOWN = new Set(['name', 'phone', 'city', 'company', 'tags'])
const SECRET = new Set(['tags', 'groups', 'credit_limit'])

const dash = <span className="text-muted">–</span>

const TagCell = ({ tags }: { tags: CustomerRow['tags'] }) => (tags.length > 0 ? <TagList tags={tags} oneLine /> : dash)

/** The columns of the customer list in the language of the screen; in counter mode without what a customer must not see. */
export function useColumns(): readonly GridColumn<CustomerRow>[] {
  const { t } = useTranslation('customers')
  const { on: isCounter } = useCounterMode()
  const { nameOf } = useLookups()
  return useMemo(() => {
    const all: GridColumn<CustomerRow>[] = [
      {
        id: 'name',
        header: t('field.party.name'),
        width: 190,
        minWidth: 120,
        isSortable: true,
        isHideable: false,
        cell: (row) => (
          <span className="flex min-w-0 items-center gap-2.5">
            <Avatar id={row.id} name={isNumber(row.name) ? '' : row.name} kind={row.kind} />
            {row.name && !isNumber(row.name) ? (
              <Cut className="font-semibold">{row.name}</Cut>
            ) : (
              <span className="truncate font-semibold">
                <Name name={row.name} />
              </span>
            )}
            {row.blacklisted && !isCounter ? (
              <Ban className="size-4 shrink-0 text-bad" role="img" aria-label={t('show.blacklisted')} />
            ) : null}
          </span>
        ),
      },
      {
        id: 'phone',
        header: t('field.party.phone'),
        width: 130,
        minWidth: 120,
        cell: (row) => (row.phone ? <PhoneText phone={row.phone} /> : dash),
      },
      {
        id: 'city',
        header: t('field.party.city'),
        width: 84,
        isSortable: true,
        cell: (row) => (row.city ? <Cut>{row.city}</Cut> : dash),
      },
      {
        id: 'company',
        header: t('field.party.company'),
        width: 150,
        cell: (row) => <Cut>{[row.job, row.company].filter(Boolean).join(' · ') || dash}</Cut>,
      },
      {
        id: 'tags',
        header: t('field.party.tags'),
        width: 120,
        cell: (row) => <TagCell tags={row.tags.filter((tag) => tag.kind === 'tag')} />,
      },
      {
        id: 'groups',
        header: t('field.party.groups'),
        width: 120,
        cell: (row) => <TagCell tags={row.tags.filter((tag) => tag.kind === 'group')} />,
      },
      {
        id: 'roles',
        header: t('field.party.roles'),
        width: 110,
        cell: (row) => row.roles.map((role) => t(`role.${role}`)).join(t('comma')) || dash,
      },
      {
        id: 'source',
        header: t('field.party.source_id'),
        width: 110,
        cell: (row) => (row.source ? <Cut>{row.source}</Cut> : dash),
      },
      { id: 'owner', header: t('field.party.owner_id'), width: 110, cell: (row) => nameOf(row.owner_id) ?? dash },
      {
        id: 'credit_limit',
        header: t('field.party.credit_limit'),
        width: 140,
        align: 'numeric',
        isSortable: true,
        cell: (row) => (row.credit_limit === null ? dash : <Money rial={row.credit_limit} />),
      },
      {
        id: 'email',
        header: t('field.party.email'),
        width: 160,
        cell: (row) => (row.email ? <bdi dir="ltr">{row.email}</bdi> : dash),
      },
      {
        id: 'birthday',
        header: t('field.party.birth'),
        width: 110,
        cell: (row) => (row.birth ? <BirthdayText birth={row.birth} /> : dash),
      },
      {
        id: 'created',
        header: t('field.party.created_at'),
        width: 110,
        isSortable: true,
        cell: (row) => <DayText day={dayOf(row.created_at)} />,
      },
      {
        id: 'updated',
        header: t('field.party.updated_at'),
        width: 110,
        isSortable: true,
        cell: (row) => <DayText day={dayOf(row.updated_at)} />,
      },
      {
        id: 'last_contact',
        header: t('field.party.last_contact'),
        width: 110,
        isSortable: true,
        cell: (row) => (row.last_contact === null ? dash : <DayText day={dayOf(row.last_contact)} />),
      },
      {
        id: 'next_contact',
        header: t('field.party.next_contact'),
        width: 110,
        isSortable: true,
        cell: (row) => <NextContact day={row.next_contact} slipsOn={row.slips_on} empty={dash} />,
      },
    ]
    return isCounter ? all.filter((column) => !SECRET.has(column.id)) : all
  }, [t, isCounter, nameOf])
}

/** What the list looks like until someone changes it. */
export const defaultColumns = (columns: readonly { id: string }[]): ColumnState => ({
  ...noColumnState,
  hidden: columns.map((column) => column.id).filter((id) => !SHOWN.has(id)),
})

function readState(value: unknown): ColumnState | null {
  const state = value as Partial<ColumnState> | null | undefined
  if (!state || !Array.isArray(state.order) || !Array.isArray(state.hidden) || typeof state.widths !== 'object')
    return null
  return state as ColumnState
}

/** Columns as the list shows them, and how to change them. */
export interface ListColumns {
  state: ColumnState
  set(next: ColumnState): void
  /** Differ from those of the saved view. */
  isChanged: boolean
  /** Those of the saved view again. */
  reset(): void
}

/** In a saved view its columns, which change for this window until the view is saved again; elsewhere those of this device. */
export function useListColumns(
  columns: readonly { id: string }[],
  view: View | undefined,
  /** The column the view is about: shown whatever is hidden elsewhere. */
  about?: string,
): ListColumns {
  const [device, set] = useDeviceColumns(columns)
  const state = about ? { ...device, hidden: device.hidden.filter((id) => id !== about) } : device
  const [tried, setTried] = useState<{ view: string; state: ColumnState } | null>(null)
  if (!view) return { state, set, isChanged: false, reset: () => {} }
  const saved = view.definition.columns
  const shown = tried?.view === view.id ? tried.state : saved
  return {
    state: shown,
    set: (next) => setTried(next === noColumnState ? null : { view: view.id, state: next }),
    isChanged: JSON.stringify(shown) !== JSON.stringify(saved),
    reset: () => setTried(null),
  }
}

/** Columns as this device keeps them outside saved views. «Reset» of the column menu (noColumnState itself) forgets them. */
function useDeviceColumns(columns: readonly { id: string }[]) {
  const device = useDevice()
  const update = useUpdateDevice()
  const usual = useMemo(() => defaultColumns(columns), [columns])
  const state = readState(device.customer_columns) ?? usual
  return [
    state,
    (next: ColumnState) => void update({ customer_columns: next === noColumnState ? null : next }),
  ] as const
}
