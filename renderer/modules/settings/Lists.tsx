import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { EditableList } from './EditableList.tsx'

/** The words customers are sorted by: tags, groups, where they heard of the business. */
export function Lists() {
  const tags = useQuery(rpc.customers.tags.list.queryOptions()).data
  return (
    <>
      <TagKind kind="tag" items={tags?.filter((tag) => tag.kind === 'tag')} />
      <TagKind kind="group" items={tags?.filter((tag) => tag.kind === 'group')} />
      <Sources />
    </>
  )
}

type TagItem = { id: string; name: string; color: string | null; uses: number }

function TagKind({ kind, items }: { kind: 'tag' | 'group'; items: readonly TagItem[] | undefined }) {
  const { t } = useTranslation()
  const add = useCommand(api.customers.tags.add, {
    message: (_, input) => t('settings:lists.added', { name: input.name }),
  })
  const update = useCommand(api.customers.tags.update, { message: () => t('settings:lists.saved') })
  const remove = useCommand(api.customers.tags.remove, { message: () => t('settings:lists.removed') })
  return (
    <EditableList
      title={t(`settings:lists.${kind}s`)}
      lead={t(`settings:lists.${kind}sLead`)}
      addLabel={t(`settings:lists.new_${kind}`)}
      items={items ?? []}
      hasColour={kind === 'tag'}
      onAdd={(name) => add.run({ name, kind, color: null })}
      onUpdate={(id, patch) => update.run({ id, ...patch })}
      onRemove={(id) => remove.run({ id })}
    />
  )
}

function Sources() {
  const { t } = useTranslation()
  const items = useQuery(rpc.customers.sources.list.queryOptions()).data
  const add = useCommand(api.customers.sources.add, {
    message: (_, input) => t('settings:lists.added', { name: input.name }),
  })
  const update = useCommand(api.customers.sources.update, { message: () => t('settings:lists.saved') })
  const remove = useCommand(api.customers.sources.remove, { message: () => t('settings:lists.removed') })
  return (
    <EditableList
      title={t('settings:lists.sources')}
      lead={t('settings:lists.sourcesLead')}
      addLabel={t('settings:lists.new_source')}
      items={items ?? []}
      onAdd={(name) => add.run({ name })}
      onUpdate={(id, { name }) => (name ? update.run({ id, name }) : Promise.resolve(null))}
      onRemove={(id) => remove.run({ id })}
    />
  )
}
