import { Lock } from 'lucide-react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Cut } from '../../ui/Cut.tsx'
import { cx } from '../../ui/cx.ts'
import type { Person } from './use-people.ts'

/** The people of this PC to choose from: arrow keys or the first letters of a name, Enter. */
export function PeopleList({
  people,
  onChoose,
  autoFocus,
}: {
  people: readonly Person[]
  onChoose: (person: Person) => void
  autoFocus?: boolean
}) {
  const { t } = useTranslation('users')
  return (
    <ListBox
      aria-label={t('seat.people')}
      autoFocus={autoFocus ? 'first' : undefined}
      onAction={(id) => {
        const person = people.find((each) => each.id === id)
        if (person) onChoose(person)
      }}
      className="flex max-h-96 flex-col gap-0.5 overflow-y-auto outline-none"
    >
      {people.map((person) => (
        <ListBoxItem
          key={person.id}
          id={person.id}
          textValue={person.name}
          className={({ isFocused }) =>
            cx(
              'flex cursor-pointer items-center gap-3 rounded-lg px-3 py-2 outline-none',
              isFocused ? 'on-soft bg-accent-soft' : 'data-hovered:bg-surface-2',
            )
          }
        >
          <Avatar id={person.id} name={person.name} color={person.color} size="md" />
          <span className="flex min-w-0 flex-1 flex-col">
            <Cut className="font-semibold">{person.name}</Cut>
            <span className="text-xs text-muted">{t(`role.${person.role}`)}</span>
          </span>
          {person.here ? <Badge tone="accent">{t('seat.here')}</Badge> : null}
          {person.has_pin ? <Lock className="size-4 shrink-0 text-muted" aria-label={t('seat.hasPin')} /> : null}
        </ListBoxItem>
      ))}
    </ListBox>
  )
}
