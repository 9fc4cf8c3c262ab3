import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { FilterRule } from '../../../shared/contract/filter.ts'
import { useCounterMode } from '../../app/counter-mode.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Select } from '../../ui/Select.tsx'
import { FilterValue } from './FilterValue.tsx'
import { FIELDS, needsValue, newRule, testsOf, withTest } from './filter-model.ts'

const SECRET = new Set(['tag', 'group', 'credit_limit', 'blacklisted'])

/** One rule: field, test, value. */
export function FilterRuleEditor(props: {
  rule: FilterRule
  onChange: (rule: FilterRule) => void
  onRemove: () => void
}) {
  const { t } = useTranslation('customers')
  const { on: isCounter } = useCounterMode()
  const { rule, onChange } = props
  const fields = FIELDS.filter((field) => !isCounter || !SECRET.has(field))
  return (
    <div className="grid grid-cols-[9rem_9rem_1fr_auto] items-center gap-2">
      <Select
        label={t('filter.fieldLabel')}
        labelHidden
        options={fields.map((id) => ({ id, label: t(`filter.field.${id}`) }))}
        value={rule.field}
        onChange={(field) => field && onChange(newRule(field))}
      />
      <Select
        label={t('filter.testLabel')}
        labelHidden
        options={testsOf(rule.field).map((id) => ({ id, label: t(`filter.test.${id}`) }))}
        value={rule.test}
        onChange={(test) => test && onChange(withTest(rule, test))}
      />
      {needsValue(rule.test) ? (
        <FilterValue rule={rule} onChange={(value) => onChange({ ...rule, value })} />
      ) : (
        <span />
      )}
      <IconButton size="sm" label={t('filter.removeRule')} icon={<X />} onPress={props.onRemove} />
    </div>
  )
}
