import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import type { PartyRole } from '../../../shared/domain/party.ts'
import { api, type Inputs, type Outputs, rpc } from '../../api/client.ts'
import { useCommand } from '../../api/command.ts'
import { useLanguage } from '../../ui/locale.ts'
import type { Target } from './bulk-model.ts'

type Action = Inputs['customers']['bulk']['action']
type Words = 'tagged' | 'untagged' | 'owned' | 'sourced' | 'roled' | 'deleted' | 'restored'
interface Named {
  id: string
  name: string
}

/** The bulk commands on one target, each saying what it did and offering undo. They answer false after an error. */
export function useBulk(target: Target) {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  const say = (words: Words, count: number, name?: string) =>
    count === 0 ? t('bulk.unchanged') : t(`bulk.${words}`, { count, n: formatNumber(count, language), name })
  type Call = { action: Action; words: Words; name?: string }
  const { run, isRunning } = useCommand(({ action }: Call) => api.customers.bulk({ target, action }), {
    message: ({ count }: Outputs['customers']['bulk'], { words, name }: Call) => say(words, count, name),
  })
  // Up to a thousand are done before anyone could read a number; more run as a batch, which tells with each thousand how far it is.
  const progress = useQuery({ ...rpc.customers.bulkRun.queryOptions(), enabled: isRunning }).data ?? null
  const act = async (action: Action, words: Words, name?: string) => (await run({ action, words, name })) !== null
  return {
    isRunning,
    progress: isRunning ? progress : null,
    cancel: () => void (progress && api.customers.cancelBulk({ batch: progress.batch }).catch(() => {})),
    addTag: (tag: Named) => act({ kind: 'addTag', tag_id: tag.id }, 'tagged', tag.name),
    removeTag: (tag: Named) => act({ kind: 'removeTag', tag_id: tag.id }, 'untagged', tag.name),
    setOwner: (user: Named | null) =>
      act({ kind: 'setOwner', owner_id: user?.id ?? null }, 'owned', user?.name ?? t('bulk.nobody')),
    setSource: (source: Named | null) =>
      act({ kind: 'setSource', source_id: source?.id ?? null }, 'sourced', source?.name ?? t('bulk.noSource')),
    addRole: (role: PartyRole) => act({ kind: 'addRole', role }, 'roled', t(`role.${role}`)),
    remove: () => act({ kind: 'delete' }, 'deleted'),
    restore: () => act({ kind: 'restore' }, 'restored'),
  }
}
