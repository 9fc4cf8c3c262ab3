import { EllipsisVertical, Pencil, Pin, PinOff, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Activity } from '../../../shared/contract/activities.ts'
import { useCan } from '../../api/session.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { isSaveKey } from '../../ui/form-keys.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { EntryWhen } from './EntryWhen.tsx'
import { useNoteCommands } from './use-timeline.ts'

/** A note: readable, and editable, pinnable, deletable in place. */
export function NoteEntry({ note }: { note: Activity }) {
  const { t } = useTranslation('customers')
  const canWrite = useCan('notes.write')
  const { update, remove } = useNoteCommands()
  const [text, setText] = useState<string | null>(null)
  const save = async () => {
    const body = text?.trim()
    if (!body || body === note.body || (await update({ id: note.id, body }))) setText(null)
  }
  return (
    <article className="flex flex-col gap-1.5">
      <header className="flex items-center gap-2">
        <Badge tone="accent" icon={note.pinned ? <Pin /> : undefined}>
          {t('timeline.note')}
        </Badge>
        <EntryWhen at={note.at} userId={note.user_id} extra={note.edited ? t('timeline.edited') : undefined} />
        {canWrite ? (
          <Menu
            label={t('timeline.actions')}
            trigger={<IconButton size="sm" label={t('timeline.actions')} icon={<EllipsisVertical />} />}
            items={[
              { id: 'edit', label: t('timeline.edit'), icon: <Pencil />, onAction: () => setText(note.body) },
              {
                id: 'pin',
                label: t(note.pinned ? 'timeline.unpin' : 'timeline.pin'),
                icon: note.pinned ? <PinOff /> : <Pin />,
                onAction: () => void update({ id: note.id, pinned: !note.pinned }),
              },
              'separator',
              {
                id: 'delete',
                label: t('timeline.delete'),
                icon: <Trash2 />,
                tone: 'danger',
                onAction: () => void remove({ id: note.id }),
              },
            ]}
          />
        ) : null}
      </header>
      {text === null ? (
        <p dir="auto" className="whitespace-pre-wrap wrap-anywhere">
          {note.body}
        </p>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up from the field inside
        <div
          className="flex flex-col gap-2"
          onKeyDown={(event) => {
            if (event.key === 'Escape') setText(null)
            else if (isSaveKey(event)) void save()
            else return
            event.preventDefault()
            event.stopPropagation()
          }}
        >
          <TextField
            label={t('timeline.edit')}
            labelHidden
            multiline
            rows={3}
            value={text}
            onChange={setText}
            autoFocus
          />
          <div className="flex gap-2">
            <Button size="sm" variant="primary" kbd="Ctrl Enter" onPress={() => void save()}>
              {t('timeline.saveEdit')}
            </Button>
            <Button size="sm" onPress={() => setText(null)}>
              {t('timeline.cancel')}
            </Button>
          </div>
        </div>
      )}
    </article>
  )
}
