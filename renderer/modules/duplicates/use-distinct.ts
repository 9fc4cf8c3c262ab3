import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useNameText } from '../customers/use-name-text.ts'

interface Named {
  id: string
  name: string
}

/** Gives `distinct(a, b)`: «not the same», with undo in the toast; answers true when it is done. */
export function useDistinct() {
  const { t } = useTranslation('duplicates')
  const nameText = useNameText()
  const { run } = useCommand(({ a, b }: { a: Named; b: Named }) => api.duplicates.distinct({ a: a.id, b: b.id }), {
    message: (_, { a, b }) => t('distinctDone', { a: nameText(a.name), b: nameText(b.name) }),
  })
  return async (a: Named, b: Named) => (await run({ a, b })) !== null
}
