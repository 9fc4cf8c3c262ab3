import { EllipsisVertical, RotateCcw, Save } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { Cut } from '../../ui/Cut.tsx'
import { cx } from '../../ui/cx.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu, type MenuEntry } from '../../ui/Menu.tsx'
import type { ListColumns } from './Columns.tsx'
import type { List } from './use-list.ts'
import { ViewName } from './ViewName.tsx'
import { BUILT_IN, type View } from './views-model.ts'

/** The row of views: the built-in ones and those people saved; what differs from the saved state can be saved or taken back. */
export function Views({ list, columns }: { list: List; columns: ListColumns }) {
  const { t } = useTranslation('customers')
  const canWrite = useCan('views.write')
  const [naming, setNaming] = useState<'new' | View | null>(null)
  const { view, saved } = list
  const definition = {
    filter: list.asked.filter,
    sort: view.sort,
    columns: {
      order: [...columns.state.order],
      hidden: [...columns.state.hidden],
      widths: { ...columns.state.widths },
    },
  }
  const reset = () => {
    columns.reset()
    list.reset()
  }
  const add = useCommand(api.segments.addView, {
    message: (_, { name }) => t('view.saved', { name }),
    onDone: ({ id }) => list.setView(id),
  })
  const update = useCommand(api.segments.updateView, {
    message: (_, { name }) => t('view.updated', { name: name ?? view.own?.name }),
    onDone: reset,
  })
  const rename = useCommand(api.segments.updateView, { message: (_, { name }) => t('view.renamed', { name }) })
  const remove = useCommand(({ id }: View) => api.segments.removeView({ id }), {
    message: (_, { name }) => t('view.removed', { name }),
    onDone: () => list.setView('all'),
  })

  const isNarrowed = view.changed || list.text !== '' || columns.isChanged
  const items: MenuEntry[] = []
  if (view.own && isNarrowed)
    items.push({
      id: 'update',
      label: t('view.update', { name: view.own.name }),
      icon: <Save />,
      onAction: () => void update.run({ id: view.id, definition }),
    })
  items.push({ id: 'new', label: t('view.saveAs'), onAction: () => setNaming('new') })
  if (isNarrowed) items.push({ id: 'reset', label: t('view.reset'), icon: <RotateCcw />, onAction: reset })
  const own = view.own
  if (own)
    items.push(
      'separator',
      { id: 'rename', label: t('view.rename'), onAction: () => setNaming(own) },
      { id: 'remove', label: t('view.remove'), tone: 'danger', onAction: () => void remove.run(own) },
    )

  const chips = [
    ...BUILT_IN.filter((id) => id !== 'trash').map((id) => ({ id: id as string, name: t(`view.${id}`) })),
    ...saved.map(({ id, name }) => ({ id, name })),
    { id: 'trash', name: t('view.trash') },
  ]
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <nav aria-label={t('list.views')} className="flex min-w-0 flex-wrap items-center gap-1.5">
        {chips.map((chip) => {
          const isCurrent = chip.id === view.id
          return (
            <button
              key={chip.id}
              type="button"
              aria-current={isCurrent || undefined}
              onClick={() => list.setView(chip.id)}
              className={cx(
                'flex h-6.5 max-w-48 items-center rounded-md px-2.5 text-xs font-semibold whitespace-pre',
                isCurrent ? 'bg-accent-soft text-accent-ink' : 'bg-surface-2 text-muted hover:text-text',
              )}
            >
              <Cut>{chip.name}</Cut>
              {isCurrent && isNarrowed ? <span title={t('view.changed')}> •</span> : null}
            </button>
          )
        })}
      </nav>
      {canWrite ? (
        <Menu
          label={t('view.menu', { name: own?.name ?? t(`view.${view.id}`) })}
          trigger={
            isNarrowed && !own ? (
              <IconButton size="sm" label={t('view.save')} icon={<Save />} />
            ) : (
              <IconButton
                size="sm"
                label={t('view.menu', { name: own?.name ?? t(`view.${view.id}`) })}
                icon={<EllipsisVertical />}
              />
            )
          }
          items={items}
        />
      ) : null}
      <ViewName
        naming={naming}
        onClose={() => setNaming(null)}
        onName={(name) => {
          if (naming === 'new') void add.run({ name, definition })
          else if (naming) void rename.run({ id: naming.id, name })
          setNaming(null)
        }}
      />
    </div>
  )
}
