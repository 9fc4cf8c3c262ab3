import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ListName } from '../../../shared/contract/lists.ts'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { useLanguage } from '../../ui/locale.ts'
import { EditableList } from './EditableList.tsx'

/** The words of the business: tags, groups, where customers heard of it, what came of a call, why a lead was dropped. */
export function Lists() {
  const tags = useQuery(rpc.customers.tags.list.queryOptions()).data
  return (
    <>
      <TagKind kind="tag" items={tags?.filter((tag) => tag.kind === 'tag')} />
      <TagKind kind="group" items={tags?.filter((tag) => tag.kind === 'group')} />
      <Sources />
      <BusinessList list="outcome" />
      <BusinessList list="lead_reason" />
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

function BusinessList({ list }: { list: ListName }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const canEdit = useCan('lists.write')
  const items = useQuery(rpc.lists.all.queryOptions({ input: { list } })).data
  const uses = useQuery(rpc.lists.uses.queryOptions({ input: { list } })).data
  const add = useCommand(api.lists.add, { message: (_, { name }) => t('settings:lists.added', { name }) })
  const rename = useCommand(api.lists.rename, { message: () => t('settings:lists.saved') })
  const move = useCommand(api.lists.move)
  const remove = useCommand(api.lists.remove, { message: () => t('settings:lists.removed') })
  return (
    <EditableList
      title={t(`lists:${list}.title`)}
      lead={t(`lists:${list}.lead`)}
      addLabel={t(`lists:${list}.add`)}
      items={(items ?? []).map((item) => ({ ...item, uses: uses?.[item.id] ?? 0 }))}
      canEdit={canEdit}
      usesText={(count) => t('lists:uses', { count, n: formatNumber(count, language) })}
      onAdd={(name) => add.run({ list, name })}
      onUpdate={(id, { name }) => (name ? rename.run({ id, name }) : Promise.resolve(null))}
      onRemove={(id) => remove.run({ id })}
      onMove={(id, before) => move.run({ id, before })}
    />
  )
}
