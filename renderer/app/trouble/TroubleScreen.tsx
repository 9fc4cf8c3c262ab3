import { useQueryClient } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Trouble } from '../../../shared/contract/system.ts'
import { api, rpc } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { Recovery } from './Recovery.tsx'
import { TroubleFrame } from './TroubleFrame.tsx'

/** The book cannot be opened: what happened, what was kept, what to do. The file is never touched from here. */
export function TroubleScreen({ trouble }: { trouble: Trouble }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [tries, setTries] = useState(0)
  const [isTrying, setTrying] = useState(false)
  const isDamaged = trouble.code === 'DAMAGED'
  const retry = async () => {
    setTrying(true)
    try {
      const status = await api.system.retry()
      client.setQueryData(rpc.system.status.queryKey(), status)
      if (!status.trouble) await client.invalidateQueries()
      setTries((n) => n + 1)
    } catch {
      setTries((n) => n + 1)
    } finally {
      setTrying(false)
    }
  }
  return (
    <TroubleFrame
      title={t(`trouble:${trouble.code}.title`)}
      kept={t(`trouble:${trouble.code}.kept`)}
      todo={t(`trouble:${trouble.code}.todo`)}
      path={trouble.path}
      detail={`${trouble.code}\n${trouble.path}\n${trouble.detail}`}
      note={tries > 0 && !isTrying ? t('app:trouble.still') : undefined}
      actions={
        <Button
          variant={isDamaged ? 'outline' : 'primary'}
          icon={<RotateCw />}
          onPress={() => void retry()}
          isDisabled={isTrying}
          autoFocus={!isDamaged}
        >
          {t('app:trouble.retry')}
        </Button>
      }
    >
      {isDamaged ? <Recovery tries={tries} /> : null}
    </TroubleFrame>
  )
}
