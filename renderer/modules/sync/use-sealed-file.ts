import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useLanguage } from '../../ui/locale.ts'
import { saveFile } from '../../ui/save-file.ts'

/** Gives `run({ all })`: what only an owner may read, as a file to carry there. */
export function useSealedFile() {
  const { t } = useTranslation('sync')
  const language = useLanguage()
  return useCommand(api.sync.sealed.save, {
    message: ({ changes }) => t('sealed.saved', { count: changes, n: formatNumber(changes, language) }),
    onDone: ({ file }) => saveFile(new File([file], `${t('sealed.name')}.daftar-sealed`, { type: file.type })),
  })
}
