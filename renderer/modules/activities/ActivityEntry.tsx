import { EllipsisVertical, Pencil, Pin, PinOff, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Activity } from '../../../shared/contract/activities.ts'
import { useCan } from '../../api/session.ts'
import type { TimelineEntryProps } from '../../app/module.ts'
import { keepFocus } from '../../ui/focus-back.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { ActivityEdit } from './ActivityEdit.tsx'
import { ActivityFacts, ActivityHead } from './ActivityFacts.tsx'
import { EntryWhen } from './EntryWhen.tsx'
import { MentionText } from './MentionText.tsx'
import { useActivityCommands } from './use-timeline.ts'

/** A note, call, meeting, visit or message on a timeline: readable, and editable, pinnable, deletable in place. */
export function ActivityEntry({ entry, partyId, isBrief }: TimelineEntryProps) {
  if (!('activity' in entry)) return null
  return <Entry activity={entry.activity} partyId={partyId} isBrief={isBrief} />
}

/** Where the keys of a timeline are. */
const menuIn = (entry: Element | null | undefined) => entry?.querySelector('[aria-haspopup]')

function Entry({ activity, partyId, isBrief }: { activity: Activity; partyId: string; isBrief?: boolean }) {
  const { t } = useTranslation('activities')
  const canWrite = useCan('notes.write')
  const { update, remove } = useActivityCommands()
  const [isEditing, setEditing] = useState(false)
  const article = useRef<HTMLElement>(null)
  const { id, kind, body, at, user_id, pinned, edited } = activity
  const endEdit = () => {
    setEditing(false)
    keepFocus(() => menuIn(article.current))
  }
  const drop = async () => {
    const own = article.current?.closest('li')
    const next = own?.nextElementSibling ?? own?.previousElementSibling
    if (await remove({ id })) keepFocus(() => menuIn(next))
  }
  return (
    <article ref={article} className="flex flex-col gap-1.5">
      <header className="flex items-center gap-2">
        <ActivityHead activity={activity} />
        <EntryWhen at={at} userId={user_id} extra={edited ? t('edited') : undefined} />
        {canWrite ? (
          <Menu
            label={t('actions', { what: t(`kind.${kind}`) })}
            trigger={
              <IconButton size="sm" label={t('actions', { what: t(`kind.${kind}`) })} icon={<EllipsisVertical />} />
            }
            items={[
              { id: 'edit', label: t('edit'), icon: <Pencil />, onAction: () => setEditing(true) },
              {
                id: 'pin',
                label: t(pinned ? 'unpin' : 'pin'),
                icon: pinned ? <PinOff /> : <Pin />,
                onAction: () => void update({ id, pinned: !pinned }),
              },
              'separator',
              {
                id: 'delete',
                label: t('delete'),
                icon: <Trash2 />,
                tone: 'danger',
                onAction: () => void drop(),
              },
            ]}
          />
        ) : null}
      </header>
      {isEditing ? (
        <ActivityEdit activity={activity} partyId={partyId} isBrief={isBrief} onClose={endEdit} />
      ) : (
        <>
          {body ? (
            <div className="private-text">
              <MentionText text={body} />
            </div>
          ) : null}
          <ActivityFacts activity={activity} partyId={partyId} />
        </>
      )}
    </article>
  )
}
