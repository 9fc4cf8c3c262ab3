import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { useFormKeys } from '../../ui/form-keys.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { TextField } from '../../ui/TextField.tsx'
import { ColourMenu } from './ColourMenu.tsx'

export type ListItem = { id: string; name: string; color?: string | null; uses: number }
export type ListPatch = { name?: string; color?: string | null }

export type EditableListProps = {
  title: string
  lead: string
  addLabel: string
  items: readonly ListItem[]
  hasColour?: boolean
  onAdd: (name: string) => Promise<unknown>
  onUpdate: (id: string, patch: ListPatch) => Promise<unknown>
  onRemove: (id: string) => Promise<unknown>
  /** Entries have an order of their own: to the place before another, to the end when null. */
  onMove?: (id: string, before: string | null) => Promise<unknown>
  /** Who may change it; else by the permissions of customers. */
  canEdit?: boolean
  /** «۳ بار»; else so many customers. */
  usesText?: (uses: number) => string
}

/** A list the user owns: names edited in place (Enter or leaving saves, Esc puts back), uses counted, each step undoable. */
export function EditableList(props: EditableListProps) {
  const { title, lead, addLabel, items, hasColour, onAdd, onUpdate, onRemove, onMove, canEdit, usesText } = props
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const mayWrite = useCan('customers.write')
  const mayRemove = useCan('customers.bulk')
  const canWrite = canEdit ?? mayWrite
  const canRemove = canEdit ?? mayRemove
  const add = async () => {
    if (name.trim() && (await onAdd(name.trim())) !== null) setName('')
  }
  const keys = useFormKeys({ onSave: () => void add() })
  return (
    <Card title={title}>
      <p className="mb-2 text-muted">{lead}</p>
      <ul className="mb-3">
        {items.map((item, at) => (
          <Row
            key={item.id}
            item={item}
            hasColour={hasColour ?? false}
            canWrite={canWrite}
            canRemove={canRemove}
            onUpdate={onUpdate}
            onRemove={onRemove}
            usesText={usesText}
            // Up: before the one above. Down: before the one after the next.
            onUp={onMove && at > 0 ? () => void onMove(item.id, items[at - 1]!.id) : undefined}
            onDown={onMove && at < items.length - 1 ? () => void onMove(item.id, items[at + 2]?.id ?? null) : undefined}
            hasOrder={onMove !== undefined}
          />
        ))}
      </ul>
      {canWrite ? (
        <form {...keys} className="flex items-end gap-2">
          <TextField
            label={addLabel}
            labelHidden
            placeholder={addLabel}
            value={name}
            onChange={setName}
            maxLength={60}
            className="w-64"
          />
          <Button type="submit" icon={<Plus />} isDefault isDisabled={!name.trim()}>
            {t('common:add')}
          </Button>
        </form>
      ) : null}
    </Card>
  )
}

type RowProps = Pick<EditableListProps, 'onUpdate' | 'onRemove' | 'usesText'> & {
  item: ListItem
  hasColour: boolean
  canWrite: boolean
  canRemove: boolean
  hasOrder: boolean
  onUp?: () => void
  onDown?: () => void
}

function Row(props: RowProps) {
  const { item, hasColour, canWrite, canRemove, hasOrder, onUpdate, onRemove, onUp, onDown, usesText } = props
  const { t } = useTranslation()
  const language = useLanguage()
  const [name, setName] = useState<string | null>(null)
  const save = () => {
    const next = name?.trim()
    if (next && next !== item.name) void onUpdate(item.id, { name: next }).finally(() => setName(null))
    else setName(null)
  }
  return (
    <li className="flex items-center gap-2 border-b border-line py-1 last:border-b-0">
      {hasColour ? (
        <ColourMenu
          name={item.name}
          colour={item.color ?? null}
          isDisabled={!canWrite}
          onChange={(color) => void onUpdate(item.id, { color })}
        />
      ) : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the field inside */}
      <div
        className="flex-1"
        onKeyDown={(event) => {
          if (event.key === 'Enter') save()
          if (event.key === 'Escape') setName(null)
          // The row keeps the focus, so that it can be moved on.
          if (event.altKey && event.key === 'ArrowUp') onUp?.()
          if (event.altKey && event.key === 'ArrowDown') onDown?.()
        }}
      >
        <TextField
          label={t('settings:lists.nameOf', { name: item.name })}
          labelHidden
          value={name ?? item.name}
          onChange={setName}
          onBlur={save}
          isDisabled={!canWrite}
          maxLength={60}
          inputClassName="border-transparent! bg-transparent! hover:border-line-strong! focus:border-accent!"
        />
      </div>
      <span className="w-28 shrink-0 text-xs text-muted">
        {item.uses > 0
          ? (usesText?.(item.uses) ??
            t('settings:lists.uses', { count: item.uses, n: formatNumber(item.uses, language) }))
          : t('settings:lists.unused')}
      </span>
      {hasOrder && canWrite ? (
        <span className="flex shrink-0">
          <IconButton
            size="sm"
            label={t('lists:up', { name: item.name })}
            icon={<ArrowUp />}
            isDisabled={!onUp}
            onPress={() => onUp?.()}
          />
          <IconButton
            size="sm"
            label={t('lists:down', { name: item.name })}
            icon={<ArrowDown />}
            isDisabled={!onDown}
            onPress={() => onDown?.()}
          />
        </span>
      ) : null}
      {canRemove ? (
        <IconButton
          size="sm"
          label={t('settings:lists.remove', { name: item.name })}
          icon={<Trash2 />}
          onPress={() => void onRemove(item.id)}
        />
      ) : null}
    </li>
  )
}
