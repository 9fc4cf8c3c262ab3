import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { Badge } from '../../ui/Badge.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Tag } from '../../ui/Tag.tsx'
import { softTone, type Tone } from '../../ui/tones.ts'

export interface TagLike {
  id: string
  name: string
  color: string | null
}

/** Colours of tags are names of tones, so that they stay readable in both themes. */
export const tagTone = (color: string | null): Tone => (color && color in softTone ? (color as Tone) : 'neutral')

/** Tags side by side; on one line the first and how many more there are. */
export function TagList({ tags, oneLine }: { tags: readonly TagLike[]; oneLine?: boolean }) {
  const shown = oneLine ? tags.slice(0, 1) : tags
  const rest = tags.length - shown.length
  return (
    <span className={oneLine ? 'flex min-w-0 items-center gap-1' : 'flex flex-wrap gap-1.5'}>
      {shown.map((tag) => (
        <Tag key={tag.id} label={tag.name} tone={tagTone(tag.color)} />
      ))}
      {rest > 0 ? <More count={rest} /> : null}
    </span>
  )
}

function More({ count }: { count: number }) {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  return <Badge>{t('list.more', { n: formatNumber(count, language) })}</Badge>
}
