import { useTranslation } from 'react-i18next'
import { mentionsIn } from '../../../shared/domain/mentions.ts'
import { Badge } from '../../ui/Badge.tsx'
import { useColleagues } from '../users/use-colleagues.ts'

/** Who will be told because the words name them, and names behind @ anywhere in the line that are nobody's. */
export function Mentions({ text, line, typed }: { text: string; line: string; typed: readonly string[] }) {
  const { t } = useTranslation('quicklog')
  const { list, nameOf } = useColleagues()
  const ranges = text.includes('@') ? mentionsIn(text, list) : []
  const told = [...new Set(ranges.map(({ user_id }) => nameOf(user_id) ?? ''))].filter(Boolean)
  const known = typed.length > 0 ? mentionsIn(line, list).map(({ start, end }) => line.slice(start + 1, end)) : []
  const strange = typed.filter((word) => word && !known.some((name) => name.startsWith(word)))
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
