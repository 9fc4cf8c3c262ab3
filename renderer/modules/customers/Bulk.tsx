import { Combine, Trash2, Undo2, UserRoundCheck, X } from 'lucide-react'
import { type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../../shared/domain/format.ts'
import { MERGE_MOST } from '../../../shared/domain/merge.ts'
import { PARTY_ROLES } from '../../../shared/domain/party.ts'
import { useApp } from '../../app/app-context.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { cx } from '../../ui/cx.ts'
import { chosenCount, type GridSelection, noSelection } from '../../ui/grid-selection.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useLanguage } from '../../ui/locale.ts'
import { Menu } from '../../ui/Menu.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { mergePath } from '../duplicates/duplicates-model.ts'
import { ExportList } from '../exports/ExportList.tsx'
import { chosenIds, targetOf } from './bulk-model.ts'
import { NewTag } from './NewTag.tsx'
import type { Asked } from './use-blocks.ts'
import { useBulk } from './use-bulk.ts'
import { useLookups } from './use-lookups.ts'

/** Above this many, deleting asks first. */
const MANY = 100

/** What can be done with the chosen rows: tags, owner, source, role, delete; each with undo. */
export function Bulk(props: {
  asked: Asked
  total: number
  /** Ids of the columns on the screen. */
  columns: readonly string[]
  selection: GridSelection
  onSelection: (selection: GridSelection) => void
  /** Given what deletes the chosen rows, for the key of the list; null when that cannot be done now. */
  removeRef: RefObject<(() => void) | null>
}) {
  const { asked, total, columns, selection, onSelection, removeRef } = props
  const { t } = useTranslation('customers')
  const language = useLanguage()
  const app = useApp()
  const { on: isCounter } = useCounterMode()
  const { tags, sources, users } = useLookups()
  const [isNaming, setNaming] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const count = chosenCount(selection, total)
  const target = targetOf(selection, asked.filter)
  const bulk = useBulk(target)
  const isTrash = asked.filter.trash
  const remove = () => void bulk.remove().then((done) => done && onSelection(noSelection))
  const askRemove = () => (count > MANY ? setAsking(true) : remove())
  removeRef.current = count > 0 && !isTrash && !bulk.isRunning ? askRemove : null
  if (count <= 0) return null
  const n = formatNumber(count, language)
  const canMerge = count >= 2 && count <= MERGE_MOST
  const openMerge = async () => app.go(mergePath(await chosenIds(selection, asked)))
  return (
    <section
      aria-label={t('bulk.label')}
      data-foot-bar
      className="sticky bottom-0 z-20 mt-2.5 flex flex-wrap items-center gap-2 rounded-card border border-line bg-surface px-3 py-2 shadow-overlay"
    >
      <span className="font-semibold" aria-live="polite">
        {t('bulk.chosen', { count, n })}
        {bulk.isRunning && !bulk.progress ? (
          <span className="font-normal text-muted"> · {t('bulk.running')}</span>
        ) : null}
      </span>
      {bulk.progress ? (
        <div className="min-w-64 flex-1">
          <Progress
            label={t('bulk.running')}
            done={bulk.progress.done}
            total={bulk.progress.total}
            onCancel={bulk.cancel}
          />
        </div>
      ) : null}
      {!selection.all && count < total ? (
        <Button size="sm" variant="ghost" onPress={() => onSelection({ all: true, ids: new Set() })}>
          {t('bulk.selectAll', { count: total, n: formatNumber(total, language) })}
        </Button>
      ) : null}
      <span
        inert={bulk.isRunning}
        className={cx(
          'ms-auto flex flex-wrap items-center gap-1.5',
          bulk.isRunning && 'opacity-50',
          bulk.progress && 'hidden',
        )}
      >
        {isTrash ? (
          <Button
            size="sm"
            icon={<Undo2 />}
            onPress={() => void bulk.restore().then((done) => done && onSelection(noSelection))}
          >
            {t('bulk.restore')}
          </Button>
        ) : (
          <>
            {isCounter ? null : (
              <>
                <Menu
                  placement="top end"
                  label={t('bulk.addTag')}
                  trigger={<Button size="sm">{t('bulk.addTag')}</Button>}
                  items={[
                    ...tags.map((tag) => ({ id: tag.id, label: tag.name, onAction: () => void bulk.addTag(tag) })),
                    ...(tags.length > 0 ? (['separator'] as const) : []),
                    { id: 'new', label: t('bulk.newTag'), onAction: () => setNaming(true) },
                  ]}
                />
                {tags.length > 0 ? (
                  <Menu
                    placement="top end"
                    label={t('bulk.removeTag')}
                    trigger={<Button size="sm">{t('bulk.removeTag')}</Button>}
                    items={tags.map((tag) => ({
                      id: tag.id,
                      label: tag.name,
                      onAction: () => void bulk.removeTag(tag),
                    }))}
                  />
                ) : null}
              </>
            )}
            <Menu
              placement="top end"
              label={t('bulk.setOwner')}
              trigger={
                <Button size="sm" icon={<UserRoundCheck />}>
                  {t('bulk.setOwner')}
                </Button>
              }
              items={[
                ...users.map((user) => ({ id: user.id, label: user.name, onAction: () => void bulk.setOwner(user) })),
                'separator',
                { id: 'none', label: t('bulk.nobody'), onAction: () => void bulk.setOwner(null) },
              ]}
            />
            <Menu
              placement="top end"
              label={t('bulk.setSource')}
              trigger={<Button size="sm">{t('bulk.setSource')}</Button>}
              items={[
                ...sources.map((source) => ({
                  id: source.id,
                  label: source.name,
                  onAction: () => void bulk.setSource(source),
                })),
                ...(sources.length > 0 ? (['separator'] as const) : []),
                { id: 'none', label: t('bulk.noSource'), onAction: () => void bulk.setSource(null) },
              ]}
            />
            <Menu
              placement="top end"
              label={t('bulk.addRole')}
              trigger={<Button size="sm">{t('bulk.addRole')}</Button>}
              items={PARTY_ROLES.map((role) => ({
                id: role,
                label: t(`role.${role}`),
                onAction: () => void bulk.addRole(role),
              }))}
            />
            {canMerge ? (
              <Button size="sm" icon={<Combine />} onPress={() => void openMerge()}>
                {t('bulk.merge')}
              </Button>
            ) : null}
            <ExportList size="sm" target={target} sort={asked.sort} count={count} columns={columns} />
            <Button size="sm" icon={<Trash2 />} className="text-bad" onPress={askRemove}>
              {t('bulk.delete')}
            </Button>
          </>
        )}
        <IconButton size="sm" label={t('bulk.clear')} kbd="Esc" icon={<X />} onPress={() => onSelection(noSelection)} />
      </span>
      <NewTag
        isOpen={isNaming}
        onClose={() => setNaming(false)}
        title={t('bulk.newTagTitle')}
        onTag={(tag) => void bulk.addTag(tag)}
      />
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('bulk.confirmTitle', { n })}
        confirmLabel={t('bulk.delete')}
        onConfirm={remove}
      >
        {t('bulk.confirmText')}
      </ConfirmDialog>
    </section>
  )
}
