import { useTranslation } from 'react-i18next'
import { PARTY_ROLES } from '../../../shared/domain/party.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { ComboBox } from '../../ui/ComboBox.tsx'
import type { Choice } from '../../ui/option-search.ts'
import { Section } from '../../ui/Section.tsx'
import { Select } from '../../ui/Select.tsx'
import { TagInput } from '../../ui/TagInput.tsx'
import { tagTone } from './TagList.tsx'
import type { EditState, PartProps } from './use-edit.ts'
import { type Lookups, type TagItem, useLookups } from './use-lookups.ts'

const choiceOf = ({ id, name, color }: TagItem): Choice => ({ id, label: name, tone: tagTone(color) })

/** Tags, groups, roles, source, owner: how a shop sorts its customers. New tags and sources are made by typing them. */
export function SortingPart(props: PartProps & { isCounter: boolean; waitFor: EditState['waitFor'] }) {
  const { form, change, isCounter, waitFor } = props
  const { t } = useTranslation('customers')
  const { tags, sources, users, nameOf } = useLookups()
  const addTag = useCommand(api.customers.tags.add, {})
  const addSource = useCommand(api.customers.sources.add, {})
  const input = (kind: 'tag' | 'group') => {
    const all = tags.filter((tag) => tag.kind === kind)
    const chosen = all.filter((tag) => form.tag_ids.includes(tag.id)).map(choiceOf)
    return (
      <TagInput
        label={t(kind === 'tag' ? 'edit.tags' : 'edit.groups')}
        placeholder={t('edit.tagPlaceholder')}
        choices={all.map(choiceOf)}
        value={chosen}
        // What was added and taken away, not the whole list: a tag that is just being made may have come in between.
        onChange={(next) => {
          const gone = chosen.filter((tag) => !next.some((each) => each.id === tag.id)).map((tag) => tag.id)
          change(({ tag_ids }) => ({
            tag_ids: [...new Set([...tag_ids.filter((id) => !gone.includes(id)), ...next.map((tag) => tag.id)])],
          }))
        }}
        onCreate={(label) =>
          waitFor(
            addTag.run({ name: label, kind, color: null }).then((added) => {
              if (!added) return null
              change(({ tag_ids }) => ({ tag_ids: [...new Set([...tag_ids, added.id])] }))
              return { id: added.id, label }
            }),
          )
        }
      />
    )
  }
  return (
    <Section title={t('edit.sorting')}>
      {isCounter ? null : (
        <>
          {input('tag')}
          {input('group')}
        </>
      )}
      <ComboBox
        label={t('field.party.source_id')}
        choices={sources.map(({ id, name }) => ({ id, label: name }))}
        value={form.source_id ? { id: form.source_id, label: nameOf(form.source_id) ?? '' } : null}
        onChange={(value) => change({ source_id: value?.id ?? null })}
        onCreate={(name) =>
          void waitFor(
            addSource.run({ name }).then((added) => {
              if (added) change({ source_id: added.id })
            }),
          )
        }
        takesTyped
      />
      <Select
        label={t('field.party.owner_id')}
        isClearable
        options={ownerOptions(users, form.owner_id, nameOf)}
        value={form.owner_id}
        placeholder={t('edit.noOwner')}
        onChange={(owner_id) => change({ owner_id })}
      />
      <fieldset className="flex flex-wrap items-center gap-x-5 gap-y-2 md:col-span-2">
        <legend className="mb-1 text-[0.8125rem] text-muted">{t('edit.roles')}</legend>
        {PARTY_ROLES.map((role) => (
          <Checkbox
            key={role}
            label={t(`role.${role}`)}
            value={form.roles.includes(role)}
            onChange={(isOn) =>
              change({ roles: isOn ? [...form.roles, role] : form.roles.filter((each) => each !== role) })
            }
          />
        ))}
      </fieldset>
    </Section>
  )
}

/** Who works here; and whoever has it now, though they left. */
function ownerOptions(users: Lookups['users'], owner: string | null, nameOf: Lookups['nameOf']) {
  const options = users.map(({ id, name }) => ({ id, label: name }))
  const gone = owner !== null && !users.some(({ id }) => id === owner) ? nameOf(owner) : null
  return gone === null ? options : [...options, { id: owner ?? '', label: gone }]
}
