import { useQuery } from '@tanstack/react-query'
import { Sparkles, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { api, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useCan } from '../../api/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { useLanguage } from '../../ui/locale.ts'

/** Takes the sample business out again; or brings it into a book that is still empty. */
export function SampleCard({ customers }: { customers: number }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const canWrite = useCan('settings.write')
  const { data } = useQuery(rpc.setup.sample.queryOptions())
  // Asks nothing: it is one change, and the notice takes it back.
  const remove = useCommand(api.setup.removeSample, { message: () => t('settings:sample.removed') })
  const add = useCommand(api.setup.addSample, {
    message: (output) => t('setup:sampleIn', { count: output.customers, n: formatNumber(output.customers, language) }),
  })
  if (!canWrite || !data) return null
  if (data.batch !== null && data.customers > 0)
    return (
      <Card title={t('settings:sample.title')}>
        <p className="mb-3 text-muted">
          {t('settings:sample.in', { count: data.customers, n: formatNumber(data.customers, language) })}
        </p>
        <Button icon={<Trash2 />} onPress={() => void remove.run(undefined)} isDisabled={remove.isRunning}>
          {remove.isRunning ? t('settings:sample.removing') : t('settings:sample.remove')}
        </Button>
      </Card>
    )
  if (customers > 0) return null
  return (
    <Card title={t('settings:sample.title')}>
      <p className="mb-3 text-muted">{t('settings:sample.out')}</p>
      <Button icon={<Sparkles />} onPress={() => void add.run(undefined)} isDisabled={add.isRunning}>
        {add.isRunning ? t('setup:making') : t('settings:sample.add')}
      </Button>
    </Card>
  )
}
