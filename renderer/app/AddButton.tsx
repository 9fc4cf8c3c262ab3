import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/domain/roles.ts'
import { useUser } from '../api/session.ts'
import { Button } from '../ui/Button.tsx'
import { Menu } from '../ui/Menu.tsx'
import { useApp, useModules } from './app-context.ts'
import type { RendererModule } from './module.ts'

export function useAddable(): Array<RendererModule & { add: NonNullable<RendererModule['add']> }> {
  const role = useUser()?.role ?? null
  return useModules().filter(
    (module): module is RendererModule & { add: NonNullable<RendererModule['add']> } =>
      !!module.add && (!module.add.permission || can(role, module.add.permission)),
  )
}

/** «Add»: opens the one dialog there is, or a menu as soon as several modules can add. */
export function AddButton() {
  const { t } = useTranslation()
  const app = useApp()
  const addable = useAddable()
  const [only] = addable
  if (!only) return null
  if (addable.length === 1)
    return (
      <span data-tour="add">
        <Button variant="primary" icon={<Plus />} kbd={only.add.keys?.[0]} onPress={() => app.openAdd(only.name)}>
          {t('app:add')}
        </Button>
      </span>
    )
  return (
    <span data-tour="add">
      <Menu
        label={t('app:add')}
        trigger={
          <Button variant="primary" icon={<Plus />}>
            {t('app:add')}
          </Button>
        }
        items={addable.map(({ name, add }) => ({
          id: name,
          label: t(add.label),
          icon: <add.icon />,
          kbd: add.keys?.[0],
          onAction: () => app.openAdd(name),
        }))}
      />
    </span>
  )
}
