import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { FilterGroup } from '../../../shared/contract/filter.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { FilterRuleEditor } from './FilterRuleEditor.tsx'
import { isGroup, MAX_DEPTH, newRule, type Path, withAdded, withNode } from './filter-model.ts'

export interface GroupEditorProps {
  group: FilterGroup
  path: Path
  root: FilterGroup
  onRoot: (root: FilterGroup) => void
  /** For the outermost group: takes every rule away. */
  onClear?: () => void
}

/** One group of the filter: «all» or «any», its rules, its inner groups. */
export function FilterGroupEditor({ group, path, root, onRoot, onClear }: GroupEditorProps) {
  const { t } = useTranslation('customers')
  const isInner = path.length > 0
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a column in all engines
    <div
      role="group"
      aria-label={t(group.op === 'and' ? 'filter.all' : 'filter.any')}
      className={cx('flex flex-col gap-2.5', isInner && 'rounded-lg border border-line bg-surface-2/50 p-2.5')}
    >
      <div className="flex items-center gap-2">
        <SegmentedControl
          label={t('filter.match')}
          value={group.op}
          onChange={(op) => onRoot(withNode(root, path, { ...group, op }))}
          options={[
            { id: 'and', label: t('filter.all') },
            { id: 'or', label: t('filter.any') },
          ]}
        />
        <span className="text-xs text-muted">{t('filter.match')}</span>
        {isInner ? (
          <span className="ms-auto">
            <IconButton
              size="sm"
              label={t('filter.removeGroup')}
              icon={<X />}
              onPress={() => onRoot(withNode(root, path, null))}
            />
          </span>
        ) : null}
      </div>
      {group.rules.length === 0 ? <p className="text-xs text-muted">{t('filter.empty')}</p> : null}
      {group.rules.map((node, at) => {
        const place = [...path, at]
        return isGroup(node) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule is known by its place only
          <FilterGroupEditor key={`g${at}`} group={node} path={place} root={root} onRoot={onRoot} />
        ) : (
          <FilterRuleEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule is known by its place only
            key={`r${at}-${node.field}`}
            rule={node}
            onChange={(rule) => onRoot(withNode(root, place, rule))}
            onRemove={() => onRoot(withNode(root, place, null))}
          />
        )
      })}
      <div className="flex gap-2">
        <Button size="sm" icon={<Plus />} onPress={() => onRoot(withAdded(root, path, newRule('city')))}>
          {t('filter.addRule')}
        </Button>
        {path.length < MAX_DEPTH ? (
          <Button
            size="sm"
            variant="ghost"
            icon={<Plus />}
            onPress={() =>
              onRoot(withAdded(root, path, { op: group.op === 'and' ? 'or' : 'and', rules: [newRule('city')] }))
            }
          >
            {t('filter.addGroup')}
          </Button>
        ) : null}
        {onClear && group.rules.length > 0 ? (
          <Button size="sm" variant="ghost" className="ms-auto" onPress={onClear}>
            {t('filter.clear')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
