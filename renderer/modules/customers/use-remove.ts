import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useNameText } from './use-name-text.ts'

interface Named {
  id: string
  name: string
}

/** Gives `remove(customer)`: deletes at once, with undo in the toast; answers true when it is done. */
export function useRemove() {
  const { t } = useTranslation('customers')
  const nameText = useNameText()
  const { run } = useCommand(({ id }: Named) => api.customers.remove({ ids: [id] }), {
    message: (_, { name }) => t('show.deleted', { name: nameText(name) }),
  })
  return async ({ id, name }: Named) => (await run({ id, name })) !== null
}

/** Gives `restore(customer)` for one that was deleted. */
export function useRestore() {
  const { t } = useTranslation('customers')
  const nameText = useNameText()
  const { run } = useCommand(({ id }: Named) => api.customers.restore({ ids: [id] }), {
    message: (_, { name }) => t('show.restored', { name: nameText(name) }),
  })
  return async ({ id, name }: Named) => (await run({ id, name })) !== null
}
