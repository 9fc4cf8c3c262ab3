import { useTranslation } from 'react-i18next'
import { Avatar } from '../../ui/Avatar.tsx'
import { cx } from '../../ui/cx.ts'
import type { Mention } from './use-mention.ts'

/** The colleagues that an @ may mean; nothing while there are none. */
export function MentionList({ mention, className }: { mention: Mention; className: string }) {
  const { t } = useTranslation('activities')
  const { found, at, choose } = mention
  if (found.length === 0) return null
  return (
    <ul aria-label={t('colleagues')} className={cx('rounded-lg border border-line bg-surface p-1', className)}>
      {found.map(({ id, name }, i) => (
        <li key={id}>
          <button
            type="button"
            tabIndex={-1}
            aria-current={i === at}
            // The field keeps the focus, and with it the list stays until the click.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(name)}
            className={cx(
              'flex w-full items-center gap-2 rounded-md px-2 py-1 text-start',
              i === at && 'bg-accent-soft',
            )}
          >
            <Avatar id={id} name={name} size="sm" />
            <bdi>{name}</bdi>
          </button>
        </li>
      ))}
    </ul>
  )
}
