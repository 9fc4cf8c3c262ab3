import { useTranslation } from 'react-i18next'
import { mentionsIn } from '../../../shared/domain/mentions.ts'
import { Badge } from '../../ui/Badge.tsx'
import { useColleagues } from '../users/use-colleagues.ts'

/** Who will be told because the words name them, and names behind @ that are nobody's. */
export function Mentions({ text, typed }: { text: string; typed: readonly string[] }) {
  const { t } = useTranslation('quicklog')
  const { list, nameOf } = useColleagues()
  const ranges = text.includes('@') ? mentionsIn(text, list) : []
  const told = [...new Set(ranges.map(({ user_id }) => nameOf(user_id) ?? ''))].filter(Boolean)
  const strange = typed.filter((word) => !ranges.some(({ start, end }) => text.slice(start + 1, end).startsWith(word)))
  if (told.length + strange.length === 0) return null
  return (
    <>
      {told.map((name) => (
        <Badge key={name} tone="violet">
          <bdi>{t('told', { name })}</bdi>
        </Badge>
      ))}
      {strange.map((name) => (
        <Badge key={name} tone="warn">
          <bdi>{t('noColleague', { name })}</bdi>
        </Badge>
      ))}
    </>
  )
}
