import { Plus, X } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { LINK_KINDS, type LinkKind } from '../../../shared/domain/party.ts'
import { tidy } from '../../../shared/domain/persian-text.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { Button } from '../../ui/Button.tsx'
import { ComboBox } from '../../ui/ComboBox.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import type { Choice } from '../../ui/option-search.ts'
import { Section } from '../../ui/Section.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import type { LinkForm } from './form-model.ts'
import { members } from './members.ts'
import { inputOfQuick } from './quick-model.ts'
import type { PartProps } from './use-edit.ts'

type Way = `${LinkKind}-${'out' | 'in'}`
const wayOf = (link: LinkForm): Way => `${link.kind}-${link.outgoing ? 'out' : 'in'}`

/** Where they work and as what, who brought them, who decides for them. A company that is not in the book yet is added on the spot. */
export function LinkPart({ form, change }: PartProps) {
  const { t } = useTranslation('customers')
  const list = members(form.links, (links) => change({ links }))
  const isCompany = form.kind === 'company'
  const blank = { role: '', other: null }
  return (
    <Section title={t('edit.links')} columns={1}>
      {form.links.map((link) => (
        <LinkRow
          key={link.key}
          link={link}
          isCompany={isCompany}
          onChange={(part) => list.set(link.key, part)}
          onRemove={() => list.remove(link.key)}
        />
      ))}
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          icon={<Plus />}
          onPress={() => list.add({ ...blank, kind: 'works_at', outgoing: !isCompany })}
        >
          {t(isCompany ? 'edit.addPerson' : 'edit.addWorkplace')}
        </Button>
        <Button size="sm" icon={<Plus />} onPress={() => list.add({ ...blank, kind: 'refers', outgoing: false })}>
          {t('edit.addRelation')}
        </Button>
      </div>
    </Section>
  )
}

function LinkRow(props: {
  link: LinkForm
  isCompany: boolean
  onChange: (part: Partial<LinkForm>) => void
  onRemove: () => void
}) {
  const { t } = useTranslation('customers')
  const { link, isCompany, onChange } = props
  // The far end of «works at» is a company seen from a person and a person seen from a company.
  const otherKind = link.kind === 'works_at' && link.outgoing ? 'company' : 'person'
  const choices = useCallback(async (text: string, signal: AbortSignal): Promise<Choice[]> => {
    const rows = text.trim()
      ? (await api.search.all({ text, limit: 12 }, { signal })).customers.map((hit) => hit.customer)
      : await api.search.recent({ limit: 8 }, { signal })
    return rows.map(({ id, name, city, kind }) => ({
      id: `${kind}:${id}`,
      label: name,
      description: city ?? undefined,
    }))
  }, [])
  const create = useCommand((name: string) => api.customers.add(inputOfQuick({ name, phone: '', kind: otherKind })), {
    message: (_, name) => t('edit.created', { name: tidy(name) }),
    onDone: ({ id }, name) => onChange({ other: { id, kind: otherKind, name } }),
  })
  const ways = useMemo(
    () =>
      LINK_KINDS.flatMap((kind) =>
        (['out', 'in'] as const)
          .filter((way) => {
            if (kind === 'family') return !isCompany && way === 'out'
            return kind !== 'works_at' || (way === 'out') === !isCompany
          })
          .map((way) => ({ id: `${kind}-${way}` as Way, label: t(`${way === 'out' ? 'linkOut' : 'linkIn'}.${kind}`) })),
      ),
    [t, isCompany],
  )
  return (
    <div className="grid grid-cols-[11rem_1fr_1fr_auto] items-start gap-2">
      <Select
        label={t('edit.relation')}
        labelHidden
        options={
          ways.some((way) => way.id === wayOf(link))
            ? ways
            : [...ways, { id: wayOf(link), label: t(`linkKind.${link.kind}`) }]
        }
        value={wayOf(link)}
        onChange={(way) => {
          const [kind, side] = (way ?? wayOf(link)).split('-') as [LinkKind, 'out' | 'in']
          onChange({ kind, outgoing: side === 'out' })
        }}
      />
      <ComboBox
        label={t('edit.other')}
        labelHidden
        placeholder={t('edit.otherPlaceholder')}
        choices={choices}
        value={link.other ? { id: `${link.other.kind}:${link.other.id}`, label: link.other.name } : null}
        onChange={(value) => {
          const [kind, id] = value?.id?.split(':') ?? []
          onChange({ other: id && value ? { id, kind: kind as 'person' | 'company', name: value.label } : null })
        }}
        onCreate={(name) => void create.run(name)}
        autoFocus={link.key.startsWith('new-') && !link.other}
      />
      <TextField
        label={t('edit.job')}
        labelHidden
        placeholder={t('edit.job')}
        value={link.role}
        onChange={(role) => onChange({ role })}
      />
      <IconButton label={`${t('edit.remove')}: ${t('edit.relation')}`} icon={<X />} onPress={props.onRemove} />
    </div>
  )
}
